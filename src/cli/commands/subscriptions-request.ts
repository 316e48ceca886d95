import { adminFlags, tellWhen, withAdmin } from "../admin/open-admin.ts";
import { readApp, readCount } from "../admin/read-values.ts";
import { subscriptionLine } from "../admin/subscription-text.ts";
import { readTerms, termsFlags } from "../admin/terms-flags.ts";
import { option, usageError } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey subscriptions request`: asks for a service on behalf of an application. */
export const subscriptionsRequest = defineCommand({
  usage: "SERVICE",
  words: { least: 1, most: 1 },
  flags: {
    app: option("TENANT/APP", "the application that is to use it; has to be given"),
    purpose: option("TEXT", "what it is for, to be read by those who decide; has to be given"),
    ...termsFlags,
    "calls-per-month": option("N", "how many calls are expected"),
    ...adminFlags,
  },
  notes: [
    "What is not narrowed is asked for as a whole. A list of names has commas between them; - is the empty list.",
  ],
  async run({ flags, words: [service = ""] }, context) {
    if (flags.app === undefined) throw usageError("Say for which application: --app TENANT/APP");
    if (flags.purpose === undefined) throw usageError("Say what it is for: --purpose TEXT");
    const { tenant, app } = readApp("app", flags.app);
    const body = {
      ...{ app, service, purpose: flags.purpose },
      expectedCallsPerMonth: readCount("calls-per-month", flags["calls-per-month"]),
      terms: readTerms(flags),
    };
    return withAdmin(context, flags, async (admin) => {
      const subscription = await admin.client.subscriptions.request({ params: { tenant }, body });
      context.ui.out.line(subscriptionLine(subscription));
      if (subscription.state === "approved") tellWhen(admin, context);
      context.ui.data({ subscription });
      return exitCodes.ok;
    });
  },
});
