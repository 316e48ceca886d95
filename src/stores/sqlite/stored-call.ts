import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import type { StoredCall } from "../ports.ts";
import type { CallValues, KindValues } from "./call-values.ts";

/** A call out of a batch. */
export function toStoredCall(position: number, kind: KindValues, call: CallValues): StoredCall {
  const [artifact, tenant, app, key, service, endpoint, model, target] = kind;
  const [, , , , , , , , method, path, status, errorCode, stream, attempts] = kind;
  const [, time, requestId, errorDetail, , , , , , costNanoUsd, latencyUs, firstByteUs] = call;
  const [, , , , , , , , , , , , requestBytes, responseBytes, dropped, , changed] = call;
  return {
    position,
    time,
    requestId,
    artifact,
    tenant,
    app,
    key,
    service,
    endpoint,
    model,
    target,
    method,
    path,
    status,
    errorCode,
    errorDetail,
    stream: stream === 1,
    attempts,
    usage: usageOf(call),
    costNanoUsd,
    latencyUs,
    firstByteUs,
    requestBytes,
    responseBytes,
    dropped: dropped ?? null,
    changed: changed ?? null,
  };
}

function usageOf(call: CallValues): Usage | null {
  const [, , , , input, output, cacheRead, cacheWrite, reasoning] = call;
  const details = call[15] ?? null;
  if (input === null) return null;
  return {
    input,
    output: output ?? 0,
    cacheRead: cacheRead ?? 0,
    cacheWrite: cacheWrite ?? 0,
    reasoning: reasoning ?? 0,
    ...(details !== null && detailsOf(details)),
  };
}

/** A file that somebody has edited must not keep the rest of the log from being read. */
function detailsOf(text: string): Partial<Usage> {
  const value = tryParseJson(text);
  return isJsonObject(value) ? (value as Partial<Usage>) : {};
}
