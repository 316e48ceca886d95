import { canonicalJson } from "../../kernel/json.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame } from "./match.ts";
import type { NamedModel } from "./named-artifact.ts";
import { arrow } from "./words.ts";

type Target = NamedModel["targets"][number];

/**
 * How targets are spoken to. One model of a provider may be there in several dialects; a target that several models
 * share is folded into one line later.
 */
export function diffDialects(before: NamedModel, after: NamedModel): readonly Finding[] {
  const [old, current] = [before, after].map(({ targets }) => Map.groupBy(targets, ({ name }) => name));
  return [...(current ?? [])].flatMap(([name, targets]) => {
    const was = old?.get(name);
    return was === undefined ? [] : about("target", [name], diffDialect(was, targets));
  });
}

/** What one dialect has words for another may have to refuse. */
function diffDialect(before: readonly Target[], after: readonly Target[]): readonly Statement[] {
  const [old, current] = [before, after].map(dialectsText);
  if (old !== current) {
    const message = `dialect ${arrow(old ?? "", current ?? "")}, which may refuse what the other took`;
    return [{ kind: "target-dialect-changed", effect: "breaking", message }];
  }
  if (isSame(waysOf(before), waysOf(after))) return [];
  const message = "the way in which it is spoken to changed";
  return [{ kind: "target-quirks-changed", effect: "safe", message }];
}

function dialectsText(targets: readonly Target[]): string {
  return [...new Set(targets.map(({ row }) => row.dialect ?? "none"))].sort().join(" and ");
}

function waysOf(targets: readonly Target[]): readonly string[] {
  const ways = targets.map(({ row: { dialect, basePath, quirks, alsoSpeaks } }) =>
    canonicalJson({ dialect, basePath, quirks, alsoSpeaks }),
  );
  return [...new Set(ways)].sort();
}
