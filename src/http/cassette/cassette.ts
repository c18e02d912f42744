/** A recording, opened to be replayed. */
import pMap from "p-map";
import { type AsrError, usageError } from "../../errors.ts";
import type { Transport } from "../transport.ts";
import { damaged, exchangeNames, FACTS_NAME, readChecked, readLiveNote } from "./files.ts";
import { Player, wholeKey } from "./player.ts";
import { createReplayClock, type ReplayClock, type ReplaySpeed } from "./replay-clock.ts";
import { bodyKey, headKey } from "./request-key.ts";
import { type CallRule, type Party, ruleFor } from "./rules.ts";
import { EXCHANGE, type ExchangeRecord, FACTS, type Facts } from "./schema.ts";
import type { Entry } from "./sequences.ts";

/** Small files: so many at once are no trouble to any system. */
const FILES_AT_ONCE = 16;

export interface Cassette {
  readonly facts: Facts;
  readonly speed: ReplaySpeed;
  /** The time of the recording. */
  readonly clock: ReplayClock;
  /** Ids of all that were asked. */
  readonly providers: readonly string[];
  /** Answers a provider's requests: without a network, each recorded answer once. */
  transportFor(party: Party): Transport;
  /** Names of the credentials that a provider had; undefined: it was asked nothing. */
  credentialNames(provider: string): readonly string[] | undefined;
  /** What a live job noted (`live.json`), as it is; undefined: nothing. */
  readonly liveNote: unknown;
  /** Files of what was recorded and nobody has asked for. */
  unused(): readonly string[];
  /** What was asked and is not recorded, in the order of asking. */
  misses(): readonly AsrError[];
}

/** A recorded exchange, found again once its provider's rules are known. */
interface Loaded {
  readonly file: string;
  readonly record: ExchangeRecord;
}

/**
 * Reads a recording.
 *
 * @param folder absolute
 * @throws AsrError kind "usage" that names what is missing, damaged or of a newer version
 */
export async function openCassette(
  folder: string,
  { speed = 0 }: { readonly speed?: ReplaySpeed } = {},
): Promise<Cassette> {
  const facts = await readChecked(folder, FACTS_NAME, FACTS);
  const loaded = await loadedFrom(folder, facts);
  const liveNote = await readLiveNote(folder);
  const clock = createReplayClock(Date.parse(facts.recorded_at), speed);
  const players = new Map<string, Player>();
  const misses: AsrError[] = [];
  return {
    facts,
    speed,
    clock,
    providers: [...new Set(loaded.map(({ record }) => record.provider))],
    liveNote,
    transportFor(party) {
      const known = players.get(party.provider);
      if (known !== undefined) return known;
      const own = loaded.filter(({ record }) => record.provider === party.provider);
      const entries = own.map((one) => entryOf(one, party));
      const isSteady = (entry: Entry): boolean => ruleOf(entry, party).answersAgain === true;
      const onMiss = (error: AsrError): void => void misses.push(error);
      const player = new Player(party, { entries, clock, onMiss }, isSteady);
      players.set(party.provider, player);
      return player;
    },
    credentialNames(provider) {
      const own = loaded.filter(({ record }) => record.provider === provider);
      return own.length === 0
        ? undefined
        : [...new Set(own.flatMap(({ record }) => record.credentials))];
    },
    unused() {
      const left = [...players.values()].flatMap((player) => player.unused.map(({ file }) => file));
      const others = loaded.flatMap(({ file, record }) =>
        players.has(record.provider) ? [] : [file],
      );
      return [...left, ...others].sort();
    },
    misses: () => misses,
  };
}

async function loadedFrom(folder: string, facts: Facts): Promise<Loaded[]> {
  const names = await exchangeNames(folder);
  if (facts.exchanges !== undefined && names.length < facts.exchanges) {
    const missing = facts.exchanges - names.length;
    throw damaged(
      folder,
      `${missing} of its ${facts.exchanges} files ${missing === 1 ? "is" : "are"} missing`,
    );
  }
  if (names.length === 0) {
    throw usageError(`${folder} holds no recorded request`, "record again: --record DIR --force");
  }
  const read = async (file: string): Promise<Loaded> => ({
    file,
    record: await readChecked(folder, file, EXCHANGE),
  });
  const loaded = await pMap(names, read, { concurrency: FILES_AT_ONCE });
  return loaded.toSorted((a, b) => a.record.request.sent_ms - b.record.request.sent_ms);
}

function ruleOf({ record }: Pick<Entry, "record">, { rules }: Party): CallRule {
  return ruleFor(rules, record.request.path);
}

function entryOf({ file, record }: Loaded, party: Party): Entry {
  const rule = ruleOf({ record }, party);
  const head = headKey(record.request, rule);
  const body = bodyKey(record.request, rule);
  const key = body === undefined ? undefined : wholeKey(head, body);
  return { file, record, head, key };
}
