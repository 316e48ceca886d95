import { defineGroup } from "../command.ts";
import { subscriptionsCancel } from "./subscriptions-cancel.ts";
import { subscriptionsList } from "./subscriptions-list.ts";
import { subscriptionsRenew } from "./subscriptions-renew.ts";
import { subscriptionsRequest } from "./subscriptions-request.ts";
import { subscriptionsShow } from "./subscriptions-show.ts";

/** `latchkey subscriptions`: the application's side. */
export const subscriptions = defineGroup({
  list: { summary: "List what your applications are subscribed to, or have asked for", ...subscriptionsList },
  show: { summary: "Show a subscription with its history", ...subscriptionsShow },
  request: { summary: "Ask for a service on behalf of an application", ...subscriptionsRequest },
  cancel: { summary: "Give a subscription up, or the request for one", ...subscriptionsCancel },
  renew: { summary: "Ask for more time for an approved subscription", ...subscriptionsRenew },
});
