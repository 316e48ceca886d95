import { indexOfText } from "../../kernel/bytes.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";

/** Something that a request names and that a vendor keeps under its account. */
export interface VendorName {
  /** What kind of thing it is: an answer, an item of one, or another object such as a file or a container. */
  readonly kind: "response" | "item" | "object";
  readonly id: string;
  /** Where it is named, as the caller wrote it. */
  readonly param: string;
}

const OBJECTS: ReadonlySet<string> = new Set([
  "file_id",
  "file_ids",
  "container",
  "container_id",
  "vector_store_ids",
]);

/** Members in which ids are quoted and never looked up, or that are the caller's own. */
const UNREAD: ReadonlySet<string> = new Set([
  "annotations",
  "results",
  "arguments",
  "parameters",
  "metadata",
]);

/** What stands in every request that names something; `\u00` because a name may be written with escapes. */
const TEXTS = ['"id"', '"conversation"', '_id"', '"file_ids"', '"vector_store_ids"', '"container"', "\\u00"];

/** Whether a request may name something that is kept elsewhere. False is certain. */
export function mayName(body: Uint8Array): boolean {
  return TEXTS.some((text) => indexOfText(body, text) >= 0);
}

/**
 * Everything that a request names instead of sending it. What only repeats its id beside all that it is (a message, a
 * call of a function) is not among it: nobody looks that up.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create
 */
export function vendorNames(body: JsonObject): readonly VendorName[] {
  const names: VendorName[] = [];
  const add = (kind: VendorName["kind"], id: Json | undefined, param: string): void => {
    if (typeof id === "string") names.push({ kind, id, param });
  };
  const { previous_response_id: previous, conversation, input, tools, prompt } = body;
  add("response", previous, "previous_response_id");
  add("object", isJsonObject(conversation) ? conversation["id"] : conversation, "conversation");
  for (const [index, item] of listOf(input).entries()) {
    const param = `input[${index}]`;
    if (!isJsonObject(item)) continue;
    if (isLookedUp(item)) add("item", item["id"], `${param}.id`);
    add("item", item["approval_request_id"], `${param}.approval_request_id`);
    names.push(...objectsIn(item, param));
  }
  for (const [index, tool] of listOf(tools).entries())
    if (isJsonObject(tool) && tool["type"] !== "function") names.push(...objectsIn(tool, `tools[${index}]`));
  if (isJsonObject(prompt)) names.push(...objectsIn(prompt, "prompt"));
  return names;
}

/** Whether an item is the name of one. Its type may be left out. */
export function isReference(item: Json): item is JsonObject {
  if (!isJsonObject(item)) return false;
  const { type = null, role, content, id } = item as JsonObject;
  if (type === "item_reference") return true;
  return type === null && role === undefined && content === undefined && typeof id === "string";
}

/** Whether a vendor looks for what the item itself does not hold. */
function isLookedUp(item: JsonObject): boolean {
  if (isReference(item)) return true;
  const { type, encrypted_content: sealed, result } = item;
  if (type === "reasoning") return typeof sealed !== "string";
  return type === "image_generation_call" && typeof result !== "string";
}

function objectsIn(root: JsonObject, at: string): readonly VendorName[] {
  const names: VendorName[] = [];
  const open: (readonly [value: Json, path: string])[] = [[root, at]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, path] = next;
    if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) open.push([element, `${path}[${index}]`]);
      continue;
    }
    if (!isJsonObject(value)) continue;
    for (const [name, member] of Object.entries(value as JsonObject)) {
      if (UNREAD.has(name) || member === undefined) continue;
      const param = `${path}.${name}`;
      if (!OBJECTS.has(name)) open.push([member, param]);
      else if (typeof member === "string") names.push({ kind: "object", id: member, param });
      else if (Array.isArray(member)) names.push(...listed(member, param));
      else open.push([member, param]);
    }
  }
  return names;
}

function listed(list: readonly Json[], path: string): readonly VendorName[] {
  return list.flatMap((id, index) =>
    typeof id === "string" ? [{ kind: "object", id, param: `${path}[${index}]` } as const] : [],
  );
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
