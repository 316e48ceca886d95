import { exactMembers as members } from "../../kernel/json-exact.ts";

/** Members that hold JSON of the model's own, where a server gives arguments as objects. */
export const exactMembers = members("arguments");
