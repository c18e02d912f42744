/** What `asr doctor` looks at: whether the host answers. The key can't be proved for free. */
import { SLICE_TIMEOUTS } from "../../http/timeouts.ts";
import type { Check } from "../contract.ts";
import { endpoint } from "./address.ts";

export const STEPFUN_CHECKS: readonly Check[] = [
  {
    name: "host",
    async run({ http, signal, log, account }) {
      const { origin, host } = endpoint(account, false);
      const status = await http.send({
        origin,
        paid: false,
        signal,
        log,
        secrets: [],
        timeouts: SLICE_TIMEOUTS,
        maxRepeats: 1,
        takesRedirects: true,
        build: () => ({ method: "GET", url: new URL(origin), headers: {} }),
        // Any answer shows that the host is reached; without the key none is a 200.
        read: async (response) => response.status,
      });
      return `${host} answers (HTTP ${status}); whether the key is good shows the first request`;
    },
  },
];
