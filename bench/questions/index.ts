import { access } from "./access.ts";
import { compileQuestion } from "./compile.ts";
import { passthrough } from "./passthrough.ts";
import { payload } from "./payload.ts";
import type { Question } from "./question.ts";
import { stream } from "./stream.ts";
import { translate } from "./translate.ts";

/** All questions; the first is asked when none is named. */
export const questions = [
  passthrough,
  payload,
  stream,
  translate,
  compileQuestion,
  access,
] as const satisfies readonly Question[];

/** The question of a name. */
export function findQuestion(name: string): Question | undefined {
  return questions.find((question) => question.name === name);
}
