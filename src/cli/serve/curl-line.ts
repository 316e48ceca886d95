import { relative } from "node:path";
import type { Artifact, ArtifactApp } from "../../artifact/artifact.ts";
import { decodeIdSet, hasId } from "../../artifact/grant.ts";
import { shellWord } from "../text.ts";

/** What a first call is made of. */
export interface CurlOptions {
  readonly url: string;
  readonly artifact: Artifact;
  /** The application whose key is used. */
  readonly app: ArtifactApp;
  /** File that holds its key. */
  readonly keyFile: string;
  /** Folder in which the line is pasted. */
  readonly cwd: string;
  /** Providers that cannot be used. */
  readonly lacking: ReadonlySet<string>;
}

/**
 * A shell line that makes a first call; the key is read from its file, so the line may be kept. `undefined` where
 * the application reaches no model that can be used.
 */
export function curlLine(options: CurlOptions): string | undefined {
  const model = firstModel(options);
  if (model === undefined) return undefined;
  const path = relative(options.cwd, options.keyFile);
  const file = shellWord(path.startsWith("..") ? options.keyFile : path);
  const body = JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] });
  return [
    `curl ${options.url}/v1/chat/completions`,
    `-H "authorization: Bearer $(cat ${file})"`,
    '-H "content-type: application/json"',
    `-d ${shellWord(body)}`,
  ].join(" ");
}

/** Models all of whose targets can be used come before those that have at least one. */
function firstModel({ artifact, app, lacking }: CurlOptions): string | undefined {
  const reach = decodeIdSet(artifact.grants[app.grant]?.models ?? "", artifact.models.length);
  const usable = (target: number): boolean => {
    const provider = artifact.providers[artifact.targets[target]?.provider ?? -1];
    return provider !== undefined && !lacking.has(provider.name);
  };
  const reached = artifact.models.filter((_, id) => hasId(reach, id));
  const found =
    reached.find(({ targets }) => targets.every(usable)) ??
    reached.find(({ targets }) => targets.some(usable));
  return found?.name;
}
