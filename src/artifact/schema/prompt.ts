import { z } from "zod";

/** Where a value comes from: variable 0 is the input, higher ones are items of enclosing lists and optionals. */
const referenceShape = {
  variable: z.number().int().min(0).max(64),
  path: z.array(z.string()),
};

/** A part of a prompt, in the input's shape. */
export type PromptPart =
  | string
  | { readonly kind: "value"; readonly variable: number; readonly path: readonly string[] }
  | { readonly kind: "json"; readonly variable: number; readonly path: readonly string[] }
  | {
      readonly kind: "list";
      readonly variable: number;
      readonly path: readonly string[];
      /** Variable that holds the item inside `parts`. */
      readonly binds: number;
      readonly separator: string;
      readonly parts: readonly PromptPart[];
    }
  | {
      readonly kind: "optional";
      readonly variable: number;
      readonly path: readonly string[];
      readonly binds: number;
      readonly parts: readonly PromptPart[];
      readonly otherwise: readonly PromptPart[];
    };

const partSchema: z.ZodType<PromptPart> = z.lazy(() =>
  z.union([
    z.string(),
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("value"), ...referenceShape }),
      z.strictObject({ kind: z.literal("json"), ...referenceShape }),
      z.strictObject({
        kind: z.literal("list"),
        ...referenceShape,
        binds: z.number().int().min(1).max(64),
        separator: z.string(),
        parts: z.array(partSchema),
      }),
      z.strictObject({
        kind: z.literal("optional"),
        ...referenceShape,
        binds: z.number().int().min(1).max(64),
        parts: z.array(partSchema),
        otherwise: z.array(partSchema),
      }),
    ]),
  ]),
);

/** A prompt, split into literals and slots, ready to be rendered without running anyone's code. */
export const promptSchema = z.array(
  z.strictObject({ role: z.enum(["system", "user", "assistant"]), parts: z.array(partSchema) }),
);
