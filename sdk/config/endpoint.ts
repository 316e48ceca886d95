import type { z } from "zod";
import { type Declaration, declare } from "./declaration.ts";
import type { Deprecation } from "./deprecation.ts";
import type { Model } from "./model.ts";
import type { PromptMessage } from "./prompt.ts";
import type { Slots } from "./slot.ts";

/** A version as `major.minor.patch`; the major one is part of the endpoint's path. */
export type Version = `${number}.${number}.${number}`;

/** How far an endpoint version has come. */
export type EndpointStatus = "draft" | "published" | "deprecated" | "retired";

/** Schema of an endpoint's input: one JSON object. */
export type InputSchema = z.ZodObject;

/** What an endpoint is made of. */
export interface EndpointOptions<
  V extends Version,
  Input extends InputSchema,
  Output extends z.ZodType | undefined,
> {
  readonly version: V;
  /** Default `"published"`. */
  readonly status?: EndpointStatus;
  /** For the status `"deprecated"`, and `"retired"`. */
  readonly deprecation?: Deprecation<Endpoint>;
  readonly summary?: string;
  readonly model: Model;
  readonly input: Input;
  /** Schema of the answer. Without one the endpoint answers text: `{ "text": "…" }`. */
  readonly output?: Output;
  /** Upper bound of the answer's tokens, sent to the model. */
  readonly maxOutputTokens?: number;
  /** Sampling temperature, sent to the model when given. */
  readonly temperature?: number;
  /** Runs once, when the config is compiled, on slots instead of values; what it returns becomes data. */
  readonly prompt: (slots: Slots<z.output<Input>>) => readonly PromptMessage[];
}

/** A prompt encapsulated as a typed REST API. */
export interface Endpoint<
  V extends Version = Version,
  Input extends InputSchema = InputSchema,
  Output extends z.ZodType | undefined = z.ZodType | undefined,
> extends Declaration<"endpoint"> {
  readonly version: V;
  readonly status?: EndpointStatus;
  readonly deprecation?: Deprecation<Endpoint>;
  readonly summary?: string;
  readonly model: Model;
  readonly input: Input;
  readonly output?: Output;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  /** A method, not a property, so that any endpoint is an `Endpoint` whatever its slots are. */
  prompt(slots: never): readonly PromptMessage[];
}

/**
 * Declares an endpoint. Its name is the key under which `defineGateway({ endpoints })` gets it.
 * @example
 * endpoint({
 *   version: "1.0.0", model: fast,
 *   input: z.object({ text: z.string() }), output: z.object({ label: z.enum(["good", "bad"]) }),
 *   prompt: ({ text }) => [prompt.system`You rate texts.`, prompt.user`${text}`],
 * })
 */
export function endpoint<
  const V extends Version,
  Input extends InputSchema,
  Output extends z.ZodType | undefined = undefined,
>(options: EndpointOptions<V, Input, Output>): Endpoint<V, Input, Output> {
  return declare("endpoint", options) as unknown as Endpoint<V, Input, Output>;
}
