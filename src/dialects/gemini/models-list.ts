import { LatchkeyError } from "../../kernel/error.ts";
import type { JsonObject } from "../../kernel/json.ts";

/** What a list of models says of one. Sizes are tokens. */
export interface ListedModel {
  /** The name that callers use. */
  readonly id: string;
  readonly displayName?: string;
  readonly contextWindow?: number;
  readonly maxOutputTokens?: number;
  /** What it can be asked for; conversations where absent. */
  readonly methods?: readonly string[];
}

/** Which part of the list is wanted, as the query says it. */
export interface ModelsPage {
  readonly pageSize?: string | null;
  readonly pageToken?: string | null;
}

const DEFAULT_SIZE = 50;
const MAX_SIZE = 1_000;
const CHAT_METHODS = ["generateContent", "streamGenerateContent", "countTokens"] as const;

/**
 * Answer to `GET /v1beta/models`. A page's token is the name after which it begins, so that it holds when the list
 * changes.
 * Wire format: https://ai.google.dev/api/models#method:-models.list
 * @throws LatchkeyError LK-2102 for a page that cannot be
 */
export function renderModelsList(models: readonly ListedModel[], page: ModelsPage = {}): JsonObject {
  const size = readSize(page.pageSize);
  const sorted = [...models].sort((a, b) => compare(a.id, b.id));
  const after = readToken(page.pageToken);
  const rest = after === undefined ? sorted : sorted.filter(({ id }) => compare(id, after) > 0);
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  return {
    models: shown.map(renderModel),
    ...(rest.length > size &&
      last !== undefined && { nextPageToken: Buffer.from(last.id).toString("base64url") }),
  };
}

/** Answer to `GET /v1beta/models/X`. Wire format: https://ai.google.dev/api/models#Model */
export function renderModel({
  id,
  displayName = id,
  contextWindow,
  maxOutputTokens,
  methods = CHAT_METHODS,
}: ListedModel): JsonObject {
  return {
    name: `models/${id}`,
    displayName,
    ...(contextWindow !== undefined && { inputTokenLimit: contextWindow }),
    ...(maxOutputTokens !== undefined && { outputTokenLimit: maxOutputTokens }),
    supportedGenerationMethods: methods,
  };
}

function readSize(text: string | null | undefined): number {
  if (text === undefined || text === null || text === "") return DEFAULT_SIZE;
  const size = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(size >= 0)) throw pageError("pageSize", "has to be a number of models");
  return size === 0 ? DEFAULT_SIZE : Math.min(size, MAX_SIZE);
}

function readToken(text: string | null | undefined): string | undefined {
  if (text === undefined || text === null || text === "") return undefined;
  const id = Buffer.from(text, "base64url");
  if (id.toString("base64url") !== text)
    throw pageError("pageToken", "has to be the `nextPageToken` of a page");
  return id.toString();
}

function pageError(param: string, text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `\`${param}\` ${text}.`, { param });
}

/** By code units, so that the order does not depend on the machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
