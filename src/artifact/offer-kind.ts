/** Kinds of what services offer, as the artifact's tables are called. */
export const offerKinds = ["models", "endpoints", "backends"] as const;

/** A kind of what services offer. */
export type OfferKind = (typeof offerKinds)[number];
