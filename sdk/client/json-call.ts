import type { CallOptions } from "./client-options.ts";
import { LatchkeyClientError } from "./error.ts";
import { parseJson } from "./json.ts";
import { type ResponseInfo, readResponseInfo } from "./response-info.ts";
import type { Call, ClientRequest, Transport } from "./transport.ts";

/** A whole answer: its JSON value and what its headers say. */
export interface JsonAnswer {
  readonly value: unknown;
  readonly info: ResponseInfo;
}

/**
 * Makes a call whose answer is one JSON value.
 * @throws LatchkeyClientError
 */
export async function callForJson(
  transport: Transport,
  request: ClientRequest,
  options: CallOptions,
): Promise<JsonAnswer> {
  const call = transport.begin(options);
  try {
    const response = await transport.send(request, call);
    const info = readResponseInfo(response.headers);
    const value = parseJson(await readText(response, call, info));
    if (value === undefined) throw notJson(response, info);
    return { value, info };
  } finally {
    call.scope.close();
  }
}

async function readText(response: Response, { scope }: Call, info: ResponseInfo): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    if (scope.failure !== undefined) throw scope.failure;
    const message = "The connection broke in the middle of the answer.";
    const { requestId } = info;
    throw new LatchkeyClientError("connection", message, { status: response.status, requestId, cause });
  }
}

function notJson(response: Response, { requestId }: ResponseInfo): LatchkeyClientError {
  const contentType = response.headers.get("content-type") ?? "no content type";
  const message = `The answer is not valid JSON (${contentType}).`;
  return new LatchkeyClientError("protocol", message, { status: response.status, requestId });
}
