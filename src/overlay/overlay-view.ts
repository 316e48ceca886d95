import type { SubscriptionTerms } from "../stores/records/subscription-record.ts";

/** An application by its names. */
export interface AppName {
  readonly tenant: string;
  readonly app: string;
}

/** What may be called, by names in their order; versions as `name@version`. */
export interface NamedReach {
  readonly models: readonly string[];
  readonly endpoints: readonly string[];
  readonly backends: readonly string[];
}

/** What is in force, for those who ask before they change it. */
export interface OverlayView {
  /** What the keys of an application that narrow nothing reach now. */
  readonly reach: (app: AppName) => NamedReach;
  /** What they would reach besides if the application were subscribed to a service on these terms. */
  readonly opens: (app: AppName, service: string, terms: SubscriptionTerms) => NamedReach;
  /** What a subscription on these terms opens by itself: it tells nothing of what else the application reaches. */
  readonly opensByItself: (app: AppName, service: string, terms: SubscriptionTerms) => NamedReach;
}
