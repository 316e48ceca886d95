import type { Passthrough } from "../passthrough.ts";
import { readAnswer, readTail, toldAnswer } from "./answer-tap.ts";
import { type ResponsesEnvelope, readEnvelope } from "./envelope.ts";
import { foreignTexts } from "./foreign-texts.ts";
import { rewrite } from "./rewrite.ts";
import { ResponsesStreamTap } from "./stream-tap.ts";

/** The Responses API between a caller and a vendor who both speak it. */
export const responsesPassthrough: Passthrough<ResponsesEnvelope> = {
  readEnvelope,
  rewrite,
  readAnswer,
  readTail,
  toldAnswer,
  foreignTexts,
  createTap: () => new ResponsesStreamTap(),
};
