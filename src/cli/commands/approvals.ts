import { endApproval } from "../admin/end-approval.ts";
import { defineGroup } from "../command.ts";
import { approvalsApprove } from "./approvals-approve.ts";
import { approvalsExport } from "./approvals-export.ts";
import { approvalsList } from "./approvals-list.ts";
import { approvalsShow } from "./approvals-show.ts";

/** `latchkey approvals`: the side of those who own services. */
export const approvals = defineGroup({
  list: {
    summary: "List what waits for your decision, or all subscriptions to your services",
    ...approvalsList,
  },
  show: { summary: "Show a subscription with its history and votes", ...approvalsShow },
  approve: { summary: "Approve what is asked for, or a part of it", ...approvalsApprove },
  reject: { summary: "Reject what is asked for", ...endApproval("reject") },
  revoke: { summary: "Take an approval back at once", ...endApproval("revoke") },
  export: { summary: "Write approved subscriptions as code of the config", ...approvalsExport },
});
