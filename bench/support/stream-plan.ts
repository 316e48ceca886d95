import { STREAM_PAUSE_MS, STREAM_PIECES } from "../upstream/answers.ts";

/** What the stream client is told on its command line, as JSON. */
export interface StreamPlan {
  readonly port: number;
  /** Request line, headers and body as sent for every stream. */
  readonly request: string;
  /** Events of every whole stream, and what it ends with. */
  readonly events: number;
  readonly lastEvent: string;
  /** Concurrent streams; each starts again as soon as it has ended. */
  readonly streams: number;
  /** Time over which the first streams start, milliseconds. */
  readonly rampMs: number;
  /** Time that is measured, after the ramp, milliseconds. */
  readonly windowMs: number;
}

/** What the stream client prints at the end, as one line of JSON. */
export interface StreamResult {
  /** Events that arrived within the window. */
  readonly events: number;
  /** Streams that ended within the window. */
  readonly ended: number;
  /** Streams that were refused, cut short, or had a wrong number of events. */
  readonly broken: number;
  /** From request to first body byte, of the streams that started within the window, microseconds. */
  readonly firstByteMicroseconds: readonly number[];
}

/** Line that the stream client prints when the window opens. */
export const WINDOW_OPEN = "window open";

/** How long one stream takes, milliseconds. */
export const STREAM_DURATION_MS = (STREAM_PIECES - 1) * STREAM_PAUSE_MS;

/** A whole HTTP/1.1 request that posts JSON. */
export function requestText(path: string, headers: Readonly<Record<string, string>>, body: string): string {
  const all = { host: "127.0.0.1", "content-type": "application/json", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${lines.join("")}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
