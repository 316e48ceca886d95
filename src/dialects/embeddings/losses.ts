import type {
  EmbeddingInput,
  EmbeddingLoss,
  EmbeddingRequest,
  EmbeddingRequestField,
} from "../../canonical/embedding.ts";

/** The words of an input that has nothing else; pieces of one text stand on lines of their own. */
export function textOf(input: EmbeddingInput): string | undefined {
  if (input.type === "text") return input.text;
  if (input.type === "tokens") return undefined;
  const texts = input.parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
  return texts.length === input.parts.length ? texts.join("\n") : undefined;
}

/** Collects what a vendor cannot be told of one request. */
export class EmbeddingLosses {
  readonly list: EmbeddingLoss[] = [];
  readonly #request: EmbeddingRequest;
  readonly #vendor: string;

  /** @param vendor its name, for the reasons */
  constructor(request: EmbeddingRequest, vendor: string) {
    this.#request = request;
    this.#vendor = vendor;
  }

  /** Notes members that the vendor has no words for, where they are asked for; `true`: the vectors stay the same. */
  lacks(fields: Readonly<Partial<Record<Exclude<EmbeddingRequestField, "inputs">, boolean>>>): void {
    for (const [field, isHarmless] of Object.entries(fields) as [keyof typeof fields, boolean][]) {
      if (field === "title") this.#lacksTitles();
      else if (this.#request[field] !== undefined)
        this.add(field, `has no counterpart in ${this.#vendor}`, isHarmless);
    }
  }

  /** Notes that the vendor takes fewer inputs at once; requests are split before (`maxInputs`), but for the longest. */
  limit(most: number): void {
    const { length } = this.#request.inputs;
    if (length > most)
      this.add("inputs", `holds ${length}, of which ${this.#vendor} takes ${most} in one request at most`);
  }

  /** The inputs as texts, for vendors that take nothing else. */
  texts(): readonly string[] {
    return this.#request.inputs.flatMap((input, index) => {
      const text = textOf(input);
      if (text === undefined) this.misfit(index);
      return text === undefined ? [] : [text];
    });
  }

  /** Whether what is too long loses its end, for vendors that cut nothing else; `undefined`: as they like. */
  cutsEnd(): boolean | undefined {
    const { truncate } = this.#request;
    if (truncate === "start") this.add("truncate", `can be the end or none for ${this.#vendor}`);
    return truncate === undefined ? undefined : truncate === "end";
  }

  /** Notes an input of a kind that the vendor does not take. */
  misfit(index: number): void {
    const kind = this.#request.inputs[index]?.type === "tokens" ? "token ids" : "a picture";
    this.add("inputs", `has ${kind}, which ${this.#vendor} does not take`, false, index);
  }

  add(field: EmbeddingRequestField, reason: string, isHarmless = false, index?: number): void {
    const path = { field, ...(index !== undefined && { index }) };
    this.list.push({ path, isHarmless, reason });
  }

  /** Notes that something close is told in place of a member. */
  change(field: EmbeddingRequestField, reason: string): void {
    this.list.push({ path: { field }, isHarmless: true, isChanged: true, reason });
  }

  #lacksTitles(): void {
    for (const [index, input] of this.#request.inputs.entries())
      if (input.type === "text" && input.title !== undefined)
        this.add("title", `has no counterpart in ${this.#vendor}`, true, index);
  }
}
