import { describe, expect, test } from "bun:test";
import { z } from "zod";
import {
  fragment,
  json,
  list,
  optional,
  type PromptMessage,
  prompt,
  trusted,
} from "../../../sdk/config/prompt.ts";
import { createSlot, type Slot, type Slots } from "../../../sdk/config/slot.ts";
import { writeSchema } from "../../../src/compiler/evaluate/child/schema-writer.ts";
import { checkParts } from "../../../src/compiler/prompts/check-parts.ts";
import { lowerParts } from "../../../src/compiler/prompts/lower-parts.ts";

interface Node {
  readonly value: string;
  readonly next?: Node | undefined;
}
const node: z.ZodType<Node> = z.object({ value: z.string(), next: z.lazy(() => node).optional() });
const input = z.object({
  text: z.string(),
  word: z.enum(["a", "b"]),
  short: z.string().max(20),
  note: z.string().nullish(),
  maybe: z.array(z.string()).optional(),
  items: z.array(z.object({ name: z.string(), tags: z.array(z.string()), size: z.number().nullable() })),
  scores: z.record(z.string(), z.number()),
  either: z.union([z.string(), z.number()]),
  mixed: z.union([z.string(), z.object({ a: z.string() })]),
  group: z.object({ inner: z.object({ deep: z.boolean() }).optional() }),
  node,
});
type Input = Slots<z.output<typeof input>>;

const fails = (mistake: Error): never => {
  throw mistake;
};

function problems(write: (slots: Input) => PromptMessage): readonly string[] {
  const schema = writeSchema(input);
  if (!schema.ok) throw new Error(schema.problem);
  const root = schema.output.json;
  const { role, parts } = write(createSlot(root, 0, [], fails) as unknown as Input);
  const found: string[] = [];
  checkParts(parts, new Map([[0, { schema: root, absent: false, nullable: false }]]), {
    root,
    isSystem: role === "system",
    used: new Set(),
    problem: (code, message) => found.push(`${code} ${message}`),
  });
  return found;
}

/** As a config without type checking writes it. */
const any = (slot: unknown): Slot<string> => slot as Slot<string>;

describe("parts that may stand in a prompt", () => {
  const right: Record<string, (slots: Input) => PromptMessage> = {
    "texts, words and numbers": ({ text, word, either }) => prompt.user`${text} ${word} ${either} ${3}`,
    "fields of objects in lists": ({ items }) =>
      prompt.user`${list(items, (item) => fragment`${item.name} ${list(item.tags, (tag) => fragment`${tag}`)}`)}`,
    "what is optional, where it is there": ({ note, maybe, group }) =>
      prompt.user`${optional(note, (text) => fragment`${text}`)} ${optional(maybe, (all) => fragment`${list(all, (one) => fragment`${one}`)}`)} ${optional(group.inner, (inner) => fragment`${inner.deep}`)}`,
    "anything as JSON": ({ items, scores, node: tree, mixed }) =>
      prompt.user`${json(items)} ${json(scores)} ${json(tree)} ${json(mixed)}`,
    "fields of a schema that refers to itself": ({ node: tree }) =>
      prompt.user`${tree.value} ${optional(tree.next, (next) => fragment`${any((next as Slots<Node>).value)}`)}`,
    "trusted words in a system message": ({ word, short }) =>
      prompt.system`${trusted(word)} ${trusted(short)}`,
  };
  for (const [name, write] of Object.entries(right)) {
    test(name, () => {
      expect(problems(write)).toEqual([]);
    });
  }
});

describe("parts that may not", () => {
  const wrong: Record<string, readonly [(slots: Input) => PromptMessage, string]> = {
    "an object": [({ group }) => prompt.user`${any(group)}`, "LK1405 group is an object or a list, not text"],
    "a union with an object": [
      ({ mixed }) => prompt.user`${any(mixed)}`,
      "LK1405 mixed is an object or a list, not text",
    ],
    "null inside a list": [
      ({ items }) => prompt.user`${list(items, (item) => fragment`${any(item.size)}`)}`,
      "LK1406 size may be null",
    ],
    "a field below something absent": [
      ({ group }) => prompt.user`${any((group.inner as unknown as { deep: unknown }).deep)}`,
      "LK1406 group.inner.deep may be absent",
    ],
    "a list that may be absent": [
      ({ maybe }) => prompt.user`${list(maybe as unknown as Slot<string[]>, (one) => fragment`${one}`)}`,
      "LK1406 maybe may be absent",
    ],
    "absent JSON": [({ maybe }) => prompt.user`${json(maybe)}`, "LK1406 maybe may be absent"],
    "a list of a text": [
      ({ text }) => prompt.user`${list(any(text) as unknown as Slot<string[]>, (one) => fragment`${one}`)}`,
      "LK1413 text is no list",
    ],
    "an item outside of its list": [
      ({ items }) => {
        let kept: unknown;
        list(items, (item) => {
          kept = item.name;
          return fragment`x`;
        });
        return prompt.user`${any(kept)}`;
      },
      "LK1401 name is used outside of the list or optional part that it belongs to",
    ],
    "a caller's text in a system message": [
      ({ text }) => prompt.system`${any(text) as never}`,
      "LK1404 text stands in a system message",
    ],
    "trusted free text": [
      ({ text }) => prompt.system`${trusted(text)}`,
      "LK1415 text is trusted in a system message, but can be any text",
    ],
    "trusted free text in a list": [
      ({ items }) => prompt.system`${trusted(fragment`${list(items, (item) => fragment`${item.name}`)}`)}`,
      "LK1415 name is trusted in a system message, but can be any text",
    ],
  };
  for (const [name, [write, problem]] of Object.entries(wrong)) {
    test(name, () => {
      expect(problems(write)).toEqual([problem]);
    });
  }
});

describe("variables", () => {
  test("are numbered by nesting, so that no item hides another", () => {
    const slots = createSlot(undefined, 0, [], fails) as unknown as { a: Slot<string[]>; b: Slot<string[]> };
    const { parts } =
      prompt.user`${list(slots.a, (outer) => fragment`${list(slots.b, (inner) => fragment`${outer}-${inner}`, { separator: "," })};`)}`;
    expect(lowerParts(parts)).toEqual([
      {
        kind: "list",
        variable: 0,
        path: ["a"],
        binds: 1,
        separator: "\n",
        parts: [
          {
            kind: "list",
            variable: 0,
            path: ["b"],
            binds: 2,
            separator: ",",
            parts: [{ kind: "value", variable: 1, path: [] }, "-", { kind: "value", variable: 2, path: [] }],
          },
          ";",
        ],
      },
    ]);
  });

  test("start anew after a mistake", () => {
    const slots = createSlot(undefined, 0, [], fails) as unknown as { a: Slot<string[]> };
    const fail = (): never => {
      throw new Error("stop");
    };
    expect(() => list(slots.a, fail)).toThrow("stop");
    expect(list(slots.a, () => fragment`x`).parts[0]).toMatchObject({ variable: 1 });
  });

  test("neighbouring texts are one, however a prompt was put together", () => {
    expect(lowerParts(prompt.user`a${"b"}${1}${fragment`c`}`.parts)).toEqual(["ab1c"]);
  });
});
