import { STATUS_CODES } from "node:http";

const lines = new Map<number, string>();

/** `HTTP/1.1 200 OK` and its end of line. */
export function statusLine(status: number): string {
  let line = lines.get(status);
  if (line === undefined) {
    line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Status"}\r\n`;
    lines.set(status, line);
  }
  return line;
}
