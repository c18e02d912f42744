/** The account that a Tencent double serves, and whether a request comes from it. */
import { type Exchange, Refusal } from "../server/exchange.ts";
import { signature, signingText } from "./signature.ts";

export interface TencentAccount {
  readonly appId: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** Temporary credentials: `X-TC-Token` must carry this, and must not be signed. */
  readonly token?: string;
}

export const TEST_ACCOUNT: TencentAccount = {
  appId: "1250000000",
  secretId: "test-secret-id",
  secretKey: "test-secret-key",
};

/** The codes of one API for the same complaints. */
export interface AccountCodes {
  readonly invalid: number;
  readonly unauthorised: number;
  readonly unknownAppId: number;
}

/** "timestamp 与当前时间相差超过3分钟，会报签名失败错误" (flash document 3.2). */
const MAX_CLOCK_DIFFERENCE_MS = 3 * 60 * 1000;

/**
 * Everything wrong with the head of a signed request.
 *
 * @param signedHost the host that must be signed; default the one in the Host header.
 */
export function accountProblems(
  exchange: Exchange,
  account: TencentAccount,
  codes: AccountCodes,
  signedHost?: string,
): Refusal[] {
  const { record, url } = exchange;
  const problems: Refusal[] = [];
  const invalid = (text: string) => problems.push(new Refusal(codes.invalid, text));
  const unauthorised = (text: string, blame = true) =>
    problems.push(new Refusal(codes.unauthorised, text, { blame }));

  if (record.method !== "POST") invalid(`method ${record.method}, not POST`);
  const type = exchange.header("content-type");
  if (type !== "application/octet-stream") invalid(`Content-Type ${type ?? "is missing"}`);
  if (exchange.header("content-length") === undefined) invalid("Content-Length is missing");
  if (exchange.header("transfer-encoding") !== undefined) invalid("Transfer-Encoding is set");

  const appId = record.path.split("/").at(-1);
  if (appId !== account.appId) {
    problems.push(new Refusal(codes.unknownAppId, `appid ${appId} is not known`));
  }
  if (record.parameters.secretid !== account.secretId) unauthorised("secretid is not known");
  const token = exchange.header("x-tc-token");
  if (token !== account.token) {
    unauthorised(`X-TC-Token ${token === undefined ? "is missing" : "is not the account's"}`);
  }

  const timestampMs = Number(record.parameters.timestamp) * 1000;
  const differenceMs = Math.abs(exchange.clock.now() - timestampMs);
  if (!(differenceMs <= MAX_CLOCK_DIFFERENCE_MS)) {
    const blame = exchange.clock.skewMs === 0 || exchange.clock.skewTold;
    unauthorised(`timestamp is ${Math.round(differenceMs / 1000)} s off the server's clock`, blame);
  }

  const text = signingText(signedHost ?? exchange.header("host") ?? "", record.path, url.pairs);
  const authorization = exchange.header("authorization");
  if (authorization === undefined) unauthorised("Authorization is missing");
  else if (authorization !== signature(text, account.secretKey)) {
    unauthorised(`Authorization does not sign "${text}"`);
  }
  return problems;
}

/**
 * Notes every problem against the request and throws the first; nothing wrong: returns.
 *
 * @throws Refusal
 */
export function refuseFirst(exchange: Exchange, problems: readonly Refusal[]): void {
  const [first, ...others] = problems;
  for (const other of others)
    if (other.blame) exchange.note(`also ${other.code}: ${other.message}`);
  if (first !== undefined) throw first;
}
