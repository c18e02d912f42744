/** How the calls get at what a program's handle of a provider stands for. */
import { usageError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import type { AsrProvider } from "./options.ts";

const connections = new WeakMap<AsrProvider, () => Promise<Connection>>();

export function register(provider: AsrProvider, connect: () => Promise<Connection>): void {
  connections.set(provider, connect);
}

/** @throws AsrError kind "usage" for what is no provider, was closed, or has wrong options */
export async function connectionOf(provider: AsrProvider): Promise<Connection> {
  const connect = connections.get(provider);
  if (connect === undefined) {
    throw usageError(
      "the option provider is no provider",
      'make one: createProvider("stepfun", { credentials: { apiKey } })',
    );
  }
  return connect();
}
