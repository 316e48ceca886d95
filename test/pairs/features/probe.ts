import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { ChatDialectName } from "../../../src/canonical/content.ts";
import type { Loss } from "../../../src/canonical/loss.ts";
import type { CallerDialect, ChatDialect } from "../../../src/dialects/dialect.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { CallerPaths } from "../../../src/runtime/exchange/caller-paths.ts";
import { hasUrls, inlineMedia } from "../../../src/runtime/exchange/inline-media.ts";
import { traitsOf } from "../support/vendor-answers.ts";
import { type Asked, type AskedFeature, requestOf } from "./asked.ts";

/**
 * What becomes of a wish: the bytes pass, the vendor is told in its own words, or otherwise; something close is
 * told, or it is left out, and either is named, or the request is refused by its name.
 */
export type Outcome = "passed" | "native" | "emulated" | "changed" | "dropped" | "refused";

/** The outcome for one pair; `param` where the caller is told a name. */
export interface Probe {
  readonly outcome: Outcome;
  readonly param?: string;
}

/** A vendor's request, and what it does not say. */
interface Told {
  /** JSON text. */
  readonly body: string;
  readonly losses: readonly Loss[];
  /** Whether the gateway changes the answer, which is another way to have what was asked for. */
  readonly changesAnswer: boolean;
}

/** What a vendor is told of a caller's request, as the gateway would tell it. */
export async function tell(
  caller: CallerDialect,
  { egress, name }: ChatDialect,
  asked: JsonObject,
): Promise<Told> {
  const input = { body: asked, model: "fast", stream: false };
  const { request, losses } = caller.ingress.parseRequest(input);
  const paths = new CallerPaths(caller.ingress, input);
  const traits = traitsOf(name);
  const rendered = egress.renderRequest(await withMedia(request, egress, name), traits);
  return {
    body: JSON.stringify(rendered.body),
    losses: [...losses, ...rendered.losses.map((loss) => ({ ...loss, path: paths.of(loss.path) }))],
    changesAnswer: rendered.change !== undefined,
  };
}

async function withMedia(
  request: ChatRequest,
  { inlines }: ChatDialect["egress"],
  name: ChatDialectName,
): Promise<ChatRequest> {
  const kinds = inlines?.(traitsOf(name)) ?? [];
  if (!hasUrls(request, kinds)) return request;
  const fetchMedia = async (url: string) => ({
    mediaType: url.endsWith(".pdf") ? "application/pdf" : "image/png",
    bytes: Buffer.from("fetched"),
  });
  return inlineMedia(request, kinds, fetchMedia, (path) => path);
}

/** Whether the bytes go on as they came; where the vendor departs from its dialect, its profile says so. */
function passes({ name, passthrough }: CallerDialect, vendor: ChatDialect): boolean {
  return name === vendor.name && (passthrough.foreignTexts?.(traitsOf(name)) ?? []).length === 0;
}

/**
 * Asks for a feature and looks what the vendor is told.
 * @throws Error where it is lost without a word
 */
export async function probe(
  feature: AskedFeature,
  asked: Asked,
  caller: CallerDialect,
  vendor: ChatDialect,
): Promise<Probe> {
  if (passes(caller, vendor)) return { outcome: "passed" };
  const told = await tell(caller, vendor, requestOf(caller.name, asked.body));
  const plain = await tell(caller, vendor, requestOf(caller.name, asked.base));
  const known = new Set(plain.losses.map((loss) => JSON.stringify(loss)));
  const losses = told.losses.filter((loss) => !loss.isHarmless || !known.has(JSON.stringify(loss)));
  const loss = losses.find(({ isHarmless }) => !isHarmless) ?? losses[0];
  if (told.changesAnswer && losses.every(({ isHarmless }) => isHarmless)) return { outcome: "emulated" };
  const isSame = told.body === plain.body;
  if (loss !== undefined && (!loss.isHarmless || isSame || !feature.native.test(told.body))) {
    const { path, isHarmless, isChanged } = loss;
    const param = typeof path === "string" ? path : caller.ingress.fieldName(path.field, {});
    if (!isHarmless) return { outcome: "refused", param };
    return { outcome: isChanged === true ? "changed" : "dropped", param };
  }
  if (!isSame && feature.native.test(told.body)) return { outcome: "native" };
  if (isSame && feature.isDefault?.includes(vendor.name) !== true)
    throw new Error(`${feature.name} of ${caller.name} is lost to ${vendor.name} without a word`);
  return { outcome: isSame ? "native" : "emulated" };
}
