import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { ChatIngress, IngressRequest } from "../../dialects/dialect.ts";
import { type Origins, readOrigins } from "../../dialects/origins.ts";
import { isWritten } from "../../dialects/written-name.ts";

/** A place in a canonical request: `messages[2].content[0].detail`, `tools[1].strict`. */
const PLACE = /^(messages|tools)(?:\[(\d+)\](?:\.content\[(\d+)\])?(?:\.(\w+))?)?$/;

/**
 * Places of a canonical request, in the caller's own words. The request is read once more for them, the first time
 * that a message, a part or a tool is asked for.
 */
export class CallerPaths {
  readonly #ingress: ChatIngress;
  readonly #input: IngressRequest;
  #origins: { readonly request: ChatRequest; readonly origins: Origins } | undefined;

  constructor(ingress: ChatIngress, input: IngressRequest) {
    this.#ingress = ingress;
    this.#input = input;
  }

  /** Where something of the canonical request stands in the caller's body. */
  of(path: Loss["path"]): string {
    const { body } = this.#input;
    if (typeof path !== "string") return this.#ingress.fieldName(path.field, body);
    const [, list, index, part, member] = PLACE.exec(path) ?? [];
    if (list !== "messages" && list !== "tools") return path;
    const whole = this.#ingress.fieldName(list, body);
    if (index === undefined) return whole;
    const { request, origins } = this.#read();
    const thing = list === "tools" ? request.tools?.[Number(index)] : request.messages[Number(index)];
    if (thing === undefined) return whole;
    const place = origins.of(thing) ?? whole;
    if (part === undefined || !("content" in thing)) return this.#within(thing, place, member);
    const inner = thing.content[Number(part)];
    return inner === undefined ? place : this.#within(inner, origins.of(inner) ?? place, member);
  }

  #within(thing: object, place: string, member: string | undefined): string {
    if (member === undefined) return place;
    const noted = this.#read().origins.ofMember(thing, member);
    if (noted !== undefined) return noted;
    const path = `${place}.${member}`;
    return isWritten(this.#input.body, path) ? path : place;
  }

  #read(): { readonly request: ChatRequest; readonly origins: Origins } {
    if (this.#origins === undefined) {
      const { read, origins } = readOrigins(() => this.#ingress.parseRequest(this.#input));
      this.#origins = { request: read.request, origins };
    }
    return this.#origins;
  }
}
