/** What of a vendor's requests is compared, left out or hidden when they are recorded: data. */

/**
 * One call of an API. A name is that of a parameter of the address, or the dotted place of a field
 * in a JSON body ("config.stream_id").
 */
export interface CallRule {
  /** In file names and messages: "recognize", "packet", "token". */
  readonly name: string;
  /** Fits the path, without the path of a configured address. */
  readonly path: RegExp;
  /** What changes by nature: time, nonce. Not compared, not kept. */
  readonly volatile?: readonly string[];
  /** Credentials. Not compared, not kept. */
  readonly secret?: readonly string[];
  /** An identifier that we make up: requests that share one belong together, in their order. */
  readonly identifier?: string;
  /** A field with audio in base64: kept as its size and digest. */
  readonly audio?: string;
  /** Fields of the answer that hold a credential (a token). */
  readonly secretAnswers?: readonly string[];
  /** Asked as often as need be, and answered as it was the last time: a token, a clock. */
  readonly answersAgain?: boolean;
}

export interface ExchangeRules {
  readonly calls: readonly CallRule[];
  /** Headers of answers that are read, in lower case, beside those that any HTTP answer has. */
  readonly answerHeaders: readonly string[];
}

/** For a path that no rule knows: all of it is compared. */
const OTHER: CallRule = { name: "request", path: /^/ };

export function ruleFor({ calls }: ExchangeRules, path: string): CallRule {
  return calls.find((call) => call.path.test(path)) ?? OTHER;
}

/** Whose requests they are. */
export interface Party {
  /** The provider's id. */
  readonly provider: string;
  readonly rules: ExchangeRules;
  /** By name; none of these values is ever written. */
  readonly credentials: Readonly<Record<string, string>>;
  /** The configured address: its path is no part of the API's. */
  readonly baseUrl?: string;
}
