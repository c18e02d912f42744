/** The part of cosmiconfig's Explorer that is used; its own types leave the class out. */
declare module "cosmiconfig/dist/Explorer.js" {
  import type { CosmiconfigResult, Options } from "cosmiconfig";

  export class Explorer {
    constructor(
      options: Options & { readonly moduleName: string; readonly metaConfigFilePath: null },
    );
    search(from: string): Promise<CosmiconfigResult>;
    load(file: string): Promise<CosmiconfigResult>;
  }
}
