/** What audio may be cut into without hurting it. */
export interface AudioUnit {
  /** Good until the next unit is asked for. */
  readonly bytes: Uint8Array;
  /** How much audio it is; 0 for what belongs to its neighbours. Not rounded. */
  readonly durationMs: number;
}
