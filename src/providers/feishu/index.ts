/** The four providers of Feishu and Lark: two APIs on two hosts. */
import type { Provider } from "../contract.ts";
import { credentialsOf } from "./account.ts";
import { endpoint } from "./address.ts";
import { FILE_CAPABILITIES, STREAM_CAPABILITIES } from "./capabilities.ts";
import { tokenCheck } from "./checks.ts";
import { FILE_EXCHANGES, STREAM_EXCHANGES } from "./exchanges.ts";
import { recognizeFile } from "./file.ts";
import { FILE_PARAMETERS, STREAM_PARAMETERS } from "./parameters.ts";
import { resolveSettings } from "./settings.ts";
import { FEISHU, LARK, type Site } from "./site.ts";
import { storedFileEvents, storedStreamEvents } from "./stored-answers.ts";
import { recognizeStream } from "./stream.ts";

function fileProvider(site: Site): Provider {
  const id = `${site.vendor}-file`;
  return {
    id,
    vendor: site.vendor,
    title: `${site.name} file_recognize: up to a minute in one request`,
    documentation: site.documentation.file,
    credentials: site.credentials,
    exchanges: FILE_EXCHANGES,
    capabilities: FILE_CAPABILITIES,
    parameters: FILE_PARAMETERS,
    resolve: (settings) => resolveSettings(id, FILE_PARAMETERS, settings),
    prepare: async (_settings, { account }) => void credentialsOf(site, account),
    host: (account) => endpoint(site, account, "").host,
    checks: [tokenCheck(site)],
    readAnswers: storedFileEvents,
    recognize: (input, context) => recognizeFile(site, input, context),
  };
}

function streamProvider(site: Site): Provider {
  const id = `${site.vendor}-stream`;
  return {
    id,
    vendor: site.vendor,
    title: `${site.name} stream_recognize: audio in packets, text while it is spoken`,
    documentation: site.documentation.stream,
    credentials: site.credentials,
    exchanges: STREAM_EXCHANGES,
    capabilities: STREAM_CAPABILITIES,
    parameters: STREAM_PARAMETERS,
    resolve: (settings) => resolveSettings(id, STREAM_PARAMETERS, settings),
    prepare: async (_settings, { account }) => void credentialsOf(site, account),
    host: (account) => endpoint(site, account, "").host,
    checks: [tokenCheck(site)],
    readAnswers: storedStreamEvents,
    recognize: (input, context) => recognizeStream(site, input, context),
  };
}

export const feishuFile = fileProvider(FEISHU);
export const larkFile = fileProvider(LARK);
export const feishuStream = streamProvider(FEISHU);
export const larkStream = streamProvider(LARK);
