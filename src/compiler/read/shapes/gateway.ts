import { declarationOf, flag, listOf, type Reader, recordOf, wholeNumber } from "../reader.ts";
import { objectOf, optional, required, type Shape, type Shaped } from "../shape.ts";
import { duration, network } from "../values.ts";
import { webAddress } from "../web-address.ts";
import { mailAddress } from "../words.ts";
import { signInShape } from "./identity.ts";
import { upstreamTimeouts } from "./provider.ts";

/** One endpoint or backend, or its versions. */
function versionsOf(kind: "endpoint" | "backend"): Reader<readonly number[]> {
  const one = declarationOf(kind);
  return (value, at, context) => {
    if (Array.isArray(value)) {
      if (value.length > 0) return listOf(one)(value, at, context);
      context.report.add("LK1103", `a list of ${kind} versions is empty`, { at });
      return undefined;
    }
    const only = one(value, at, context);
    return only === undefined ? undefined : [only];
  };
}

const GIBIBYTE = 1024 ** 3;

/** Options of the gateway itself. */
export const gatewayShape = {
  providers: required(recordOf(declarationOf("provider"))),
  models: optional(recordOf(declarationOf("model"))),
  endpoints: optional(recordOf(versionsOf("endpoint"))),
  backends: optional(recordOf(versionsOf("backend"))),
  services: optional(recordOf(declarationOf("service"))),
  tenants: optional(recordOf(declarationOf("tenant"))),
  http: optional(
    objectOf({
      maxRequestBytes: optional(wholeNumber(1_024, GIBIBYTE)),
      maxResponseBytes: optional(wholeNumber(1_024, 4 * GIBIBYTE)),
      passVendorIds: optional(flag),
    }),
  ),
  timeouts: optional(objectOf({ request: optional(duration(1)), ...upstreamTimeouts })),
  publicUrl: optional(webAddress({ http: "anywhere", originOnly: true })),
  trustedProxies: optional(listOf(network)),
  operators: optional(listOf(mailAddress)),
  signIn: optional(objectOf(signInShape)),
  webhooks: optional(recordOf(declarationOf("webhook"))),
  email: optional(declarationOf("smtp")),
  invariants: optional(listOf(declarationOf("invariant"))),
} satisfies Shape;

export type ReadGateway = Shaped<typeof gatewayShape>;
