/** What the settings must know of the process. Nothing in this room reads globals. */

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  /** Whose files in a project may be read; undefined where files have no owner (Windows). */
  readonly userId: number | undefined;
}
