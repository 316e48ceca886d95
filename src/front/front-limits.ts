/** Bytes of the next requests that are taken in while one is under way. */
export const MAX_AHEAD_BYTES: number = 64 * 1024;

/** Bytes of a body that are taken in before anybody asks for it. */
export const MAX_UNREAD_BYTES: number = 256 * 1024;
