import { exactMembers as members } from "../../kernel/json-exact.ts";

/**
 * Members that hold JSON of the caller's and of the model's own: schemas, and arguments where a server gives them as
 * objects. Wire format: https://platform.openai.com/docs/api-reference/chat/create
 */
export const exactMembers = members("parameters", "schema", "arguments");
