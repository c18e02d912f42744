/** Somebody else's server: where a redirect leads, and whether secrets came along. */
import { bodyAnswer } from "./answer.ts";
import { type DoubleOptions, startDouble, type VendorDouble } from "./double.ts";
import type { RequestRecord } from "./recorder.ts";

export interface OtherOrigin extends VendorDouble {
  /** What arrived that nobody else may see, e.g. "authorization", "secretid"; empty is right. */
  readonly credentialsSeen: readonly string[];
}

const SECRET_HEADERS = ["authorization", "x-tc-token", "proxy-authorization", "cookie"];
const SECRET_PARAMETERS = ["secretid", "signature", "token"];
const SECRET_FIELDS = ["app_id", "app_secret", "tenant_access_token"];

/** Starts a server that answers 200 to everything and notes credentials. */
export async function startOtherOrigin(options: DoubleOptions = {}): Promise<OtherOrigin> {
  const double = await startDouble(options, () => ({
    routes: [
      {
        path: /^/,
        refuse: (_exchange, code, reason) => bodyAnswer(reason, "text/plain", { status: code }),
        check: async (exchange) => {
          let text = "";
          await exchange.readBody((chunk) => {
            if (text.length < 64 * 1024) text += chunk.toString("latin1");
          });
          exchange.record.body = text;
          return { serve: () => bodyAnswer('{"code":0}', "application/json") };
        },
      },
    ],
    notFound: () => bodyAnswer("", "text/plain", { status: 404 }),
  }));
  return {
    ...double,
    get credentialsSeen() {
      return double.requests.flatMap(secretsIn);
    },
  };
}

function secretsIn(record: RequestRecord): string[] {
  const body = String(record.body ?? "");
  return [
    ...SECRET_HEADERS.filter((name) => record.headers[name] !== undefined),
    ...SECRET_PARAMETERS.filter((name) => record.parameters[name] !== undefined),
    ...SECRET_FIELDS.filter((name) => body.includes(`"${name}"`)),
  ];
}
