import { defineGroup } from "../command.ts";
import { tokensList } from "./tokens-list.ts";
import { tokensNew } from "./tokens-new.ts";
import { tokensRevoke } from "./tokens-revoke.ts";

/** `latchkey tokens`: the member's own access tokens. */
export const tokens = defineGroup({
  list: { summary: "List your access tokens", ...tokensList },
  new: { summary: "Make an access token; its text is shown once and stored nowhere", ...tokensNew },
  revoke: { summary: "Revoke one of your access tokens at once", ...tokensRevoke },
});
