/** A small HTTP proxy: CONNECT only, names resolved as the test says. */
import net from "node:net";
import type { Identity } from "./certificate.ts";
import { type LoopbackServer, serveSockets } from "./loopback.ts";

export interface ProxyServer extends LoopbackServer {
  /** What it was asked to connect to, with the authorization it was given. */
  readonly tunnels: { readonly target: string; readonly authorization: string | undefined }[];
}

export interface ProxyBehaviour {
  /** Where every tunnel leads, whatever was asked for. */
  readonly port?: number;
  /** Refuse with this status. */
  readonly refusal?: number;
  /** Speak TLS itself. */
  readonly identity?: Identity;
}

export async function serveProxy({
  port,
  refusal,
  identity,
}: ProxyBehaviour): Promise<ProxyServer> {
  const tunnels: ProxyServer["tunnels"] = [];
  const server = await serveSockets(
    (socket) => {
      socket.on("error", () => {});
      let head = "";
      socket.on("data", function read(piece: Buffer) {
        head += piece.toString("latin1");
        if (!head.includes("\r\n\r\n")) return;
        socket.off("data", read);
        const target = /^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1] ?? head;
        tunnels.push({ target, authorization: /^proxy-authorization: (.*)$/im.exec(head)?.[1] });
        if (refusal !== undefined) {
          socket.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 2\r\n\r\nno`);
          return;
        }
        const far = net.connect(port ?? Number(target.split(":").at(-1)), "127.0.0.1", () => {
          socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
          socket.pipe(far).pipe(socket);
        });
        far.on("error", () => socket.destroy());
        socket.on("close", () => far.destroy());
      });
    },
    identity === undefined ? {} : { identity },
  );
  return { ...server, tunnels };
}
