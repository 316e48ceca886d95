import { LatchkeyError } from "../../kernel/error.ts";

/** The error for an answer that is not kept, in OpenAI's words. */
export function previousNotFound(id: string): LatchkeyError {
  return new LatchkeyError("LK-2112", `Previous response with id '${id}' not found.`, {
    param: "previous_response_id",
  });
}

/** The error for an item that is not kept, in OpenAI's words. */
export function itemNotFound(id: string, param: string): LatchkeyError {
  return new LatchkeyError("LK-2112", `Item with id '${id}' not found.`, { param });
}

/** The error for what a vendor may keep and this key was never told of. */
export function objectNotFound(id: string, param: string): LatchkeyError {
  return new LatchkeyError("LK-2112", `'${id.slice(0, 200)}' not found.`, { param });
}

/** The error for an answer that was asked for and is not kept, in OpenAI's words. */
export function responseNotFound(id: string): LatchkeyError {
  return new LatchkeyError("LK-2117", `Response with id '${id.slice(0, 200)}' not found.`, { param: "id" });
}
