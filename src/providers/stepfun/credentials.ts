/** What an account is made of, as data: the settings read it without loading the provider. */
import type { CredentialSpec } from "../contract.ts";

export const STEPFUN_CREDENTIALS: readonly CredentialSpec[] = [
  {
    name: "apiKey",
    variable: "STEPFUN_API_KEY",
    help: "API key (StepFun platform, interface keys)",
  },
];
