/** The dictionaries of opencc-js 1.4.2, one a file, which the package itself has no types for. */
declare module "opencc-js/dict/*" {
  /** Pairs in OpenCC's text form: "from to|from to|…". */
  const pairs: string;
  // biome-ignore lint/style/noDefaultExport: it is the package's own.
  export default pairs;
}
