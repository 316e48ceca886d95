import type { z } from "zod";
import type { subscriberSchema, subscriptionSchema } from "../../admin/contract/subscription-shapes.ts";
import { safeText } from "../../compiler/render/safe-text.ts";
import { columns } from "../command.ts";
import type { Column } from "../table.ts";
import { momentCell, namesCell } from "./cells.ts";

/** A subscription as the admin API shows it to the application's side. */
export type ShownSubscription = z.output<typeof subscriptionSchema>;

/** A subscription as the admin API shows it to the service's owner. */
export type ShownSubscriber = z.output<typeof subscriberSchema>;

/** One of both. */
type Shown = ShownSubscription | ShownSubscriber;

type Terms = Shown["requested"];

/** Columns of a list of subscriptions. */
export const subscriptionColumns: readonly Column<Shown>[] = [
  { title: "subscription", text: ({ id }) => id },
  { title: "app", text: ({ appTenant, app }) => `${appTenant}/${app}` },
  { title: "service", text: ({ service }) => service },
  { title: "state", text: stateWords },
  { title: "for", text: ({ granted, requested }) => termsWords(granted ?? requested) },
  { title: "ends", text: ({ expiresAtMs }) => momentCell(expiresAtMs) },
];

/** Columns of a list of what waits for a decision. */
export const inboxColumns: readonly Column<ShownSubscriber>[] = [
  { title: "subscription", text: ({ id }) => id },
  { title: "asks for", text: ({ open }) => open?.kind ?? "-" },
  { title: "app", text: ({ appTenant, app }) => `${appTenant}/${app}` },
  { title: "service", text: ({ service }) => service },
  { title: "for", text: ({ open, requested }) => termsWords(open?.terms ?? requested) },
  { title: "purpose", text: ({ purpose }) => purpose },
  { title: "asked by", text: ({ open }) => open?.askedBy ?? "-" },
  { title: "lapses", text: ({ open }) => momentCell(open?.lapsesAtMs ?? null) },
];

/** One line that says how a subscription stands. */
export function subscriptionLine(shown: Shown): string {
  const { id, appTenant, app, service } = shown;
  return safeText(`Subscription ${id} of ${appTenant}/${app} to ${service}: ${stateWords(shown)}.`);
}

/** All there is to say of a subscription, with its history. */
export function subscriptionLines(shown: Shown): readonly string[] {
  const { requested, granted, open } = shown;
  const rows: (readonly [string, string])[] = [
    ["subscription", shown.id],
    ["application", `${shown.appTenant}/${shown.app}`],
    ["service", `${shown.service} of ${shown.owner}`],
    ["state", stateWords(shown)],
    ["purpose", shown.purpose],
    ["asked for", termsWords(requested)],
    ...(granted === null ? [] : [["granted", termsWords(granted)] as const]),
    ["ends", momentCell(shown.expiresAtMs)],
    ...(open === null ? [] : [["to be decided", `${open.kind}: ${termsWords(open.terms)}`] as const]),
  ];
  return [
    ...columns(rows.map(([name, text]) => [name, safeText(text)])),
    ...shown.history.map(({ timeMs, step, state, side, by, reason }) => {
      const who = by ?? (side === "owner" ? `somebody of ${shown.owner}` : "the gateway");
      return safeText(
        `  ${momentCell(timeMs)}  ${step} by ${who}: ${state}${reason === null ? "" : ` (${reason})`}`,
      );
    }),
  ];
}

function stateWords({ state, isTrial, open }: Shown): string {
  const extra = [...(isTrial ? ["trial"] : []), ...(open?.kind === "renewal" ? ["renewal asked for"] : [])];
  return extra.length === 0 ? state : `${state} (${extra.join(", ")})`;
}

function termsWords({ requestsPerMinute, ...lists }: Terms): string {
  const words = Object.entries(lists).flatMap(([name, list]) =>
    list === null ? [] : [`${name} ${namesCell(list)}`],
  );
  if (requestsPerMinute !== null) words.push(`${requestsPerMinute} requests/minute`);
  return words.join("; ") || "all";
}
