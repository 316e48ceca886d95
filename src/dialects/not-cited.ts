/**
 * Why a request whose files are to be cited is refused where the vendor does not cite them, as a half sentence after
 * the place. Never harmless: whoever asks for the places that an answer rests on has no use for one without them, and
 * another target of the model may be able to name them.
 */
export const NOT_CITED = "cannot be had: this provider does not cite a request's files";
