import type { Artifact, ArtifactBackend, ArtifactBackendRoute } from "../../artifact/artifact.ts";
import { headerLine } from "../../http/exchange.ts";
import { type Networks, parseNetworks } from "../../kernel/networks.ts";
import { SegmentTrie } from "../../kernel/segment-trie.ts";
import type { UpstreamTimeouts } from "../../upstream/upstream.ts";
import { lifecycleLines, retirementWords } from "../lifecycle-lines.ts";
import { BasePaths, type Owner } from "./base-paths.ts";
import { type BackendDependencies, type OpenBackend, openBackend } from "./open-backend.ts";
import { type RequestCheck, requestCheck } from "./request-check.ts";
import { type ResponseHeaderMaker, responseHeaderMaker } from "./response-headers.ts";
import { type PathRewriter, pathRewriter } from "./rewrite-path.ts";
import { withoutNeedlessEscapes } from "./routable-path.ts";

/** A way into a backend. */
export interface BackendRoute {
  /** Undefined: the path goes on as it came. */
  readonly rewrite: PathRewriter | undefined;
  /** Undefined: requests are not looked into. */
  readonly check: RequestCheck | undefined;
}

/** A backend version as the request path sees it. */
export interface BackendEntry {
  readonly id: number;
  /** `name@version`, for the log. */
  readonly label: string;
  readonly declaration: ArtifactBackend;
  readonly routes: SegmentTrie<BackendRoute>;
  readonly timeouts: UpstreamTimeouts;
  readonly responseHeaders: ResponseHeaderMaker;
  /** What callers read once it is retired. */
  readonly retired: string;
  /** See `lifecycleLines`. */
  readonly lifecycle: string;
  /** Undefined: something that it needs is missing. */
  readonly open: OpenBackend | undefined;
}

/** The backends of one artifact. */
export interface BackendTable {
  readonly entries: readonly BackendEntry[];
  /** The backend with the longest base path that a path lies below, see `withoutNeedlessEscapes`. */
  readonly find: (path: string) => Owner<BackendEntry> | undefined;
  /** Backends that are skipped, with the reason, for people. */
  readonly skipped: readonly string[];
  readonly trustedProxies: Networks;
  /** Begins to ask servers whether they are well. */
  readonly start: () => void;
  readonly release: () => void;
}

/**
 * Builds the backends of an artifact.
 * @throws LatchkeyError LK-6001 for what no request can carry.
 */
export function buildBackends(
  artifact: Artifact,
  hash: string,
  dependencies: Omit<BackendDependencies, "trustedProxies">,
): BackendTable {
  const { backends, settings } = artifact;
  const trustedProxies = parseNetworks(settings.trustedProxies);
  const preset = headerLine("x-latchkey-artifact", hash);
  const skipped: string[] = [];
  const paths = new BasePaths<BackendEntry>();
  const entries = backends.map((declaration, id): BackendEntry => {
    const open = openBackend(declaration, { ...dependencies, trustedProxies });
    if (typeof open === "string") skipped.push(`backend ${declaration.name}: ${open}`);
    const successor = declaration.successor === null ? undefined : backends[declaration.successor];
    const lifecycle = lifecycleLines({ ...declaration, successorPath: successor?.basePath ?? null });
    const label = labelOf(declaration);
    const next = successor === undefined ? null : { label: labelOf(successor), path: successor.basePath };
    const entry = {
      id,
      label,
      declaration,
      retired: retirementWords(label, next),
      routes: routesOf(declaration),
      timeouts: timeoutsOf(declaration),
      responseHeaders: responseHeaderMaker(declaration.responseHeaders, preset),
      lifecycle,
      open: typeof open === "string" ? undefined : open,
    };
    paths.add(declaration.basePath, entry);
    return entry;
  });
  return {
    entries,
    find: (path) => (entries.length === 0 ? undefined : paths.find(withoutNeedlessEscapes(path))),
    skipped,
    trustedProxies,
    start() {
      for (const { open } of entries) open?.start();
    },
    release() {
      for (const { open } of entries) open?.release();
    },
  };
}

function labelOf({ name, version }: ArtifactBackend): string {
  return `${name}@${version}`;
}

const EVERYTHING: ArtifactBackendRoute = { methods: null, path: "/*", rewritePath: null, operation: null };

function routesOf({ routes, validate }: ArtifactBackend): SegmentTrie<BackendRoute> {
  const trie = new SegmentTrie<BackendRoute>();
  for (const { methods, path, rewritePath, operation } of routes ?? [EVERYTHING]) {
    trie.add(path === "/" ? "" : path, methods, {
      rewrite: rewritePath === null ? undefined : pathRewriter(path, rewritePath),
      check: operation === null || validate === "off" ? undefined : requestCheck(path, operation),
    });
  }
  return trie;
}

function timeoutsOf({ timeouts }: ArtifactBackend): UpstreamTimeouts {
  const { connectMs, firstTokenMs: firstByteMs, idleMs, totalMs } = timeouts;
  return { connectMs, firstByteMs, idleMs, totalMs };
}
