/**
 * Load of the stream question, in a process of its own: keeps a number of streams open on raw sockets and times
 * their first bytes. Takes a `StreamPlan` as its only argument and prints a `StreamResult`.
 */
import type { Socket } from "bun";
import { EventCounter } from "./event-counter.ts";
import { type StreamPlan, type StreamResult, WINDOW_OPEN } from "./stream-plan.ts";

interface Stream {
  counter: EventCounter;
  startedAt: number;
  startedInWindow: boolean;
}

const plan = JSON.parse(process.argv[2] ?? "") as StreamPlan;
const request = Buffer.from(plan.request);
const firstByteMicroseconds: number[] = [];
let events = 0;
let ended = 0;
let broken = 0;
let windowIsOpen = false;

for (let index = 0; index < plan.streams; index++) {
  setTimeout(connect, (plan.rampMs * index) / plan.streams);
}
await Bun.sleep(plan.rampMs);
windowIsOpen = true;
console.log(WINDOW_OPEN);
await Bun.sleep(plan.windowMs);
const result: StreamResult = { events, ended, broken, firstByteMicroseconds };
console.log(JSON.stringify(result));
process.exit(0);

function connect(): void {
  Bun.connect<Stream>({
    hostname: "127.0.0.1",
    port: plan.port,
    data: { counter: new EventCounter(plan.lastEvent), startedAt: 0, startedInWindow: false },
    socket: {
      open: begin,
      data: receive,
      close: lost,
      error: lost,
      connectError: () => {
        broken++;
      },
    },
  }).catch(() => undefined); // `connectError` has counted it
}

function begin(socket: Socket<Stream>): void {
  socket.data = {
    counter: new EventCounter(plan.lastEvent),
    startedAt: performance.now(),
    startedInWindow: windowIsOpen,
  };
  socket.write(request);
}

function receive(socket: Socket<Stream>, bytes: Buffer): void {
  const { counter, startedAt, startedInWindow } = socket.data;
  const { events: eventsBefore, bodyBytes: bytesBefore } = counter;
  counter.read(bytes);
  if (windowIsOpen) events += counter.events - eventsBefore;
  if (startedInWindow && bytesBefore === 0 && counter.bodyBytes > 0) {
    firstByteMicroseconds.push((performance.now() - startedAt) * 1_000);
  }
  if (!counter.over) return;
  if (windowIsOpen) ended++;
  if (!counter.complete || counter.events !== plan.events) broken++;
  begin(socket);
}

function lost(): void {
  broken++;
  connect();
}
