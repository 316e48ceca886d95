import type { Artifact } from "../artifact/artifact.ts";
import { decodeIdSet } from "../artifact/grant.ts";
import type { UseRow } from "../overlay/rows.ts";

/** What one use opens, decoded once for all grants that have it. */
export interface OpenUse {
  /** Id of the service. */
  readonly service: number;
  readonly models: Uint32Array;
  readonly endpoints: Uint32Array;
  readonly backends: Uint32Array;
}

/** Uses that are remembered; beyond that the memory begins anew, and grants keep what they have. */
const MOST = 10_000;

/**
 * The uses of one table's grants. Thousands of applications use the same services, so that their grants share what these
 * open: it is decoded once, and there is once.
 */
export class OpenUses {
  readonly #artifact: Artifact;
  readonly #byContent = new Map<string, OpenUse>();

  constructor(artifact: Artifact) {
    this.#artifact = artifact;
  }

  /**
   * Opens the rows of one message.
   * @returns a function that knows a row again that it has seen
   */
  reader(): (row: UseRow) => OpenUse {
    const seen = new Map<UseRow, OpenUse>();
    return (row) => {
      const known = seen.get(row);
      if (known !== undefined) return known;
      const opened = this.#open(row);
      seen.set(row, opened);
      return opened;
    };
  }

  #open({ service, models, endpoints, backends }: UseRow): OpenUse {
    const content = `${service} ${models} ${endpoints} ${backends}`;
    const known = this.#byContent.get(content);
    if (known !== undefined) return known;
    const opened = {
      service,
      models: this.#setOf(models, "models"),
      endpoints: this.#setOf(endpoints, "endpoints"),
      backends: this.#setOf(backends, "backends"),
    };
    if (this.#byContent.size >= MOST) this.#byContent.clear();
    this.#byContent.set(content, opened);
    return opened;
  }

  #setOf(hex: string, kind: "models" | "endpoints" | "backends"): Uint32Array {
    return hex === "" ? nothing : decodeIdSet(hex, this.#artifact[kind].length);
  }
}

/** Holds no id; never written to. */
const nothing = new Uint32Array(0);
