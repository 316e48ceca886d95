/** Nano-USD in a thousandth of a US dollar. */
export const thousandths = 1_000_000;
