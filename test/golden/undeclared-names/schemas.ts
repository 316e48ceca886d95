// @ts-nocheck: a mistake on purpose.
import { z as zod } from "zod";

export const answerInput = zod.object({ text: z.string() });
