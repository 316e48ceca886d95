import { type IdForms, idFormsOf, snapshotSuffix } from "./id-forms.ts";
import type { ProviderModels } from "./load-models.ts";
import type { ModelCard } from "./model-card.ts";

/**
 * The card of a model id as a config may write it. In turn: the id itself; without a prefix that means nothing; a
 * dated snapshot or `-latest` of a known model, which costs as much as that; a variant or a place of service that is
 * not listed, whose price is then unknown. `undefined` where none of these is known.
 */
export function findModel({ cards }: ProviderModels, type: string, id: string): ModelCard | undefined {
  const forms = idFormsOf(type);
  const plain = withoutPrefix(id, forms);
  const exact = cards.get(id) ?? cards.get(plain) ?? cards.get(plain.replace(snapshotSuffix, ""));
  if (exact !== undefined) return exact;
  const other = elsewhere(plain, forms).map(
    (form) => cards.get(form) ?? cards.get(form.replace(snapshotSuffix, "")),
  );
  return withoutPrice(other.find((card) => card !== undefined));
}

function withoutPrefix(id: string, { prefixes = [] }: IdForms): string {
  return prefixes.reduce((text, prefix) => text.replace(prefix, ""), id);
}

/** Ids of the same model where another serves it. */
function elsewhere(id: string, { variants = [], places = [] }: IdForms): readonly string[] {
  const whole = variants.flatMap((variant) => variant.exec(id)?.[1] ?? []);
  if (places.length === 0) return whole;
  const place = places.find((name) => id.startsWith(name)) ?? "";
  const bare = id.slice(place.length);
  return [...whole, bare, ...places.map((name) => name + bare)];
}

function withoutPrice(card: ModelCard | undefined): ModelCard | undefined {
  if (card === undefined) return undefined;
  const { prices: _, ...rest } = card;
  return rest;
}
