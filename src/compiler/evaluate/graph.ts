import type { PromptRole } from "../../../sdk/config/prompt.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";

/** What the process that ran the config found: everything that can be reached from its default export. */
export interface ConfigGraph {
  /** In the order in which they were met; ids are indexes. The first one is the gateway. */
  readonly declarations: readonly GraphDeclaration[];
  /** Schemas in the order in which they were met. */
  readonly schemas: readonly GraphSchema[];
}

/** Kinds of declarations as the config language names them. */
export type DeclarationKind =
  | "gateway"
  | "provider"
  | "target"
  | "model"
  | "fallback"
  | "endpoint"
  | "service"
  | "tenant"
  | "app"
  | "key"
  | "limit"
  | "budget"
  | "plan"
  | "approval"
  | "secret"
  | "backend"
  | "oidc"
  | "webhook"
  | "smtp"
  | "invariant";

/** One declaration as data. */
export interface GraphDeclaration {
  readonly kind: DeclarationKind;
  readonly site: GraphSite;
  /** What the constructor knows without an option: a provider's type, a target's provider and model id. */
  readonly head: GraphFields;
  /** Options as written. */
  readonly fields: GraphFields;
}

/** Positions in the bundle, innermost first: `12:5,80:1`, line and column from 1. */
export type GraphSite = string;

/** Options of a declaration in the order in which they were written. */
export type GraphFields = Readonly<Record<string, GraphValue>>;

/** A value as data. Whatever is not a plain value of JSON is an object with a `$` that says what it is. */
export type GraphValue = null | boolean | number | string | readonly GraphValue[] | GraphTagged;

/** Values that JSON has no words for; plain objects are wrapped, so that nothing in them is taken for a tag. */
export type GraphTagged =
  | { readonly $: "object"; readonly fields: GraphFields }
  | { readonly $: "declaration"; readonly id: number }
  | { readonly $: "schema"; readonly index: number }
  | { readonly $: "prompt"; readonly outcome: PromptOutcome }
  | { readonly $: "function"; readonly name: string }
  /** A function that was called for its result and threw. */
  | { readonly $: "thrown"; readonly message: string; readonly site: GraphSite }
  /** Anything else, in words: `a Date`. */
  | { readonly $: "other"; readonly what: string };

/** What came of running a prompt function. */
export interface PromptOutcome {
  /** Those that it made all the same where there are mistakes. */
  readonly messages: readonly GraphMessage[];
  readonly mistakes: readonly GraphMistake[];
}

/** One message of a prompt. */
export interface GraphMessage {
  readonly role: PromptRole;
  /** Parts as the config language makes them. */
  readonly parts: Json;
  readonly site: GraphSite;
}

/** Something that a prompt function did wrong while it ran. */
export interface GraphMistake {
  readonly code: string;
  readonly message: string;
  readonly subject: string;
  readonly candidates: readonly string[];
  readonly site: GraphSite;
}

/** A Zod schema as data. */
export type GraphSchema =
  | {
      readonly ok: true;
      /** Zod's name of the outermost type, such as `object`. */
      readonly type: string;
      /** As it reads values: what callers send. Draft 2020-12. */
      readonly input: GraphJsonSchema;
      /** As its values are once it has read them: what prompts find, and what a model is asked for. */
      readonly output: GraphJsonSchema;
      /** What a validator checks: `input` with the marks of `checked-schema.ts`. */
      readonly checked: JsonObject;
      /** Why the schema itself has to run on every call; null where compiled checks say the same. */
      readonly code: string | null;
      /** Regular expressions that texts are checked by. */
      readonly patterns: readonly GraphPattern[];
    }
  | { readonly ok: false; readonly problem: string };

/** A regular expression of a schema. */
export interface GraphPattern {
  readonly source: string;
  readonly flags: string;
  /** Fields on the way to it, `[]` for items. */
  readonly path: readonly string[];
  /** Characters that a text may have before it is held against the pattern; null for any number. */
  readonly maxLength: number | null;
}

/** One side of a schema. */
export interface GraphJsonSchema {
  readonly json: JsonObject;
  /** Types without an expression in JSON Schema, with the fields where they stand. */
  readonly unrepresentable: readonly { readonly type: string; readonly path: readonly string[] }[];
}

/** Something that was thrown. */
export interface GraphError {
  /** Of the error's class; empty where no error was thrown but another value. */
  readonly name: string;
  readonly message: string;
  readonly site: GraphSite;
}

/** Something that was thrown where nothing in the config could catch it. */
export interface UnhandledError extends GraphError {
  /** A promise that was rejected, or code that ran by itself, such as a timer's. */
  readonly from: "rejection" | "exception";
}

/** What came of an invariant. */
export type InvariantOutcome =
  | { readonly kind: "holds" }
  /** Counter-examples in words, each from the outside in: `the key shop/checkout/live`, `the model fast`. */
  | { readonly kind: "broken"; readonly examples: readonly (readonly string[])[]; readonly more: number }
  | ({ readonly kind: "threw" } & GraphError)
  /** What it answered instead, in words. */
  | { readonly kind: "odd"; readonly what: string };

/** What the child process answers; what nothing handled stands in a file of its own. */
export type Evaluation =
  | { readonly kind: "graph"; readonly graph: ConfigGraph; readonly leftOpen: boolean }
  | { readonly kind: "invariants"; readonly outcomes: readonly InvariantOutcome[] }
  | ({ readonly kind: "threw" } & GraphError)
  /** An error that nothing handled came before the end. */
  | { readonly kind: "failed-beside" }
  | { readonly kind: "out-of-memory" }
  | { readonly kind: "ended"; readonly site: GraphSite }
  | { readonly kind: "no-default-export"; readonly names: readonly string[] }
  | { readonly kind: "no-gateway"; readonly what: string };
