import { randomText } from "../../kernel/checked-text.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { digestOf } from "../../kernel/hash.ts";
import type { RecordParts } from "./identity-parts.ts";
import { findMember } from "./member.ts";
import { readMemberAddress } from "./member-address.ts";

/** How long a link can be used, milliseconds. */
const LINK_MS = 600_000;

/**
 * Makes a link that signs one member in, once and within 10 minutes. For whoever runs the gateway's own machine.
 * @param text address of a member or an operator
 * @param baseUrl where the browser reaches the gateway, such as `http://localhost:8080`
 * @throws LatchkeyError LK-2102 where the artifact knows no such member, LK-2021 where links are turned off
 */
export async function makeSignInLink(parts: RecordParts, text: string, baseUrl: string): Promise<string> {
  const settings = parts.settings();
  if (!settings.signIn.link) {
    throw new LatchkeyError(
      "LK-2021",
      "Signing in by a link is turned off: see `signIn.link` in the config.",
    );
  }
  const member = readMemberAddress(text);
  const claims = { groups: [], means: "session", credential: null } as const;
  if (member === undefined || findMember(settings, { ...claims, address: member }) === undefined) {
    throw new LatchkeyError("LK-2102", "No tenant has a member with this address, and no operator has it.", {
      param: "address",
    });
  }
  const token = randomText(43);
  const id = randomText(16);
  await parts.records.transact(async (transaction) => {
    await transaction.insert({
      kind: "sign-in-link",
      id,
      tenant: null,
      body: { digest: digestOf(token), member, expiresAtMs: parts.clock.now() + LINK_MS },
    });
    await transaction.audit({
      actor: { kind: "person", id: "local", address: null },
      tenant: null,
      action: "sign-in-link.make",
      subject: `sign-in-link:${id}`,
      before: null,
      after: { member },
      artifact: settings.artifact,
    });
  });
  return `${baseUrl.replace(/\/+$/, "")}/admin/sign-in/link?token=${token}`;
}

/**
 * Uses a link up. Of two who use it at the same time, one succeeds.
 * @returns address of the member; `undefined` where there is no such link any more
 */
export async function redeemSignInLink(parts: RecordParts, token: string): Promise<string | undefined> {
  if (!parts.settings().signIn.link || !/^[0-9A-Za-z]{43}$/.test(token)) return undefined;
  const link = await parts.records.transact(async (transaction) => {
    const page = await transaction.list({
      kind: "sign-in-link",
      where: { digest: digestOf(token) },
      limit: 1,
    });
    const found = page.records[0];
    if (found !== undefined) await transaction.remove("sign-in-link", found.id);
    return found;
  });
  return link !== undefined && parts.clock.now() < link.body.expiresAtMs ? link.body.member : undefined;
}
