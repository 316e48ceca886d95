import { exactMembers as members } from "../../kernel/json-exact.ts";

/**
 * Members that hold JSON of the caller's and of the model's own: arguments and results of functions, and schemas.
 * Wire format: https://ai.google.dev/api/caching#FunctionCall, https://ai.google.dev/api/caching#FunctionDeclaration
 */
export const exactMembers = members(
  "args",
  "partialArgs",
  "response",
  "parameters",
  "parametersJsonSchema",
  "parameters_json_schema",
  "responseSchema",
  "response_schema",
  "responseJsonSchema",
  "response_json_schema",
);
