import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { ChatDialectName } from "../../../src/canonical/content.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import type { CallerDialect, ChatDialect } from "../../../src/dialects/dialect.ts";
import { collectStream } from "../../support/collect-stream.ts";
import { collectTold } from "../support/collect-told.ts";
import { directTurn, nextTurn, sealsIn } from "../support/next-turn.ts";
import { readTold } from "../support/told.ts";
import { contextOf, decodePieces, encodeEvents, parseWhole } from "../support/translate.ts";
import { sampledAnswers, traitsOf, type VendorAnswer } from "../support/vendor-answers.ts";
import type { Shown, ToldFeature } from "./told-features.ts";

/** A vendor's answer, understood, with what a caller is told of it. */
interface Sample {
  readonly dialect: ChatDialectName;
  readonly response: ChatResponse;
  readonly events?: readonly StreamEvent[];
}

/** `told`: in a member of its own; `otherwise`: in other words; `hidden`: the caller has no place for it. */
export type ToldOutcome = "told" | "otherwise" | "hidden" | "none";

const COLLECTED = new Set<StreamEvent["type"]>([
  "start",
  "part-start",
  "delta",
  "citation",
  "signature",
  "part-end",
  "whole-part",
  "finish",
  "usage",
  "end",
]);

function ofStream(answer: VendorAnswer): Sample | undefined {
  const events = decodePieces(answer, [answer.body]);
  if (events.at(-1)?.type !== "end" || events.some(({ type }) => type === "error")) return undefined;
  const first = events.filter(
    (event) => COLLECTED.has(event.type) && (!("choice" in event) || event.choice === 0),
  );
  const { choices, ...rest } = collectStream(first);
  const logprobs = events.flatMap((event) => (event.type === "logprobs" ? event.logprobs : []));
  const response = {
    ...rest,
    choices: choices.map((choice) => (logprobs.length === 0 ? choice : { ...choice, logprobs })),
  };
  return { dialect: answer.dialect, response, events };
}

/** The repository's own samples of a vendor's answers that are whole. */
export const samples: readonly Sample[] = sampledAnswers().flatMap((answer): readonly Sample[] => {
  if (answer.form === "error") return [];
  if (answer.form === "whole") return [{ dialect: answer.dialect, response: parseWhole(answer) }];
  const sample = ofStream(answer);
  return sample === undefined ? [] : [sample];
});

const shown = new Map<CallerDialect, Map<Sample, Promise<Shown>>>();

/** What a caller is told, made once for each sample. */
function show(caller: CallerDialect, sample: Sample): Promise<Shown> {
  const known = shown.get(caller) ?? new Map<Sample, Promise<Shown>>();
  shown.set(caller, known);
  const made = known.get(sample) ?? makeShown(caller, sample);
  known.set(sample, made);
  return made;
}

async function makeShown(caller: CallerDialect, { response, events }: Sample): Promise<Shown> {
  const { name, ingress } = caller;
  const body =
    events === undefined
      ? ingress.renderResponse(response, contextOf())
      : await collectTold(name, encodeEvents(name, events));
  const text = JSON.stringify([body, readTold[name](body)]);
  return { caller: name, text, body };
}

/** Whether a caller is told something that a vendor tells, whole and streamed: the worst of all samples. */
export async function probeTold(
  { marks, native }: ToldFeature,
  caller: CallerDialect,
  vendor: ChatDialect,
): Promise<ToldOutcome> {
  // The answer's bytes pass.
  if (caller.name === vendor.name) return tells(marks, vendor) ? "told" : "none";
  const outcomes = await Promise.all(
    samples
      .filter(({ dialect, response }) => dialect === vendor.name && marks(response).length > 0)
      .map(async (sample): Promise<ToldOutcome> => {
        const told = await show(caller, sample);
        if (!marks(sample.response).every((mark) => mark(told))) return "hidden";
        return native?.test(JSON.stringify(told.body)) === false ? "otherwise" : "told";
      }),
  );
  return (["hidden", "otherwise", "told"] as const).find((outcome) => outcomes.includes(outcome)) ?? "none";
}

function tells(marks: ToldFeature["marks"], { name }: ChatDialect): boolean {
  return samples.some(({ dialect, response }) => dialect === name && marks(response).length > 0);
}

/** Whether a caller is told what a vendor says about its failure. */
export function probeErrors({ ingress }: CallerDialect, { name, egress }: ChatDialect): ToldOutcome {
  const failures = sampledAnswers().filter(({ dialect, status }) => dialect === name && status >= 400);
  const isTold = failures.every(({ status, body }) => {
    const { kind, message } = egress.parseError(status, body);
    const told = ingress.renderError({ status, code: "LK-3015", message, kind });
    return message !== "" && JSON.stringify(told).includes(JSON.stringify(message).slice(1, -1));
  });
  return failures.length === 0 ? "none" : isTold ? "told" : "hidden";
}

/** Whether what a vendor has sealed comes back to it by a caller that goes on from the answer. */
export async function probeSeals(caller: CallerDialect, vendor: ChatDialect): Promise<ToldOutcome> {
  // Of this dialect's vendors only some seal anything.
  const traits = traitsOf(vendor.name, vendor.name === "openai-chat" ? "openrouter" : undefined);
  const sealsOf = (request: ChatRequest): readonly string[] =>
    sealsIn(vendor.egress.renderRequest({ ...request, tools: [] }, traits).body).filter(
      (seal) => !/^\w*(call_?id|use_?id):/i.test(seal),
    );
  const outcomes = await Promise.all(
    samples
      .filter(({ dialect, response }) => dialect === vendor.name && response.choices[0]?.content.length !== 0)
      .map(async (sample): Promise<ToldOutcome> => {
        const messages = directTurn(sample.response, ({ type }) => !APART.includes(type));
        const wanted = sealsOf({ model: "fast", messages, stream: false });
        if (wanted.length === 0) return "none";
        if (caller.name === vendor.name) return "told";
        const { body } = await show(caller, sample);
        const asked = { body: nextTurn(caller.name, body), model: "fast" };
        const { request } = caller.ingress.parseRequest(asked);
        return sealsOf(request).join() === wanted.join() ? "told" : "hidden";
      }),
  );
  return (["hidden", "told"] as const).find((outcome) => outcomes.includes(outcome)) ?? "none";
}

/** What has a place in few dialects only. */
const APART: readonly string[] = ["vendor", "spoken", "image"];
