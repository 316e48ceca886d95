import { httpMethods } from "../../../../sdk/config/http-method.ts";
import { roles } from "../../../../sdk/config/role.ts";
import { undeclaredName } from "../../evaluate/undeclared-name.ts";
import { isTagged } from "../describe-value.ts";
import { declarationOf, flag, listOf, type Reader, recordOf, text, wholeNumber } from "../reader.ts";
import { objectOf, optional, required, type Shape, type Shaped } from "../shape.ts";
import { duration, endOfDay, keyDigest, network, oneOf } from "../values.ts";
import { contact, environmentName, pattern } from "../words.ts";
import { policyOptions } from "./policy.ts";

const LONGEST_MS = 20 * 366 * 86_400_000;

/** Options of a tenant. */
export const tenantShape = {
  displayName: optional(text),
  members: optional(recordOf(oneOf(roles, "role"))),
  groups: optional(recordOf(oneOf(roles, "role"))),
  keyPolicy: optional(
    objectOf({
      maxPerApp: optional(wholeNumber(0)),
      maxLifetime: optional(duration(60_000, LONGEST_MS)),
      environments: optional(listOf(environmentName)),
      namePattern: optional(pattern),
      allowUnscoped: optional(flag),
      warnBefore: optional(duration(0, LONGEST_MS)),
    }),
  ),
  apps: optional(recordOf(declarationOf("app"))),
  ...policyOptions,
} satisfies Shape;

const usedServices: Reader<readonly number[]> = (value, at, context) => {
  if (isTagged(value) && value.$ === "thrown") {
    context.report.add("LK1209", `uses threw: ${value.message}`, { at, ...undeclaredName(value.message) });
    return undefined;
  }
  return listOf(declarationOf("service"))(value, at, context);
};

/** Options of an application. */
export const appShape = {
  summary: optional(text),
  uses: optional(usedServices),
  keys: optional(recordOf(declarationOf("key"))),
  starterKey: optional(flag),
  ...policyOptions,
} satisfies Shape;

/** Options of a key. */
export const keyShape = {
  digest: required(keyDigest),
  expires: optional(endOfDay),
  environment: optional(environmentName),
  scope: optional(
    objectOf({
      services: optional(listOf(declarationOf("service"))),
      models: optional(listOf(declarationOf("model"))),
      endpoints: optional(listOf(declarationOf("endpoint"))),
      backends: optional(listOf(declarationOf("backend"))),
      methods: optional(listOf(oneOf(httpMethods))),
      readOnly: optional(flag),
    }),
  ),
  networks: optional(listOf(network)),
  ...policyOptions,
} satisfies Shape;

type ReadVisibility = "everyone" | "owner" | readonly number[];

const visibility: Reader<ReadVisibility> = (value, at, context) =>
  Array.isArray(value)
    ? listOf(declarationOf("tenant"))(value, at, context)
    : oneOf(["everyone", "owner"])(value, at, context);

/** Options of a service. */
export const serviceShape = {
  summary: optional(text),
  docs: optional(text),
  owner: required(declarationOf("tenant")),
  offers: required(listOf(declarationOf("endpoint", "model", "backend"))),
  visibility: optional(visibility),
  approval: optional(declarationOf("approval")),
  trial: optional(duration(60_000, LONGEST_MS)),
  subscriptionFor: optional(duration(60_000, LONGEST_MS)),
  contact: optional(contact),
  plan: optional(declarationOf("plan")),
  ...policyOptions,
} satisfies Shape;

export type ReadTenant = Shaped<typeof tenantShape>;
export type ReadApp = Shaped<typeof appShape>;
export type ReadKey = Shaped<typeof keyShape>;
export type ReadService = Shaped<typeof serviceShape>;
