/** The adapter to the AI SDK (docs/library.md, "The AI SDK"). */
export type { AsrCallError } from "./ai-sdk/call-error.ts";
export { type AsrForAiSdk, type AsrSettings, createAsr } from "./ai-sdk/create-asr.ts";
export type { AsrModelOptions } from "./ai-sdk/model-options.ts";
