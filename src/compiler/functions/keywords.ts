/** Keyword of a checked schema: the object drops fields that `properties` does not name. */
export const stripKeyword = "latchkeyStrip";

/** Keyword of a checked schema: a text's format by name, and the pattern that decides about it. */
export const formatKeyword = "latchkeyFormat";
