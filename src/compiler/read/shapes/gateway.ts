import { declarationOf, listOf, type Reader, recordOf, wholeNumber } from "../reader.ts";
import { objectOf, optional, required, type Shape, type Shaped } from "../shape.ts";
import { duration } from "../values.ts";
import { upstreamTimeouts } from "./provider.ts";

const anEndpoint = declarationOf("endpoint");

/** One endpoint, or its versions. */
const versions: Reader<readonly number[]> = (value, at, context) => {
  if (Array.isArray(value)) {
    if (value.length > 0) return listOf(anEndpoint)(value, at, context);
    context.report.add("LK1103", "a list of endpoint versions is empty", { at });
    return undefined;
  }
  const only = anEndpoint(value, at, context);
  return only === undefined ? undefined : [only];
};

const GIBIBYTE = 1024 ** 3;

/** Options of the gateway itself. */
export const gatewayShape = {
  providers: required(recordOf(declarationOf("provider"))),
  models: optional(recordOf(declarationOf("model"))),
  endpoints: optional(recordOf(versions)),
  services: optional(recordOf(declarationOf("service"))),
  tenants: optional(recordOf(declarationOf("tenant"))),
  http: optional(
    objectOf({
      maxRequestBytes: optional(wholeNumber(1_024, GIBIBYTE)),
      maxResponseBytes: optional(wholeNumber(1_024, 4 * GIBIBYTE)),
    }),
  ),
  timeouts: optional(objectOf({ request: optional(duration(1)), ...upstreamTimeouts })),
} satisfies Shape;

export type ReadGateway = Shaped<typeof gatewayShape>;
