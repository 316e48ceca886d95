import { connect } from "node:net";
import { afterTest } from "../../support/after-test.ts";
import type { Served } from "./front.ts";

/** Says what it understood of each request. Written for Node, whose parser is not the one of this process. */
const PROGRAM = `
import { createServer } from "node:http";
const server = createServer({ keepAliveTimeout: 60000, maxHeaderSize: 65536 }, (request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    const { method, url, rawHeaders } = request;
    const body = Buffer.concat(pieces).toString("latin1");
    response.setHeader("content-type", "text");
    response.end(Buffer.from(JSON.stringify({ method, url, rawHeaders, body })).toString("base64") + ";");
  });
});
server.on("checkContinue", (request, response) => {
  response.writeContinue();
  server.emit("request", request, response);
});
server.on("clientError", (error, socket) => socket.end("refused: " + error.code + ";"));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

/** A request as Node understood it. */
export interface Understood extends Served {
  readonly target: string;
}

/** Node's own HTTP server. */
export interface NodeServer {
  /** What it makes of the requests in a text; a reason in the place of the first that it refuses. */
  readonly ask: (text: string, count: number) => Promise<readonly (Understood | string)[]>;
}

/** Starts Node with its server; it ends with the test. */
export async function startNodeServer(): Promise<NodeServer> {
  const child = Bun.spawn(["node", "--input-type=module", "--eval", PROGRAM], { stdout: "pipe" });
  afterTest(() => child.kill());
  const { value } = await child.stdout.getReader().read();
  const port = Number(Buffer.from(value ?? []).toString());
  return {
    ask: (text, count) =>
      new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1", () => void socket.write(text, "latin1"));
        let received = "";
        const finish = (): void => {
          socket.destroy();
          resolve(understoodIn(received));
        };
        socket.on("data", (piece) => {
          received += piece.toString("latin1");
          const found = understoodIn(received);
          if (found.length >= count || typeof found.at(-1) === "string") finish();
        });
        socket.on("error", () => {});
        socket.on("close", finish);
      }),
  };
}

interface Said {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** Replies to HEAD have no body and are not found. */
function understoodIn(received: string): readonly (Understood | string)[] {
  return [...received.matchAll(/refused: (\w+);|([A-Za-z0-9+/=]+);/g)].map(([, reason, encoded]) => {
    if (encoded === undefined) return reason ?? "";
    const said: Said = JSON.parse(Buffer.from(encoded, "base64").toString());
    const { method, url, rawHeaders, body } = said;
    const [path = "", ...query] = url.split("?");
    const headers: [string, string][] = [];
    for (let at = 0; at < rawHeaders.length; at += 2)
      headers.push([(rawHeaders[at] ?? "").toLowerCase(), rawHeaders[at + 1] ?? ""]);
    return { method, target: url, path, query: query.join("?"), headers, body };
  });
}
