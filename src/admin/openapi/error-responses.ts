import { type ErrorCode, errorTable } from "../../kernel/codes.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Operation } from "../contract/operation.ts";

/** Refusals by the name of their response, each with the code that is the most usual one. */
const refusals = {
  BadRequest: "LK-2102",
  NotSignedIn: "LK-2015",
  NotAllowed: "LK-2014",
  NotFound: "LK-2020",
  Conflict: "LK-2021",
  TooLarge: "LK-2104",
  WrongType: "LK-2127",
  AgainstPolicy: "LK-2022",
  TooMany: "LK-2018",
  Failed: "LK-5001",
} as const satisfies Record<string, ErrorCode>;

type Refusal = keyof typeof refusals;

const everywhere: readonly Refusal[] = ["BadRequest", "NotSignedIn", "NotAllowed", "NotFound", "Failed"];
const ofWrites: readonly Refusal[] = ["Conflict", "AgainstPolicy"];
const ofBodies: readonly Refusal[] = ["TooLarge", "WrongType"];

/** Error responses of an operation, by status. */
export function errorResponsesOf({ method, body }: Operation): JsonObject {
  const names = [
    ...everywhere,
    ...(method === "GET" ? [] : ofWrites),
    ...(body === null ? [] : ofBodies),
  ].sort((one, other) => errorTable[refusals[one]].status - errorTable[refusals[other]].status);
  return Object.fromEntries(
    names.map((name) => [errorTable[refusals[name]].status, { $ref: `#/components/responses/${name}` }]),
  );
}

/** The responses that they refer to. */
export function errorResponses(): JsonObject {
  return Object.fromEntries(
    Object.entries(refusals).map(([name, code]) => {
      const { title, help } = errorTable[code];
      const example = { error: { code, message: title, param: null, help } };
      const content = { "application/json": { schema: { $ref: "#/components/schemas/Error" }, example } };
      return [name, { description: title, headers: headersOf(code), content }];
    }),
  );
}

function headersOf(code: ErrorCode): JsonObject {
  const requestId = { "x-request-id": { $ref: "#/components/headers/RequestId" } };
  if (errorTable[code].status !== 401) return requestId;
  return { ...requestId, "www-authenticate": { description: "`Bearer`", schema: { type: "string" } } };
}

/** How every error is told. */
export const errorSchema: JsonObject = {
  type: "object",
  description: "What went wrong; `latchkey explain CODE` tells more.",
  properties: {
    error: {
      type: "object",
      properties: {
        code: { type: "string", pattern: "^LK-[0-9]{4}$" },
        message: { type: "string" },
        param: { type: ["string", "null"], description: "Field of the request at fault" },
        help: { type: "string", description: "What to do about it" },
      },
      required: ["code", "message", "param", "help"],
    },
  },
  required: ["error"],
};
