/** Providers as a program holds them. */
import { usageError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import { register } from "./connections.ts";
import type { AsrProvider, ProviderId, ProviderOptions } from "./options.ts";
import { claimForRecogniser } from "./runtime-owner.ts";

/**
 * A provider with an account. Nothing is loaded, read or sent before it is used; calls with the
 * same one share its connections and the limits of its account.
 *
 * @throws AsrError kind "usage" for `local` in a process whose main thread has the ONNX runtime;
 *   what else is wrong with the options is thrown by `check` and by the first call.
 */
export function createProvider<const Id extends ProviderId>(
  id: Id,
  options: ProviderOptions<Id> = {},
): AsrProvider {
  if (id === "local") claimForRecogniser();
  let opening: Promise<Connection> | undefined;
  let isClosed = false;
  const connect = async (): Promise<Connection> => {
    if (isClosed) {
      throw usageError(`the provider ${id} was closed`, "make another one with createProvider");
    }
    // Loaded by the first call: it brings the network and the schemas.
    opening ??= import("./connection.ts").then(({ openConnection }) => openConnection(id, options));
    return opening;
  };
  const provider: AsrProvider = {
    id,
    async check() {
      const connection = await connect();
      const { checkConnection } = await import("./recogniser.ts");
      await checkConnection(connection);
    },
    async close() {
      isClosed = true;
      // One that could not be opened has nothing to close.
      const connection = await opening?.catch(() => undefined);
      await connection?.close();
    },
  };
  register(provider, connect);
  return provider;
}
