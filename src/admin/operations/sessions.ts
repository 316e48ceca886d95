import { listSessions as listOperation, revokeSession } from "../contract/sessions.ts";
import { endSession, listSessions } from "../identity/sessions.ts";
import { noSuchThing } from "../refusals.ts";
import { bind } from "./bound-operation.ts";
import { identityRecords } from "./identity-records.ts";
import { offsetPage } from "./pages.ts";

/** Operations on a member's own sessions. */
export const sessionOperations = [
  bind(listOperation, async ({ parts, member }, { query }) => {
    const sessions = await listSessions(identityRecords(parts), member.address);
    const shown = sessions.map(({ id, createdAtMs: startedAtMs, body }) => {
      const { means, usedAtMs, expiresAtMs } = body;
      const isCurrent = member.means === "session" && member.credential === id;
      return { id, means, startedAtMs, usedAtMs, expiresAtMs, isCurrent };
    });
    return offsetPage(shown, query, ["sessions.list", member.address]);
  }),
  bind(revokeSession, async ({ parts, member, address }, { params }) => {
    const isEnded = await endSession(identityRecords(parts), member.address, params.id, address);
    if (!isEnded) throw noSuchThing("id");
    return null;
  }),
];
