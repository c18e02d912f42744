/**
 * One API, two hosts: Feishu (China) and Lark (everywhere else). Whatever differs between them is
 * data here, so that everything else is written once.
 */
import type { CredentialSpec } from "../contract.ts";
import { FEISHU_CREDENTIALS, LARK_CREDENTIALS } from "./credentials.ts";

export interface Site {
  readonly vendor: "feishu" | "lark";
  /** As users know it. */
  readonly name: string;
  readonly origin: string;
  /** Where apps get their permissions. */
  readonly consoleUrl: string;
  readonly documentation: { readonly file: string; readonly stream: string };
  readonly credentials: readonly CredentialSpec[];
}

const DOCUMENTS = "document/server-docs/ai/speech_to_text-v1";

export const FEISHU: Site = {
  vendor: "feishu",
  name: "Feishu",
  origin: "https://open.feishu.cn",
  consoleUrl: "https://open.feishu.cn/app",
  documentation: {
    file: `https://open.feishu.cn/${DOCUMENTS}/file_recognize`,
    stream: `https://open.feishu.cn/${DOCUMENTS}/stream_recognize`,
  },
  credentials: FEISHU_CREDENTIALS,
};

export const LARK: Site = {
  vendor: "lark",
  name: "Lark",
  origin: "https://open.larksuite.com",
  consoleUrl: "https://open.larksuite.com/app",
  documentation: {
    file: `https://open.larksuite.com/${DOCUMENTS}/file_recognize`,
    stream: `https://open.larksuite.com/${DOCUMENTS}/stream_recognize`,
  },
  credentials: LARK_CREDENTIALS,
};

/** The environment variable of a credential, for messages. */
export function variableOf(site: Site, name: string): string {
  return site.credentials.find((spec) => spec.name === name)?.variable ?? name;
}
