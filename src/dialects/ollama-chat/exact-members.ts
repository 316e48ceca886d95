import { exactMembers as members } from "../../kernel/json-exact.ts";

/** Members that hold JSON of the model's own: arguments of tools. Wire format: https://docs.ollama.com/api/chat */
export const exactMembers = members("arguments");
