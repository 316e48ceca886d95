import { afterEach, expect, test } from "bun:test";
import { systemClock } from "../../src/kernel/clock.ts";
import { type PeerChannel, ResponsesPeers } from "../../src/runtime/responses-peers.ts";
import { ResponsesState } from "../../src/runtime/responses-state.ts";

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
