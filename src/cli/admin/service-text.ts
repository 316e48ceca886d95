import type { z } from "zod";
import type { getService, listServices } from "../../admin/contract/services.ts";
import { safeText } from "../../compiler/render/safe-text.ts";
import { formatDuration } from "../../kernel/duration.ts";
import { formatMoney } from "../../kernel/money.ts";
import { columns } from "../command.ts";
import type { Column } from "../table.ts";
import { momentCell } from "./cells.ts";

/** A service as the catalogue shows it to a tenant. */
type ListedService = z.output<typeof listServices.output>["items"][number];

/** A service with all that it offers. */
type ShownService = z.output<typeof getService.output>;

/** A service, and the tenant that it was shown to. */
export interface SeenService extends ListedService {
  readonly tenant: string;
}

/** Columns of a list of services, one row for each, whoever it was shown to. */
export const serviceColumns: readonly Column<readonly [SeenService, ...SeenService[]]>[] = [
  { title: "service", text: ([{ name }]) => name },
  { title: "owner", text: ([{ owner }]) => owner.name },
  {
    title: "offers",
    text: ([{ models, endpoints, backends }]) => [...models, ...endpoints, ...backends].join(", ") || "-",
  },
  {
    title: "your applications",
    text: (seen) =>
      seen
        .flatMap(({ tenant, apps }) => apps.map(({ app, state }) => `${tenant}/${app} (${state})`))
        .join(", ") || "-",
  },
  { title: "summary", text: ([{ summary }]) => summary ?? "-" },
];

/** All there is to say of a service, line by line. */
export function serviceLines(service: ShownService, tenant: string): readonly string[] {
  const { summary, contact, docs, trialMs, subscriptionMs, models, endpoints, backends } = service;
  const rows: (readonly [string, string | null])[] = [
    ["service", service.name],
    ["owner", service.owner.displayName ?? service.owner.name],
    ["summary", summary],
    ["contact", contact],
    ["documentation", docs],
    ["approval", service.approvalWords],
    ["trial", trialMs === null ? null : formatDuration(trialMs)],
    ["renewed after", subscriptionMs === null ? null : formatDuration(subscriptionMs)],
    ...planWords(service.plan).map((words) => ["costs", words] as const),
    ...service.limits.map((limit) => ["limit", limitWords(limit)] as const),
    ...models.map(({ name }) => ["model", name] as const),
    ...endpoints.map((one) => ["endpoint", `${versionWords(one)}: ${one.paths.join(", ")}`] as const),
    ...backends.map((one) => ["backend", `${versionWords(one)}: ${one.basePath}`] as const),
    ...service.apps.map(
      ({ app, state, expiresAtMs }) =>
        ["used by", `${tenant}/${app}, ${state}${until(expiresAtMs)}`] as const,
    ),
  ];
  return columns(rows.flatMap(([name, text]) => (text === null ? [] : [[name, safeText(text)] as const])));
}

function until(timeMs: number | null): string {
  return timeMs === null ? "" : ` until ${momentCell(timeMs)}`;
}

function versionWords(version: ShownService["endpoints"][number] | ShownService["backends"][number]): string {
  const { name, status, sunsetAtMs, successor } = version;
  const words = [
    status,
    ...(sunsetAtMs === null ? [] : [`ends ${momentCell(sunsetAtMs)}`]),
    ...(successor === null ? [] : [`then ${successor}`]),
  ];
  return `${name}@${version.version} (${words.join(", ")})`;
}

function limitWords({ counts, limit, windowMs }: ShownService["limits"][number]): string {
  return `${limit.toLocaleString("en-US")} ${counts}${windowMs === null ? "" : ` per ${formatDuration(windowMs)}`}`;
}

function planWords(plan: ShownService["plan"]): readonly string[] {
  if (plan === null) return [];
  const amounts = [
    [plan.perCall, "a call"],
    [plan.perThousandCalls, "1,000 calls"],
    [plan.perMillionInputTokens, "1,000,000 tokens of input"],
    [plan.perMillionOutputTokens, "1,000,000 tokens of output"],
    [plan.perMonth, "a month"],
  ] as const;
  const included = [
    [plan.includedCalls, "calls"],
    [plan.includedTokens, "tokens"],
  ] as const;
  return [
    ...amounts.flatMap(([amount, per]) => (amount === null ? [] : [`${formatMoney(amount)} for ${per}`])),
    ...included.flatMap(([count, of]) =>
      count === 0 ? [] : [`${count.toLocaleString("en-US")} ${of} a month are included`],
    ),
  ];
}
