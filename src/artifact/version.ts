/** Version of the artifact's format. Raised when an older runtime could misread a newer artifact. */
export const artifactFormat = 3;
