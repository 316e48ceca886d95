import { option } from "../args.ts";
import { readOneOf } from "./read-values.ts";

const STATES = ["requested", "approved", "rejected", "cancelled", "revoked", "expired"] as const;

/** The flag that asks for subscriptions in one state. */
export const stateFlag = option("STATE", `only those that are ${STATES.join(", ")}`);

/** The state that the flag names. @throws LatchkeyError LK-6103 */
export function readState(text: string | undefined): (typeof STATES)[number] | undefined {
  return text === undefined ? undefined : readOneOf("state", text, STATES);
}
