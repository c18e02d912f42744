/** The network, loaded when the first request is sent: undici and TLS take some 50 ms. */
import type { NetworkSettings } from "./network-settings.ts";
import { chooseProxy } from "./proxy.ts";
import type { Transport } from "./transport.ts";

/** Opens nothing and loads nothing until the first request. */
export function createTransport(settings: NetworkSettings): Transport {
  let opening: Promise<Transport> | undefined;
  return {
    async send(request, options) {
      // Here and not in the connector: an unusable proxy is the user's to mend, not a failure.
      chooseProxy(request.url, settings);
      opening ??= import("./undici-network.ts").then(({ openNetwork }) => openNetwork(settings));
      const network = await opening;
      options.signal.throwIfAborted();
      return network.send(request, options);
    },
    async close() {
      // Not opened, or not openable: nothing to close.
      const network = await opening?.catch(() => undefined);
      opening = undefined;
      await network?.close();
    },
  };
}
