import type { CallRecord } from "../canonical/call-record.ts";
import { addUsage, type Usage } from "../canonical/usage.ts";
import type { Clock } from "../kernel/clock.ts";
import type { LatchkeyError } from "../kernel/error.ts";
import type { RequestIds } from "../kernel/id.ts";
import type { RateOutcome } from "../limits/rate-table.ts";
import type { CallSink } from "../stores/ports.ts";
import { redactText } from "../telemetry/redact.ts";
import type { EndpointEntry } from "./endpoint-table.ts";
import type { KeyEntry } from "./key-table.ts";
import { costOf } from "./price.ts";
import { shownPath } from "./shown-path.ts";
import type { Tables } from "./tables.ts";
import type { ModelEntry, UpstreamTarget } from "./target-table.ts";

/** What a call needs of the gateway around it. */
export interface CallContext {
  readonly clock: Clock;
  readonly requestIds: RequestIds;
  readonly sink: CallSink;
  /** Told when a call begins and ends, for shutdown. */
  readonly onStart: (call: Call) => void;
  readonly onFinish: (call: Call) => void;
}

/**
 * One request on its way through the gateway: what the stages have found out about it, and the row that it
 * leaves behind. Holds the tables it began with, so that a reload never changes a call under way.
 */
export class Call {
  readonly requestId: string;
  readonly time: number;
  readonly startedMs: number;
  key: KeyEntry | undefined;
  model: ModelEntry | undefined;
  endpoint: EndpointEntry | undefined;
  service: string | null = null;
  target: UpstreamTarget | undefined;
  /** Where the request went to, where that is no model. */
  backend: { readonly label: string; readonly server?: string } | undefined;
  /** Header lines that tell of the end of the key, or of what was called; see `expiryNotice`, `lifecycleLines`. */
  notices = "";
  /** How the tightest of the limits stands that it came under; undefined: there is none. */
  rate: RateOutcome | undefined;
  stream = false;
  attempts = 0;
  requestBytes = 0;
  responseBytes = 0;
  usage: Usage | undefined;
  costNanoUsd: number | undefined;
  error: LatchkeyError | undefined;
  /** What the target could not be told, as members of the caller's body. */
  dropped: readonly string[] = [];
  /** Those of which it was told something close instead. */
  changed: readonly string[] = [];
  #firstByteMs: number | undefined;
  #costKnown = true;
  #finished = false;

  constructor(
    readonly tables: Tables,
    readonly method: string,
    readonly path: string,
    /** Without the question mark. May hold a credential: never shown or logged. */
    readonly query: string,
    private readonly context: CallContext,
  ) {
    this.time = context.clock.now();
    this.requestId = context.requestIds.next(this.time);
    this.startedMs = context.clock.monotonic();
    context.onStart(this);
  }

  /** Milliseconds of a clock that only goes forward. */
  get nowMs(): number {
    return this.context.clock.monotonic();
  }

  /** Notes that the upstream has begun to answer. */
  noteFirstByte(): void {
    this.#firstByteMs ??= this.context.clock.monotonic();
  }

  /**
   * Adds what one attempt used. Unknown usage, or usage at an unknown price, makes the cost of the whole call
   * unknown: a sum that leaves something out would be wrong. The price is that of the moment at which the call began.
   */
  meter(usage: Usage | undefined, target: UpstreamTarget): void {
    if (usage !== undefined) this.usage = this.usage === undefined ? usage : addUsage(this.usage, usage);
    const known = usage !== undefined && target.price !== null;
    const cost = known ? costOf(usage, target.price, this.time) : undefined;
    if (cost === undefined) this.#costKnown = false;
    else this.costNanoUsd = (this.costNanoUsd ?? 0) + cost;
    if (!this.#costKnown) this.costNanoUsd = undefined;
  }

  /** Ends the call and hands its row over. Only the first call counts. */
  finish(status: number): void {
    if (this.#finished) return;
    this.#finished = true;
    this.context.sink.record(this.#row(status));
    this.context.onFinish(this);
  }

  #row(status: number): CallRecord {
    const { key, startedMs } = this;
    const microseconds = (ms: number): number => Math.round((ms - startedMs) * 1000);
    return {
      time: this.time,
      requestId: this.requestId,
      artifact: this.tables.hash,
      tenant: key?.app.tenant ?? null,
      app: key?.app.name ?? null,
      key: key?.name ?? null,
      service: this.service,
      endpoint: this.endpoint?.label ?? this.backend?.label ?? null,
      model: this.model?.name ?? null,
      target: this.target?.name ?? this.backend?.server ?? null,
      method: this.method,
      path: shownPath(this.path),
      status,
      errorCode: this.error?.code ?? null,
      errorDetail: this.error === undefined ? null : redactText(this.error.internal ?? this.error.message),
      stream: this.stream,
      attempts: this.attempts,
      usage: this.usage ?? null,
      costNanoUsd: this.costNanoUsd ?? null,
      latencyUs: microseconds(this.context.clock.monotonic()),
      firstByteUs: this.#firstByteMs === undefined ? null : microseconds(this.#firstByteMs),
      requestBytes: this.requestBytes,
      responseBytes: this.responseBytes,
      dropped: this.dropped.length === 0 ? null : this.dropped.join(", "),
      changed: this.changed.length === 0 ? null : this.changed.join(", "),
    };
  }
}
