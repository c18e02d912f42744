/** Every provider, one entry each. A new vendor is a folder and an entry here. */
import { usageError } from "../errors.ts";
import type { CredentialSpec, Provider } from "./contract.ts";
import { FEISHU_CREDENTIALS, LARK_CREDENTIALS } from "./feishu/credentials.ts";
import { STEPFUN_CREDENTIALS } from "./stepfun/credentials.ts";
import { TENCENT_CREDENTIALS } from "./tencent/credentials.ts";

/** What is known of a provider without loading it. */
export interface RegisteredProvider {
  readonly id: string;
  readonly vendor: string;
  readonly title: string;
  /** True where audio leaves this machine. */
  readonly remote: boolean;
  /** The same for every provider of a vendor. */
  readonly credentials: readonly CredentialSpec[];
  /** True where a signature covers the host. */
  readonly signsHost?: boolean;
  load(): Promise<Provider>;
}

const TENCENT = {
  vendor: "tencent",
  remote: true,
  credentials: TENCENT_CREDENTIALS,
  signsHost: true,
} as const;
const FEISHU = { vendor: "feishu", remote: true, credentials: FEISHU_CREDENTIALS } as const;
const LARK = { vendor: "lark", remote: true, credentials: LARK_CREDENTIALS } as const;

export const PROVIDERS: readonly RegisteredProvider[] = [
  {
    id: "local",
    vendor: "local",
    title: "Whisper on this machine: no account, no network",
    remote: false,
    credentials: [],
    load: async () => (await import("./local/index.ts")).local,
  },
  {
    ...TENCENT,
    id: "tencent-flash",
    title: "Tencent flash: a whole recording in one request",
    load: async () => (await import("./tencent/flash/index.ts")).tencentFlash,
  },
  {
    ...TENCENT,
    id: "tencent-realtime",
    title: "Tencent realtime over HTTP: text while the audio comes",
    load: async () => (await import("./tencent/realtime/index.ts")).tencentRealtime,
  },
  {
    ...FEISHU,
    id: "feishu-file",
    title: "Feishu file_recognize: up to a minute in one request",
    load: async () => (await import("./feishu/index.ts")).feishuFile,
  },
  {
    ...FEISHU,
    id: "feishu-stream",
    title: "Feishu stream_recognize: text while the audio comes",
    load: async () => (await import("./feishu/index.ts")).feishuStream,
  },
  {
    ...LARK,
    id: "lark-file",
    title: "Lark file_recognize: up to a minute in one request",
    load: async () => (await import("./feishu/index.ts")).larkFile,
  },
  {
    ...LARK,
    id: "lark-stream",
    title: "Lark stream_recognize: text while the audio comes",
    load: async () => (await import("./feishu/index.ts")).larkStream,
  },
  {
    vendor: "stepfun",
    remote: true,
    credentials: STEPFUN_CREDENTIALS,
    id: "stepfun",
    title: "StepFun ASR over SSE: a whole recording in one request",
    load: async () => (await import("./stepfun/index.ts")).stepfun,
  },
];

export const PROVIDER_IDS: readonly string[] = PROVIDERS.map((provider) => provider.id);

/** @throws AsrError kind "usage" for an unknown id. */
export async function loadProvider(id: string): Promise<Provider> {
  const registered = PROVIDERS.find((provider) => provider.id === id);
  if (registered === undefined) {
    throw usageError(`unknown provider "${id}"`, `choose one of: ${PROVIDER_IDS.join(", ")}`);
  }
  return registered.load();
}
