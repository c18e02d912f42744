/** Work in order, side by side: each item in the lane of its account, which takes so many at once. */
import { Bell } from "../http/bell.ts";

export interface LaneOptions<Item> {
  /** Equal for items that share a limit. */
  readonly laneOf: (item: Item) => string;
  /** Items of a lane at once; asked about its first item. */
  readonly limitOf: (item: Item) => number;
  /** Items of all lanes together at once. */
  readonly concurrency: number;
}

class Lane {
  running = 0;
  readonly limit: number;
  readonly #waiting: number[] = [];
  #taken = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  add(index: number): void {
    this.#waiting.push(index);
  }

  /** The item whose turn it is; infinite where none is left, or none may begin now. */
  get next(): number {
    if (this.running >= this.limit) return Number.POSITIVE_INFINITY;
    return this.#waiting[this.#taken] ?? Number.POSITIVE_INFINITY;
  }

  take(): void {
    this.#taken += 1;
    this.running += 1;
  }
}

/** The lane whose next item comes first of all that may begin now. */
function earliest(lanes: Iterable<Lane>): Lane | undefined {
  let first: Lane | undefined;
  for (const lane of lanes) {
    if (lane.next < (first?.next ?? Number.POSITIVE_INFINITY)) first = lane;
  }
  return first;
}

/**
 * Does `work` to all items. Where a lane is full, the first item of another one goes ahead.
 *
 * @throws the first error of `work`, once all that had begun has ended; nothing begins after it.
 */
export async function inLanes<Item>(
  items: readonly Item[],
  { laneOf, limitOf, concurrency }: LaneOptions<Item>,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const lanes = new Map<string, Lane>();
  items.forEach((item, index) => {
    const key = laneOf(item);
    const lane = lanes.get(key) ?? new Lane(limitOf(item));
    lanes.set(key, lane);
    lane.add(index);
  });
  const bell = new Bell();
  const errors: unknown[] = [];
  let running = 0;
  const begin = async (lane: Lane, item: Item, index: number): Promise<void> => {
    lane.take();
    running += 1;
    try {
      await work(item, index);
    } catch (error) {
      errors.push(error);
    }
    lane.running -= 1;
    running -= 1;
    bell.ring();
  };
  for (;;) {
    const turn =
      errors.length === 0 && running < concurrency ? earliest(lanes.values()) : undefined;
    const item = turn === undefined ? undefined : items[turn.next];
    if (turn !== undefined && item !== undefined) void begin(turn, item, turn.next);
    else if (running === 0) break;
    else await bell.wait();
  }
  if (errors.length > 0) throw errors[0];
}
