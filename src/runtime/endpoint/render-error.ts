import type { IngressError } from "../../dialects/dialect.ts";
import { renderError } from "../../dialects/openai-chat/error.ts";
import type { JsonObject } from "../../kernel/json.ts";

/**
 * An error of a prompt that is an API: in OpenAI's shape, but `code` is always Latchkey's. Whoever calls an endpoint knows
 * no vendor, and so none of a vendor's codes.
 */
export function renderEndpointError({ isVendors: _, ...error }: IngressError): JsonObject {
  return renderError(error);
}
