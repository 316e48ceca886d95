import type { ChatRequestField } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { TargetLack, TargetTraits } from "../dialect.ts";
import { type ChatQuirks, quirksOf } from "./quirks.ts";
import { type ToolCallIds, toolCallIds } from "./tool-call-ids.ts";

/** What every part of rendering one request needs to know. */
export interface RenderContext {
  readonly quirks: ChatQuirks;
  readonly lacks: ReadonlySet<TargetLack>;
  readonly toolCallId: ToolCallIds;
  readonly losses: readonly Loss[];
  /** Notes what has no words; answers `undefined`, for what stands in its place. */
  readonly lose: (path: Loss["path"], reason: string, isHarmless?: boolean) => undefined;
  /** The same for a member of the request. */
  readonly loseField: (field: ChatRequestField, reason: string, isHarmless?: boolean) => undefined;
  /** Notes that something close is told in place of a member. */
  readonly changeField: (field: ChatRequestField, reason: string) => undefined;
}

const NO_LACKS: ReadonlySet<TargetLack> = new Set();

/** A context for one request. */
export function renderContext(traits: TargetTraits): RenderContext {
  const quirks = quirksOf(traits);
  const losses: Loss[] = [];
  const lose: RenderContext["lose"] = (path, reason, isHarmless = false) =>
    void losses.push({ path, isHarmless, reason });
  return {
    quirks,
    lacks: traits.lacks === undefined ? NO_LACKS : new Set(traits.lacks),
    toolCallId: toolCallIds(quirks.toolCallIdLength),
    losses,
    lose,
    loseField: (field, reason, isHarmless) => lose({ field }, reason, isHarmless),
    changeField: (field, reason) =>
      void losses.push({ path: { field }, isHarmless: true, isChanged: true, reason }),
  };
}
