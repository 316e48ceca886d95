import type { EmailWords, Member } from "./render-email.ts";

/** What e-mails say of each event; for one that this version has no words for, its name and nothing that could mislead. */
export function emailWords(event: string, member: Member): EmailWords {
  const own = WORDS.get(event);
  if (own === undefined) return { subject: `Latchkey: ${event}`, intro: event, facts: [], path: null };
  const [kind = ""] = event.split(".");
  const { subject, intro } = own(member);
  return { subject, intro, ...(kind === "subscription" ? aboutSubscription(member) : aboutKey(member)) };
}

type Headline = (member: Member) => Pick<EmailWords, "subject" | "intro">;

/** `checkout of shop to texts`. */
const wish = (of: Member): string => `${of("app")} of ${of("appTenant")} to ${of("service")}`;
const key = (of: Member): string => `${of("name")} of ${of("app")}`;

const WORDS: ReadonlyMap<string, Headline> = new Map<string, Headline>([
  [
    "subscription.requested",
    (of) => ({
      subject: `To decide: the subscription of ${wish(of)}`,
      intro: `${of("by")} asks for a subscription of the application ${wish(of)}. It waits for a decision of ${of("owner")}.`,
    }),
  ],
  [
    "subscription.approved",
    (of) => ({
      subject: `Approved: the subscription of ${wish(of)}`,
      intro: `${of("by")} has approved the subscription of the application ${wish(of)}. Its keys can call now.`,
    }),
  ],
  [
    "subscription.rejected",
    (of) =>
      // What is approved goes on when its renewal is rejected.
      of("state") === "approved"
        ? {
            subject: `Rejected: the renewal of the subscription of ${wish(of)}`,
            intro: `${of("by")} has rejected the renewal of the subscription of the application ${wish(of)}. It holds until it ends.`,
          }
        : {
            subject: `Rejected: the subscription of ${wish(of)}`,
            intro: `${of("by")} has rejected the subscription of the application ${wish(of)}.`,
          },
  ],
  [
    "subscription.cancelled",
    (of) => ({
      subject: `Cancelled: the subscription of ${wish(of)}`,
      intro: `${of("by")} has cancelled the subscription of the application ${wish(of)}. Nothing is to be decided any more.`,
    }),
  ],
  [
    "subscription.revoked",
    (of) => ({
      subject: `Revoked: the subscription of ${wish(of)}`,
      intro: `${of("by")} has revoked the subscription of the application ${wish(of)}. Its calls are refused from now on.`,
    }),
  ],
  [
    "subscription.expiring",
    (of) => ({
      subject: `Ends soon: the subscription of ${wish(of)}`,
      intro: `The subscription of the application ${wish(of)} ends soon. Renew it if it is still needed.`,
    }),
  ],
  [
    "subscription.expired",
    (of) => ({
      subject: `Ended: the subscription of ${wish(of)}`,
      intro: `The subscription of the application ${wish(of)} has ended. Its calls are refused until there is a new one.`,
    }),
  ],
  [
    "subscription.renewed",
    (of) => ({
      subject: `Renewed: the subscription of ${wish(of)}`,
      intro: `${of("by")} has renewed the subscription of the application ${wish(of)}.`,
    }),
  ],
  [
    "key.created",
    (of) => ({
      subject: `New key: ${key(of)}`,
      intro: `${of("by")} has made the key ${key(of)}. If that was not to be, revoke it.`,
    }),
  ],
  [
    "key.expiring",
    (of) => ({
      subject: `Expires soon: the key ${key(of)}`,
      intro: `The key ${key(of)} expires soon. Rotate it if it is still needed.`,
    }),
  ],
  [
    "key.revoked",
    (of) => ({
      subject: `Revoked: the key ${key(of)}`,
      intro: `${of("by")} has revoked the key ${key(of)}. Its calls are refused from now on.`,
    }),
  ],
  [
    "key.rotated",
    (of) => ({
      subject: `Rotated: the key ${key(of)}`,
      intro: `${of("by")} has made a new key in place of ${key(of)}. Change to it before the old one expires.`,
    }),
  ],
]);

function aboutSubscription(of: Member): Pick<EmailWords, "facts" | "path"> {
  return {
    facts: [
      ["Service", of("service")],
      ["Application", `${of("app")} of ${of("appTenant")}`],
      ["Purpose", of("purpose")],
      ["Asked for", of("requested")],
      ["Granted", of("granted")],
      ["Reason", of("reason")],
      ["Until", of("expiresAt")],
    ],
    path: `/portal/subscriptions/${encodeURIComponent(of("subscription"))}`,
  };
}

function aboutKey(of: Member): Pick<EmailWords, "facts" | "path"> {
  return {
    facts: [
      ["Key", of("key")],
      ["Application", of("app")],
      ["Environment", of("environment")],
      ["Expires", of("expiresAt")],
      ["Replaced by", of("replacedBy")],
      ["Reason", of("reason")],
    ],
    path: null,
  };
}
