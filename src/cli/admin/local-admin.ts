import type { AdminClient } from "../../admin/client/client-types.ts";
import { createAdminClient } from "../../admin/client.ts";
import { type Admin, createAdmin } from "../../admin/engine/create-admin.ts";
import type { Identity } from "../../admin/identity/identity.ts";
import { findMember, localMember, type Member } from "../../admin/identity/member.ts";
import { readMemberAddress } from "../../admin/identity/member-address.ts";
import { identitySettingsOf } from "../../admin/identity/settings-of.ts";
import { notifySettingsOf } from "../../admin/notify-settings-of.ts";
import { boundOperations } from "../../admin/operations/index.ts";
import type { StoredArtifact } from "../../artifact/artifact.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { createOutbox } from "../../notify/outbox.ts";
import { loadDecisions } from "../../overlay/load-decisions.ts";
import { Overlay } from "../../overlay/overlay.ts";
import { fromAdminRequest } from "../../server/admin/admin-request.ts";
import type { RecordStore } from "../../stores/record-store.ts";
import { createLogger } from "../../telemetry/logger.ts";
import { readCurrent } from "../artifacts.ts";
import type { CommandContext } from "../command.ts";
import type { Io } from "../io.ts";
import { userName } from "../note-allowed.ts";
import { recordsOf, stateFiles } from "../wire.ts";

/** The admin API of a config's folder. */
export interface LocalAdmin {
  readonly client: AdminClient;
  readonly close: () => Promise<void>;
}

/**
 * Opens the admin API of the config's folder in this process, with the current artifact in force, for whoever may read
 * the folder's files. A gateway that runs there sees what is decided by looking at the records.
 * @param actsFor address of a member or an operator, in whose name it is asked; the audit log names both
 * @throws LatchkeyError LK-6004 where there is no current artifact, LK-6105, LK-6111 where nobody has the address
 */
export async function openLocalAdmin({ io, root }: CommandContext, actsFor?: string): Promise<LocalAdmin> {
  const stored = readCurrent(stateFiles(root).directory);
  if (stored === undefined) {
    throw new LatchkeyError(
      "LK-6004",
      "There is no current artifact: start the gateway, or run `latchkey build`; or name a gateway by `--gateway`.",
    );
  }
  const records = recordsOf(root, io.clock);
  try {
    const admin = await engineOf(records, stored, io, actsFor);
    const client = createAdminClient({ baseUrl: "http://local", fetch: fetchFrom(admin) });
    return { client, close: () => records.close() };
  } catch (thrown) {
    await records.close();
    throw thrown;
  }
}

async function engineOf(
  records: RecordStore,
  stored: StoredArtifact,
  io: Io,
  actsFor: string | undefined,
): Promise<Admin> {
  const { clock, env, stderr } = io;
  const { artifact } = stored;
  const { decisions } = await loadDecisions(records);
  const overlay = new Overlay(artifact, decisions, clock);
  const logger = createLogger({
    level: env["LATCHKEY_DEBUG"] === "1" ? "info" : "silent",
    format: "text",
    destination: stderr,
  });
  const outbox = createOutbox({ settings: () => notifySettingsOf(artifact), clock });
  const member = actsFor === undefined ? localMember(userName()) : memberFor(stored, actsFor);
  const identity: Identity = {
    authenticate: async () => member,
    handleSignIn: async () => {
      throw new LatchkeyError("LK-2020");
    },
  };
  const parts = {
    ...{ records, clock, logger, outbox },
    artifact: () => stored,
    overlay: () => overlay,
    // Serving threads are another process's: it looks at the records by itself.
    applied: async () => undefined,
  };
  return createAdmin({ parts, identity, operations: boundOperations });
}

/** A member as whoever may read the folder's files acts for them: a sign-in link would let them do as much. */
function memberFor(stored: StoredArtifact, text: string): Member {
  const address = readMemberAddress(text);
  const claims = { groups: [], means: "local", credential: null } as const;
  const found = address && findMember(identitySettingsOf(stored), { ...claims, address });
  if (!found)
    throw new LatchkeyError("LK-6111", "No tenant has a member with this address, and no operator has it.");
  return { ...found, name: userName() ?? "local" };
}

/** Asks the engine as `fetch` asks a gateway. */
function fetchFrom(admin: Admin): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, { method = "GET", headers, body }) => {
    const { pathname, search } = new URL(url);
    const request = fromAdminRequest({
      method,
      path: pathname,
      query: search.slice(1),
      headers: [...new Headers(headers)],
      remoteAddress: "127.0.0.1",
      body: new TextEncoder().encode(typeof body === "string" ? body : ""),
    });
    const reply = await admin.handle(request);
    const hasBody = reply.status !== 204 && reply.status !== 304;
    return new Response(hasBody ? reply.body : null, {
      status: reply.status,
      headers: reply.headers.map(([name, value]): [string, string] => [name, value]),
    });
  };
}
