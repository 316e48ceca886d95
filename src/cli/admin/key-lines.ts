import type { z } from "zod";
import type { keySchema } from "../../admin/contract/key-shapes.ts";
import { safeText } from "../../compiler/render/safe-text.ts";
import { columns } from "../command.ts";
import { momentCell, namesCell } from "./cells.ts";

/** A key as the admin API answers it. */
export type ShownKey = z.output<typeof keySchema>;

/** What there is to say of a key, line by line. */
export function keyLines(key: ShownKey): readonly string[] {
  const { scope, replaces, replacedBy } = key;
  const rows: (readonly [string, string])[] = [
    ["key", key.id],
    ["application", `${key.tenant}/${key.app}`],
    ["name", key.name],
    ["environment", key.environment ?? "-"],
    ["state", key.state],
    [
      "made",
      key.declared ? "declared in the config" : `${momentCell(key.createdAtMs)} by ${key.createdBy ?? "-"}`,
    ],
    ["expires", momentCell(key.expiresAtMs)],
    ["last used", momentCell(key.lastUsedAtMs)],
    ["services", namesCell(scope.services)],
    ["models", namesCell(scope.models)],
    ["endpoints", namesCell(scope.endpoints)],
    ["backends", namesCell(scope.backends)],
    ["methods", `${namesCell(scope.methods)}${scope.readOnly ? ", to read only" : ""}`],
    ["networks", namesCell(key.networks, "any")],
    [
      "requests/minute",
      key.requestsPerMinute === null ? "as the application" : String(key.requestsPerMinute),
    ],
    ...(replaces === null ? [] : [["replaces", replaces] as const]),
    ...(replacedBy === null ? [] : [["replaced by", replacedBy] as const]),
    ...(key.revokedAtMs === null
      ? []
      : [["revoked", `${momentCell(key.revokedAtMs)} by ${key.revokedBy ?? "-"}`] as const]),
    ...(key.revokedFor === null ? [] : [["reason", key.revokedFor] as const]),
  ];
  return columns(rows.map(([name, text]) => [name, safeText(text)]));
}
