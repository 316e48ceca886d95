import { exactMembers as members } from "../../kernel/json-exact.ts";

/**
 * Members that hold JSON of the caller's and of the model's own: inputs of tools, and schemas.
 * Wire format: https://docs.anthropic.com/en/api/messages
 */
export const exactMembers = members("input", "input_schema", "schema");
