import { explainAccess, listAccess } from "./contract/access.ts";
import {
  approveSubscription,
  exportAllApprovals,
  exportApprovals,
  getApproval,
  listInbox,
  previewApproval,
  rejectSubscription,
  revokeSubscription,
} from "./contract/approvals.ts";
import { getApp, listApps } from "./contract/apps.ts";
import { getArtifact } from "./contract/artifact.ts";
import { listAllAudit, listAudit, verifyAudit } from "./contract/audit.ts";
import { listAllDeliveries, listDeliveries, retryAnyDelivery, retryDelivery } from "./contract/deliveries.ts";
import { createKey, getKey, inspectKey, listKeys, revokeKey, rotateKey, updateKey } from "./contract/keys.ts";
import { getMe } from "./contract/me.ts";
import { listMembers } from "./contract/members.ts";
import { getService, listServices } from "./contract/services.ts";
import { listSessions, revokeSession } from "./contract/sessions.ts";
import { listSubscribers } from "./contract/subscribers.ts";
import {
  cancelSubscription,
  getSubscription,
  listSubscriptions,
  previewSubscription,
  renewSubscription,
  requestSubscription,
} from "./contract/subscriptions.ts";
import { getTenant, listTenants } from "./contract/tenants.ts";
import { createToken, listTokens, revokeToken } from "./contract/tokens.ts";
import { listBackends, listEndpoints } from "./contract/versions.ts";

/** Every operation of the admin API, in the order of its document. */
export const adminOperations = [
  getMe,
  listTenants,
  getTenant,
  listMembers,
  listApps,
  getApp,
  listKeys,
  getKey,
  createKey,
  updateKey,
  rotateKey,
  revokeKey,
  inspectKey,
  listServices,
  getService,
  listEndpoints,
  listBackends,
  listSubscriptions,
  getSubscription,
  requestSubscription,
  cancelSubscription,
  renewSubscription,
  previewSubscription,
  listInbox,
  getApproval,
  approveSubscription,
  rejectSubscription,
  revokeSubscription,
  previewApproval,
  exportApprovals,
  exportAllApprovals,
  listSubscribers,
  listAccess,
  explainAccess,
  listAudit,
  listAllAudit,
  verifyAudit,
  listDeliveries,
  retryDelivery,
  listAllDeliveries,
  retryAnyDelivery,
  listTokens,
  createToken,
  revokeToken,
  listSessions,
  revokeSession,
  getArtifact,
] as const;
