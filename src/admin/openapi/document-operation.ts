import { z } from "zod";
import type { JsonObject } from "../../kernel/json.ts";
import { operation } from "../contract/operation.ts";
import { type BoundOperation, bind } from "../operations/bound-operation.ts";
import { openApiDocument } from "./openapi-document.ts";

const getDocument = operation({
  name: "openapi.get",
  method: "GET",
  path: "/openapi.json",
  permission: "self.read",
  scope: "self",
  summary: "This document",
  params: z.strictObject({}),
  query: z.strictObject({}),
  body: null,
  output: z.record(z.string(), z.json()),
  status: 200,
  affectsCalls: false,
});

/** The operation that answers the OpenAPI document of others and itself, which is made when it is first asked for. */
export function documentOperation(operations: readonly BoundOperation[]): BoundOperation {
  let document: JsonObject | undefined;
  return bind(getDocument, async () => {
    document ??= openApiDocument([...operations.map((bound) => bound.operation), getDocument]);
    return document as z.input<typeof getDocument.output>;
  });
}
