/** Name of the artifact's file inside its folder. */
export const artifactFile = "artifact.json";

/** Name of the code file beside it. */
export const functionsFile = "functions.js";

/** Name of the file that holds the current artifact's hash. */
export const currentFile = "current";

/** An artifact's hash: 64 hex digits, also the name of its folder. */
export const hashPattern: RegExp = /^[0-9a-f]{64}$/;
