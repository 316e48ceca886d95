import { relative } from "node:path";
import type { Artifact, ArtifactApp } from "../../artifact/artifact.ts";
import { decodeIdSet, hasId } from "../../artifact/grant.ts";
import type { Json } from "../../kernel/json.ts";
import { shellWord } from "../text.ts";
import { exampleInput } from "./example-input.ts";

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

/** What is asked of which path. */
interface FirstCall {
  readonly path: string;
  readonly body: Json;
}

/**
 * A shell line that makes a first call, of a model or else of an endpoint; the key is read from its file, so the
 * line may be kept. `undefined` where the application reaches nothing that can be used.
 */
export function curlLine(options: CurlOptions): string | undefined {
  const call = modelCall(options) ?? endpointCall(options);
  if (call === undefined) return undefined;
  const path = relative(options.cwd, options.keyFile);
  const file = shellWord(path.startsWith("..") ? options.keyFile : path);
  return [
    `curl ${options.url}${call.path}`,
    `-H "authorization: Bearer $(cat ${file})"`,
    '-H "content-type: application/json"',
    `-d ${shellWord(JSON.stringify(call.body))}`,
  ].join(" ");
}

/** Models all of whose targets can be used come before those that have at least one. */
function modelCall(options: CurlOptions): FirstCall | undefined {
  const { artifact, app } = options;
  const reach = decodeIdSet(artifact.grants[app.grant]?.models ?? "", artifact.models.length);
  const reached = artifact.models.filter((_, id) => hasId(reach, id));
  const found = usableFirst(reached, ({ targets }) => targets, options);
  if (found === undefined) return undefined;
  const body = { model: found.name, messages: [{ role: "user", content: "Hello" }] };
  return { path: "/v1/chat/completions", body };
}

/** Only an endpoint whose input an example can be made of; published ones come first. */
function endpointCall(options: CurlOptions): FirstCall | undefined {
  const { artifact, app } = options;
  const reach = decodeIdSet(artifact.grants[app.grant]?.endpoints ?? "", artifact.endpoints.length);
  const reached = artifact.endpoints.flatMap(({ status, model, input }, id) => {
    const path = artifact.routes.find(({ endpoint }) => endpoint === id)?.path;
    const body = exampleInput(input);
    if (!hasId(reach, id) || path === undefined || body === undefined) return [];
    return [{ path, body, status, targets: artifact.models[model]?.targets ?? [] }];
  });
  const published = reached.filter(({ status }) => status === "published");
  return usableFirst([...published, ...reached], ({ targets }) => targets, options);
}

function usableFirst<Item>(
  items: readonly Item[],
  targetsOf: (item: Item) => readonly number[],
  { artifact, lacking }: CurlOptions,
): Item | undefined {
  const usable = (target: number): boolean => {
    const provider = artifact.providers[artifact.targets[target]?.provider ?? -1];
    return provider !== undefined && !lacking.has(provider.name);
  };
  return (
    items.find((item) => targetsOf(item).every(usable)) ?? items.find((item) => targetsOf(item).some(usable))
  );
}
