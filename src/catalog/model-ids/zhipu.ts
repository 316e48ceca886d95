// Made by `npm run catalog`; do not edit.

/** Ids of models of `zhipu` that are known here. Any other text is a model id, too. */
export type ZhipuModelId =
 | "cogview-4-250304" | "glm-4.5" | "glm-4.5-air" | "glm-4.5-flash" | "glm-4.5v" | "glm-4.6" | "glm-4.6v"
 | "glm-4.6v-flash" | "glm-4.7" | "glm-4.7-flash" | "glm-4.7-flashx" | "glm-5" | "glm-5-turbo" | "glm-5.1"
 | "glm-5.2" | "glm-5.3" | "glm-5.3-flash" | "glm-5.3-flashx" | "glm-5v-turbo" | "glm-image";
