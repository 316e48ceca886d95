import type { Duration } from "../../src/kernel/duration.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { Role } from "./role.ts";

/** Terms of a decision by people. */
export interface ApprovalTerms {
  /** Time after which an undecided request lapses. */
  readonly within?: Duration;
  /** Approvals needed, default 1. */
  readonly quorum?: number;
}

/** Conditions under which a subscription is approved without a person. All that are given must hold. */
export interface ApprovalCondition {
  /** Names of the tenants whose requests qualify. */
  readonly tenants?: readonly string[];
  /** Environments of the requesting key, such as `"test"`. */
  readonly environments?: readonly string[];
  /** Requests per minute asked for at most. */
  readonly requestsPerMinuteUpTo?: number;
}

/** Who decides about a subscription. */
export type Approval = Declaration<"approval"> &
  (
    | { readonly mode: "none" }
    | ({ readonly mode: "by"; readonly roles: readonly Role[] } & ApprovalTerms)
    | { readonly mode: "automatic"; readonly when: ApprovalCondition; readonly otherwise: Approval }
  );

/** Approval policies of a service. */
export const approval = {
  /** Every subscription is approved at once. */
  none(): Approval {
    return declare("approval", { mode: "none" as const });
  },
  /**
   * Members of the owning tenant decide.
   * @example approval.by("owner", { within: "3d" })
   */
  by(roles: Role | readonly [Role, ...Role[]], terms: ApprovalTerms = {}): Approval {
    const list = typeof roles === "string" ? [roles] : roles;
    return declare("approval", { mode: "by" as const, roles: list, ...terms });
  },
  /** Approved at once where the condition holds; otherwise as `otherwise` says. */
  automaticWhen(when: ApprovalCondition, otherwise: Approval): Approval {
    return declare("approval", { mode: "automatic" as const, when, otherwise });
  },
} as const;
