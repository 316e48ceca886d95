import { connect } from "node:net";

/** Sends bytes over TCP and answers everything that comes back until the other side closes or one answer is whole. */
export function rawRequest(url: string, bytes: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(Number(port), hostname, () => void socket.write(bytes));
    const done = (): void => {
      socket.destroy();
      resolve(received);
    };
    socket.setEncoding("latin1");
    socket.on("data", (piece) => {
      received += piece;
      const end = received.indexOf("\r\n\r\n");
      const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
      if (end >= 0 && length !== undefined && received.length >= end + 4 + Number(length)) done();
    });
    socket.on("close", done);
    socket.on("error", (error) => (received === "" ? reject(error) : done()));
  });
}
