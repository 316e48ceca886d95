import { defineGroup } from "../command.ts";
import { auditList } from "./audit-list.ts";
import { auditVerify } from "./audit-verify.ts";

/** `latchkey audit`: the log of what people, keys and deploys have changed. */
export const audit = defineGroup({
  list: { summary: "List who changed what, the newest first", ...auditList },
  verify: { summary: "Follow the chain of the log from its beginning", ...auditVerify },
});
