// Made by `npm run catalog`; do not edit.

/** Ids of models of `minimax` that are known here. Any other text is a model id, too. */
export type MinimaxModelId =
 | "M2-her" | "MiniMax-M2" | "MiniMax-M2.1" | "MiniMax-M2.1-highspeed" | "MiniMax-M2.5"
 | "MiniMax-M2.5-highspeed" | "MiniMax-M2.5-lightning" | "MiniMax-M2.7" | "MiniMax-M2.7-highspeed"
 | "MiniMax-M3" | "minimax-01" | "minimax-m1";
