import { relative } from "node:path";
import { readArtifact } from "../../artifact/read.ts";
import { shortHash } from "../artifacts.ts";
import { type CommandContext, columns } from "../command.ts";
import { howToSet, type LackingPart, lackingParts, skippedBeside } from "../secrets.ts";
import { type Content, contentOf } from "../served-content.ts";
import { type StarterKey, starterKeyAdvice } from "../starter-keys.ts";
import { plural } from "../text.ts";
import { secretsOf, stateFiles } from "../wire.ts";
import { curlLine } from "./curl-line.ts";
import { tell } from "./event.ts";
import type { ServedGateway } from "./serve-gateway.ts";

/** Tells what is served, where, with which keys, and what is missing. */
export function tellServing(context: CommandContext, served: ServedGateway, threads: number): void {
  const { ui, io, root } = context;
  const { artifact, hash } = readArtifact(
    stateFiles(root).directory,
    served.supervisor.serving() ?? "current",
  );
  const content = contentOf(artifact);
  const secrets = secretsOf(root);
  const lacking = lackingParts(artifact, secrets);
  const { starterKeys, skipped } = served.first;
  const usable = starterKeys.find(({ state }) => state === "new" || state === "kept");
  const app = artifact.apps.find(
    ({ name, tenant }) => name === usable?.app && artifact.tenants[tenant]?.name === usable.tenant,
  );
  const names = new Set(lacking.flatMap(({ kind, name }) => (kind === "provider" ? [name] : [])));
  const curl =
    usable === undefined || app === undefined
      ? undefined
      : curlLine({
          url: served.url,
          artifact,
          app,
          keyFile: usable.file,
          cwd: io.cwd,
          lacking: names,
        });
  const shownFile = (path: string): string => {
    const near = relative(io.cwd, path);
    return near.startsWith("..") ? path : near;
  };
  const text = [
    `Latchkey serves artifact ${shortHash(hash)} on ${served.url} with ${plural(threads, "thread")}.`,
    // npm dies of SIGHUP, so that whoever started the gateway by it has to know another process.
    `It is process ${process.pid}: \`kill -HUP ${process.pid}\` takes a changed config over.`,
    "",
    ...contentLines(content, served.url),
    ...lackingLines(lacking),
    ...starterKeys.flatMap((key) => keyLines(key, shownFile(key.file))),
    ...(curl === undefined ? [] : ["", "A first call:", curl]),
  ].join("\n");
  tell(ui, "serving", text, {
    url: served.url,
    pid: process.pid,
    hash,
    threads,
    content,
    skipped: [...skipped, ...skippedBeside(artifact, secrets)],
    // The plain text of a new key stays out of what machines collect: it is in the file.
    starterKeys: starterKeys.map(({ plainText: _, ...key }) => key),
    curl: curl ?? null,
  });
}

function contentLines({ models, endpoints, apps }: Content, url: string): readonly string[] {
  return [
    ...section(
      "Models",
      models.map(({ name, targets }) => [name, targets.join(", ")]),
    ),
    ...section(
      "Endpoints",
      endpoints.flatMap(({ name, version, status, paths }) =>
        paths.map((path) => {
          const note = status === "published" ? "" : `, ${status}`;
          return [`${name} ${version}${note}`, `POST ${url}${path}`] as const;
        }),
      ),
    ),
    ...section(
      "Applications",
      apps.map(({ name, services }) => [name, services.length === 0 ? "uses nothing" : services.join(", ")]),
    ),
  ];
}

/** Lines shown of one section; the whole is in `check --json`. */
const MOST_ROWS = 20;

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  if (rows.length === 0) return [];
  const rest = rows.length - MOST_ROWS;
  return [title, ...columns(rows.slice(0, MOST_ROWS)), ...(rest > 0 ? [`  and ${rest} more`] : [])];
}

/** @returns a section of each kind of parts that are off */
function lackingLines(lacking: readonly LackingPart[]): readonly string[] {
  return [...Map.groupBy(lacking, ({ kind }) => kind)].flatMap(([kind, parts]) =>
    section(
      lackingTitles[kind],
      parts.map(({ name, missing }) => [
        name,
        missing.map((ref) => `${ref.name} is missing: ${howToSet(ref)}`).join("; "),
      ]),
    ),
  );
}

const lackingTitles: Readonly<Record<LackingPart["kind"], string>> = {
  provider: "Skipped providers",
  backend: "Skipped backends",
  "sign-in": "Sign-in that is off",
  webhook: "Webhooks that get nothing",
  "mail server": "Mail that is not sent",
};

function keyLines(key: StarterKey, file: string): readonly string[] {
  const advice = starterKeyAdvice(key);
  if (advice !== undefined) return ["", advice];
  const owner = `${key.tenant}/${key.app}`;
  if (key.plainText === undefined) return ["", `The key of ${owner} is in ${file}`];
  return ["", `A key for ${owner}, shown this once and kept in ${file}:`, key.plainText];
}
