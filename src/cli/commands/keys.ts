import { defineGroup } from "../command.ts";
import { keysInspect } from "./keys-inspect.ts";
import { keysList } from "./keys-list.ts";
import { keysNew } from "./keys-new.ts";
import { keysRevoke } from "./keys-revoke.ts";
import { keysRotate } from "./keys-rotate.ts";
import { keysVerify } from "./keys-verify.ts";

/** `latchkey keys`: making, examining and ending keys. */
export const keys = defineGroup({
  list: { summary: "List keys: those that the config declares and those that were issued", ...keysList },
  new: { summary: "Make a key; its text is shown once and stored nowhere", ...keysNew },
  rotate: { summary: "Issue a key in the place of another, which works on for a while", ...keysRotate },
  revoke: { summary: "Revoke a key at once and for good", ...keysRevoke },
  inspect: { summary: "Find out whose key one is, and when it was used", ...keysInspect },
  verify: { summary: "Find out whether a key works and what it reaches", ...keysVerify },
});
