import { LatchkeyError } from "../../kernel/error.ts";
import type { StoredRecord } from "../../stores/record-store.ts";
import { createToken, listTokens, revokeToken, type TokenAnswer } from "../contract/tokens.ts";
import { createAccessToken, listAccessTokens, revokeAccessToken } from "../identity/access-tokens.ts";
import { localMember } from "../identity/member.ts";
import { noSuchThing } from "../refusals.ts";
import { bind } from "./bound-operation.ts";
import { identityRecords } from "./identity-records.ts";
import { offsetPage } from "./pages.ts";

/** Operations on a member's own access tokens. */
export const tokenOperations = [
  bind(listTokens, async ({ parts, member }, { query }) => {
    const tokens = await listAccessTokens(identityRecords(parts), member.address);
    return offsetPage(tokens.map(showToken), query, ["tokens.list", member.address]);
  }),
  bind(createToken, async ({ parts, member, address }, { body }) => {
    // Whoever runs the gateway's machine is nobody whom a token could act for, unless they act for a member.
    if (member.address === localMember().address) {
      throw new LatchkeyError("LK-2021", "A token acts for a person: sign in as one to make it.");
    }
    const { text, record } = await createAccessToken(identityRecords(parts), member, body, address);
    return { text, token: showToken(record) };
  }),
  bind(revokeToken, async ({ parts, member, address }, { params }) => {
    const isRevoked = await revokeAccessToken(identityRecords(parts), member, params.id, address);
    if (!isRevoked) throw noSuchThing("id");
    return null;
  }),
];

function showToken({ id, version, createdAtMs, body }: StoredRecord<"api-token">): TokenAnswer {
  const { name, permissions, expiresAtMs } = body;
  return { id, version, name, permissions, createdAtMs, expiresAtMs };
}
