import { afterEach, expect, test } from "bun:test";
import { systemClock } from "../../../../src/kernel/clock.ts";
import { EventLog, type EventSource } from "../../../../src/runtime/apis/responses/event-log.ts";
import { type PeerChannel, ResponsesPeers } from "../../../../src/runtime/apis/responses/peers.ts";
import { ResponsesState } from "../../../../src/runtime/apis/responses/state.ts";

const limits = { maxBytes: 10_000, maxBytesPerKey: 10_000, ttlMs: 60_000 };
const open: { close: () => void }[] = [];
afterEach(() => {
  for (const peer of open.splice(0)) peer.close();
});

/** A thread's end of one real channel. */
function thread(name: string) {
  const broadcast = new BroadcastChannel(name);
  const channel: PeerChannel = {
    tell: (message) => broadcast.postMessage(message),
    listen: (hear) => {
      broadcast.onmessage = ({ data }) => hear(data);
    },
    close: () => broadcast.close(),
  };
  const state = new ResponsesState(limits, systemClock);
  const peers = new ResponsesPeers(state, channel);
  open.push(peers);
  return { state, peers };
}

const turn = {
  id: "resp_lk_1",
  previous: undefined,
  items: new TextEncoder().encode("[]"),
  itemIds: ["msg_lk_1_0"],
  inputCount: 0,
};

test("a turn that another thread keeps is found, and kept from then on", async () => {
  const [one, two] = [thread("peers-1"), thread("peers-1")];
  two.state.keep("acme/shop/k", turn);
  expect(one.state.find("acme/shop/k", turn.id)).toBeUndefined();
  expect(await one.peers.find("acme/shop/k", turn.id)).toEqual(turn);
  expect(one.state.find("acme/shop/k", turn.id)).toEqual(turn);
  expect(one.state.find("acme/shop/k", "msg_lk_1_0")).toEqual(turn);
});

test("a turn is found by an item of its answer", async () => {
  const [one, two] = [thread("peers-2"), thread("peers-2")];
  two.state.keep("acme/shop/k", turn);
  expect(await one.peers.find("acme/shop/k", "msg_lk_1_0")).toEqual(turn);
});

test("another key's turn is not found, nor is one that nobody keeps", async () => {
  const [one, two] = [thread("peers-3"), thread("peers-3")];
  two.state.keep("acme/shop/k", turn);
  expect(await one.peers.find("acme/shop/other", turn.id)).toBeUndefined();
  expect(await one.peers.find("acme/shop/k", "resp_lk_2")).toBeUndefined();
});

test("a question under way is answered with nothing when the channel closes", async () => {
  const one = thread("peers-4");
  const asked = one.peers.find("acme/shop/k", turn.id);
  one.peers.close();
  expect(await asked).toBeUndefined();
});

/** A turn of another thread once what was told before has been heard there. */
async function heard({ peers }: ReturnType<typeof thread>): Promise<void> {
  await peers.find("acme/shop/k", "resp_lk_marker");
}

test("an answer under way is found as it is and not kept, and another thread may end it", async () => {
  const [one, two] = [thread("peers-4"), thread("peers-4")];
  two.state.keep("acme/shop/k", { ...turn, id: "resp_lk_marker" });
  const underWay = { ...turn, response: new TextEncoder().encode("{}"), isUnderWay: true as const };
  two.state.keep("acme/shop/k", underWay);
  let ends = 0;
  two.state.jobs.begin("acme/shop/k", turn.id, () => ends++);
  expect(await one.peers.find("acme/shop/k", turn.id)).toEqual(underWay);
  expect(one.state.find("acme/shop/k", turn.id)).toBeUndefined();
  one.peers.cancel("acme/shop/other", turn.id);
  await heard(one);
  expect(ends).toBe(0);
  one.state.forget("acme/shop/k", "resp_lk_marker");
  one.peers.cancel("acme/shop/k", turn.id);
  await heard(one);
  expect(ends).toBe(1);
});

test("what one thread forgets, all forget", async () => {
  const [one, two] = [thread("peers-5"), thread("peers-5")];
  two.state.keep("acme/shop/k", { ...turn, id: "resp_lk_marker" });
  two.state.keep("acme/shop/k", turn);
  let ends = 0;
  two.state.jobs.begin("acme/shop/k", turn.id, () => ends++);
  one.peers.forget("acme/shop/k", turn.id);
  await heard(one);
  expect(two.state.find("acme/shop/k", turn.id)).toBeUndefined();
  expect(ends).toBe(1);
});

const event = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What comes behind an event of a source. */
function next(source: EventSource | undefined, after: number) {
  return new Promise<string>((resolve) => {
    source?.next(after, (batch) => resolve(batch ? Buffer.from(batch.bytes).toString() : "gone"));
  });
}

test("events that another thread keeps are followed, those that are there and those that come", async () => {
  const [one, two] = [thread("peers-6"), thread("peers-6")];
  const log = new EventLog();
  two.state.keep("acme/shop/k", turn, log);
  for (const text of ["a", "b"]) two.state.addEvent("acme/shop/k", turn.id, event(text));
  const source = await one.peers.findEvents("acme/shop/k", turn.id, -1);
  expect(await next(source, -1)).toBe("ab");
  const coming = next(source, 1);
  // Longer than anybody would be waited for who has said nothing.
  await one.peers.find("acme/shop/k", "resp_lk_nowhere");
  two.state.addEvent("acme/shop/k", turn.id, event("c"));
  expect(await coming).toBe("c");
  const dropped = next(source, 2);
  await one.peers.find("acme/shop/k", turn.id);
  two.state.forget("acme/shop/k", turn.id);
  expect(await dropped).toBe("gone");
  expect(await next(source, 2)).toBe("gone");
});

test("events that nobody keeps any more, or another key's, are not found", async () => {
  const [one, two] = [thread("peers-7"), thread("peers-7")];
  const log = new EventLog();
  two.state.keep("acme/shop/k", turn, log);
  for (const text of ["a", "b"]) two.state.addEvent("acme/shop/k", turn.id, event(text));
  log.trim(101);
  expect(await one.peers.findEvents("acme/shop/k", turn.id, -1)).toBeUndefined();
  expect(await one.peers.findEvents("acme/shop/other", turn.id, 0)).toBeUndefined();
  expect(await next(await one.peers.findEvents("acme/shop/k", turn.id, 0), 0)).toBe("b");
});

test("what a vendor keeps is known to the other threads for the key that was told of it", async () => {
  const [one, two] = [thread("peers-keeper"), thread("peers-keeper")];
  two.state.handed.note("acme/shop/k", ["msg_1"], "openai");
  expect(await one.peers.keeperOf("acme/shop/other", "msg_1")).toBeUndefined();
  expect(await one.peers.keeperOf("acme/shop/k", "msg_1")).toBe("openai");
  expect(one.state.handed.keeperOf("acme/shop/k", "msg_1")).toBe("openai");
});
