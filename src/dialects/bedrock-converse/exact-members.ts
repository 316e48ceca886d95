import { exactMembers as members } from "../../kernel/json-exact.ts";

/**
 * Members that hold JSON of the model's own: inputs of tools.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolUseBlock.html
 */
export const exactMembers = members("input", "json");
