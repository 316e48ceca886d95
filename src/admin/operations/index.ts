import { accessOperations } from "./access.ts";
import { approvalOperations } from "./approvals.ts";
import { appOperations } from "./apps.ts";
import { artifactOperations } from "./artifact.ts";
import { auditOperations } from "./audit.ts";
import type { BoundOperation } from "./bound-operation.ts";
import { deliveryOperations } from "./deliveries.ts";
import { keyOperations } from "./keys.ts";
import { meOperations } from "./me.ts";
import { memberOperations } from "./members.ts";
import { serviceOperations } from "./services.ts";
import { sessionOperations } from "./sessions.ts";
import { subscriberOperations } from "./subscribers.ts";
import { subscriptionOperations } from "./subscriptions.ts";
import { tenantOperations } from "./tenants.ts";
import { tokenOperations } from "./tokens.ts";
import { versionOperations } from "./versions.ts";

/** Every operation of the admin API with what does it. */
export const boundOperations: readonly BoundOperation[] = [
  ...meOperations,
  ...tenantOperations,
  ...memberOperations,
  ...appOperations,
  ...keyOperations,
  ...serviceOperations,
  ...versionOperations,
  ...subscriptionOperations,
  ...approvalOperations,
  ...subscriberOperations,
  ...accessOperations,
  ...auditOperations,
  ...deliveryOperations,
  ...tokenOperations,
  ...sessionOperations,
  ...artifactOperations,
];
