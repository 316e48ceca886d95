import { defineGroup } from "../command.ts";
import { keysNew } from "./keys-new.ts";
import { keysVerify } from "./keys-verify.ts";

/** `latchkey keys`: making and examining keys. */
export const keys = defineGroup({
  new: { summary: "Make a key; its text is shown once and stored nowhere", ...keysNew },
  verify: { summary: "Find out whether a key works and what it reaches", ...keysVerify },
});
