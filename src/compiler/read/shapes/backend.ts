import { httpMethods } from "../../../../sdk/config/http-method.ts";
import { isTagged } from "../describe-value.ts";
import { flag, listOf, type Reader, recordOf, text, wholeNumber, wrongType } from "../reader.ts";
import { headerValue, secret } from "../secret.ts";
import { objectOf, optional, required, type Shape, type Shaped } from "../shape.ts";
import { duration, oneOf } from "../values.ts";
import { version } from "../version.ts";
import { webAddress } from "../web-address.ts";
import { hostName } from "../words.ts";
import { deprecationOf, status } from "./lifecycle.ts";
import { policyOptions } from "./policy.ts";
import { upstreamTimeouts } from "./provider.ts";

const GIBIBYTE = 1024 ** 3;
const upstreamUrl = webAddress({ http: "anywhere" });

const upstreamShape = {
  url: required(upstreamUrl),
  weight: optional(wholeNumber(1, 1_000)),
  host: optional(hostName),
} satisfies Shape;

export type ReadUpstream = Shaped<typeof upstreamShape>;

/** One server: a URL, or an object with one. */
const upstream: Reader<ReadUpstream> = (value, at, context) => {
  if (typeof value !== "string") return objectOf(upstreamShape)(value, at, context);
  const url = upstreamUrl(value, at, context);
  return url === undefined ? undefined : { url, weight: undefined, host: undefined };
};

const routeShape = {
  path: required(text),
  methods: optional(listOf(oneOf(httpMethods))),
  rewrite: optional(text),
} satisfies Shape;

export type ReadRoute = Shaped<typeof routeShape>;

const bearerShape = { bearer: required(secret) } satisfies Shape;
const headerShape = { header: required(text), value: required(secret) } satisfies Shape;

export type ReadBackendAuth = Partial<Shaped<typeof bearerShape & typeof headerShape>>;

/** A bearer token, or a header with the credential. */
const auth: Reader<ReadBackendAuth> = (value, at, context) => {
  if (!isTagged(value) || value.$ !== "object") return wrongType(value, at, "an object", context);
  const isBearer = Object.hasOwn(value.fields, "bearer");
  return objectOf<Shape>(isBearer ? bearerShape : headerShape)(value, at, context);
};

const healthShape = {
  path: required(text, 'write `path: "/healthz"`'),
  every: optional(duration(1_000, 86_400_000)),
  timeout: optional(duration(10, 3_600_000)),
  healthyAfter: optional(wholeNumber(1, 100)),
  unhealthyAfter: optional(wholeNumber(1, 100)),
  status: optional(listOf(wholeNumber(100, 599))),
} satisfies Shape;

/** Options of a backend. Paths and headers are checked by a pass. */
export const backendShape = {
  version: optional(version),
  status,
  deprecation: deprecationOf("backend"),
  summary: optional(text),
  basePath: optional(text),
  stripPrefix: optional(flag),
  upstreams: required(listOf(upstream)),
  routes: optional(listOf(objectOf(routeShape))),
  requestHeaders: optional(
    objectOf({ set: optional(recordOf(headerValue)), remove: optional(listOf(text)) }),
  ),
  responseHeaders: optional(objectOf({ set: optional(recordOf(text)), remove: optional(listOf(text)) })),
  auth: optional(auth),
  timeouts: optional(objectOf(upstreamTimeouts)),
  health: optional(objectOf(healthShape)),
  webSocket: optional(flag),
  maxRequestBytes: optional(wholeNumber(1_024, GIBIBYTE)),
  maxResponseBytes: optional(wholeNumber(1_024, 4 * GIBIBYTE)),
  openapi: optional(text),
  validate: optional(oneOf(["off", "report", "refuse"])),
  ...policyOptions,
} satisfies Shape;

export type ReadBackend = Shaped<typeof backendShape>;
