/** How many runs a property or a fuzz gets: a small share in `npm test`, all in `npm run test:long`. */
export function share(few: number, many: number): number {
  return process.env.ASR_LONG === undefined ? few : many;
}
