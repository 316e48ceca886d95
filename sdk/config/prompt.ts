import { captureSite } from "./capture-site.ts";
import {
  createSlot,
  isSlot,
  type Slot,
  type SlotHandle,
  type SlotReference,
  type SlotSchema,
  type Slots,
  slotMistakes,
  slotReference,
  slotSchema,
} from "./slot.ts";

/** One piece of a prompt, as data. */
export type PromptPart =
  | string
  /** Something that cannot stand in a prompt, in the compiler's words. */
  | { readonly kind: "mistake"; readonly message: string }
  | { readonly kind: "value"; readonly slot: SlotReference; readonly trusted: boolean }
  | { readonly kind: "json"; readonly slot: SlotReference; readonly trusted: boolean }
  | {
      readonly kind: "list";
      readonly slot: SlotReference;
      readonly variable: number;
      readonly separator: string;
      readonly parts: readonly PromptPart[];
      readonly trusted: boolean;
    }
  | {
      readonly kind: "optional";
      readonly slot: SlotReference;
      readonly variable: number;
      readonly parts: readonly PromptPart[];
      readonly otherwise: readonly PromptPart[];
      readonly trusted: boolean;
    };

/** Role of a prompt message. */
export type PromptRole = "system" | "user" | "assistant";

/** One message of a prompt, as data. */
export interface PromptMessage {
  readonly kind: "message";
  readonly role: PromptRole;
  readonly parts: readonly PromptPart[];
  readonly site: string;
}

/** Parts made by `fragment`, `list`, `optional` and `json`. */
export interface Fragment {
  readonly kind: "fragment";
  readonly parts: readonly PromptPart[];
}

/** Something that its author vouches for, so that it may stand in a system message. */
export interface Trusted {
  readonly kind: "trusted";
  readonly parts: readonly PromptPart[];
}

/** Text that the config's author wrote. */
type Literal = string | number;

/** What may stand in a user or assistant message. */
export type UserPart =
  | Literal
  | Slot<string>
  | Slot<number>
  | Slot<boolean>
  | Slot<string | number | boolean>
  | Fragment
  | Trusted;

/** What may stand in a system message: a caller's value only inside `trusted(…)`. */
export type SystemPart = Literal | Trusted;

/** Messages of a prompt, as tagged templates. */
export const prompt = {
  /** Instructions. A slot needs an explicit `trusted(…)`, since a caller's text here could take them over. */
  system: (strings: TemplateStringsArray, ...values: readonly SystemPart[]): PromptMessage =>
    message("system", strings, values),
  /** What the user says. */
  user: (strings: TemplateStringsArray, ...values: readonly UserPart[]): PromptMessage =>
    message("user", strings, values),
  /** What the model is shown as having said. */
  assistant: (strings: TemplateStringsArray, ...values: readonly UserPart[]): PromptMessage =>
    message("assistant", strings, values),
} as const;

/** Vouches that a value cannot carry instructions, because its schema leaves no room for them. */
export function trusted(value: Slot<string | number | boolean> | Fragment): Trusted {
  return { kind: "trusted", parts: partsOf(value).map(trust) };
}

/** A piece of text with slots, for use in `list` and `optional`. */
export function fragment(strings: TemplateStringsArray, ...values: readonly UserPart[]): Fragment {
  return { kind: "fragment", parts: interleave(strings, values) };
}

/** A value as JSON text. */
export function json(slot: Slot<unknown>): Fragment {
  if (!isSlot(slot)) return noSlot();
  return { kind: "fragment", parts: [{ kind: "json", slot: slot[slotReference], trusted: false }] };
}

/**
 * Repeats a fragment for each item of a list.
 * @example list(items, (item) => fragment`- ${item.title}`, { separator: "\n" })
 */
export function list<Item>(
  items: Slot<readonly Item[]>,
  render: (item: Slots<Item>) => Fragment,
  options: { readonly separator?: string } = {},
): Fragment {
  if (!isSlot(items)) return noSlot();
  const { variable, parts } = renderWithVariable(items, items[slotSchema]?.items, (item) =>
    render(item as unknown as Slots<Item>),
  );
  const separator = options.separator ?? "\n";
  return {
    kind: "fragment",
    parts: [{ kind: "list", slot: items[slotReference], variable, separator, parts, trusted: false }],
  };
}

/**
 * A fragment that is there only when the value is: neither absent nor null.
 * @example optional(hint, (hint) => fragment`Hint: ${hint}`)
 */
export function optional<Value>(
  slot: Slot<Value>,
  render: (value: Slots<NonNullable<Value>>) => Fragment,
  otherwise?: Fragment,
): Fragment {
  if (!isSlot(slot)) return noSlot();
  const { variable, parts } = renderWithVariable(slot, slot[slotSchema], (value) =>
    render(value as unknown as Slots<NonNullable<Value>>),
  );
  return {
    kind: "fragment",
    parts: [
      {
        kind: "optional",
        slot: slot[slotReference],
        variable,
        parts,
        otherwise: otherwise?.parts ?? [],
        trusted: false,
      },
    ],
  };
}

function message(role: PromptRole, strings: TemplateStringsArray, values: readonly unknown[]): PromptMessage {
  return { kind: "message", role, parts: interleave(strings, values), site: captureSite() };
}

function interleave(strings: TemplateStringsArray, values: readonly unknown[]): readonly PromptPart[] {
  const parts: PromptPart[] = [];
  strings.forEach((literal, index) => {
    if (literal !== "") parts.push(literal);
    if (index < values.length) parts.push(...partsOf(values[index]));
  });
  return parts;
}

function partsOf(value: unknown): readonly PromptPart[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (typeof value === "number") return [String(value)];
  if (isSlot(value)) return [{ kind: "value", slot: value[slotReference], trusted: false }];
  if (typeof value === "object" && value !== null && "parts" in value && Array.isArray(value.parts))
    return value.parts;
  return [
    { kind: "mistake", message: `a prompt cannot hold ${value === undefined ? "undefined" : typeof value}` },
  ];
}

function trust(part: PromptPart): PromptPart {
  if (typeof part === "string" || part.kind === "mistake") return part;
  if (part.kind === "list") return { ...part, parts: part.parts.map(trust), trusted: true };
  if (part.kind === "optional") {
    return { ...part, parts: part.parts.map(trust), otherwise: part.otherwise.map(trust), trusted: true };
  }
  return { ...part, trusted: true };
}

function noSlot(): Fragment {
  const message = "list, optional and json take a slot of the input";
  return { kind: "fragment", parts: [{ kind: "mistake", message }] };
}

/** Renderings of `list` and `optional` under way. Prompt functions cannot be asynchronous, so it is always right. */
let depth = 0;

/** Variables are numbered by nesting, so that an inner item never hides an outer one. */
function renderWithVariable(
  from: SlotHandle,
  schema: SlotSchema | undefined,
  render: (slot: SlotHandle) => Fragment,
): { readonly variable: number; readonly parts: readonly PromptPart[] } {
  depth++;
  try {
    return { variable: depth, parts: render(createSlot(schema, depth, [], from[slotMistakes])).parts };
  } finally {
    depth--;
  }
}
