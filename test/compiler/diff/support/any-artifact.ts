import fc from "fast-check";
import type { Artifact } from "../../../../src/artifact/artifact.ts";
import { artifactSchema } from "../../../../src/artifact/schema/artifact.ts";
import { plainService, plainTenant } from "../../../support/artifact-defaults.ts";
import * as sample from "./sample-artifact.ts";

const SIZE = 4;
const count = fc.integer({ min: 0, max: 1_000 });
const ids = fc.subarray([0, 1, 2, 3]);
const id = fc.integer({ min: 0, max: SIZE - 1 });
const role = fc.constantFrom("owner", "admin", "developer", "billing", "viewer");
const rows = <Row>(row: fc.Arbitrary<Row>): fc.Arbitrary<Row[]> =>
  fc.array(row, { minLength: SIZE, maxLength: SIZE });

const limit = fc.record({
  counts: fc.constantFrom("requests", "tokens", "input-tokens"),
  limit: count,
  windowMs: fc.constantFrom(1_000, 60_000),
});
const policy = {
  limits: fc.array(limit, { maxLength: 3 }),
  budget: fc.option(
    fc.record({
      limitNanoUsd: count,
      per: fc.constantFrom("hour", "day", "week", "month"),
      timeZone: fc.constantFrom("UTC", "Europe/Berlin"),
      warnAtPpm: fc.subarray([500_000, 900_000]),
      enforce: fc.constantFrom("hard", "soft"),
    }),
  ),
};
const terms = fc.oneof(
  fc.record({ mode: fc.constant("none") }),
  fc.record({
    mode: fc.constant("by"),
    roles: fc.array(role, { minLength: 1, maxLength: 2 }),
    withinMs: fc.option(count),
    quorum: fc.integer({ min: 1, max: 3 }),
  }),
);
const when = fc.record({
  tenants: fc.option(ids),
  environments: fc.option(fc.subarray(["test", "live"])),
  requestsPerMinuteUpTo: fc.option(count),
});
const approval = fc.oneof(terms, fc.record({ mode: fc.constant("automatic"), when, otherwise: terms }));
const schema = fc.constantFrom(
  { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
  { type: "object", properties: { text: { type: "string", maxLength: 9 } }, additionalProperties: false },
);

/** Any artifact of four rows per table, whose names are the same in all of them. */
export const anyArtifact: fc.Arbitrary<Artifact> = fc
  .record({
    baseUrls: rows(fc.constantFrom("https://a.example", "https://b.example", null)),
    targets: rows(
      fc.record({
        provider: id,
        upstreamModel: fc.constantFrom("a", "b"),
        dialect: fc.constantFrom("openai-chat", "openai-responses", null),
        basePath: fc.constantFrom("", "/v1"),
        quirks: fc.constantFrom({}, { streamUsage: false }),
        alsoSpeaks: fc.constantFrom([], [{ dialect: "openai-responses" as const, basePath: "" }]),
        price: fc.option(fc.constant(sample.price(1, 2))),
        contextWindow: fc.option(count),
        maxOutputTokens: fc.option(count),
        lacks: fc.subarray(["tools", "images"]),
      }),
    ),
    models: rows(fc.record({ targets: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }), ...policy })),
    endpoints: rows(
      fc.record({
        model: id,
        input: schema,
        output: fc.option(schema),
        status: fc.constantFrom("draft", "published", "deprecated", "retired"),
      }),
    ),
    services: rows(
      fc.record({ owner: id, models: ids, endpoints: ids, visibleTo: fc.option(ids), approval, ...policy }),
    ),
    tenants: rows(
      fc.record({
        members: fc.uniqueArray(fc.tuple(fc.constantFrom("a@x.example", "b@x.example"), role), {
          selector: ([address]) => address,
        }),
        ...policy,
      }),
    ),
    apps: rows(fc.record({ tenant: id, uses: ids, grant: id, starterKey: fc.boolean(), ...policy })),
    keys: rows(
      fc.record({
        app: id,
        grant: id,
        expiresAtMs: fc.option(count),
        networks: fc.option(fc.subarray(["10.0.0.0/8", "10.1.0.0/16", "::/0"])),
        ...policy,
      }),
    ),
    grants: rows(fc.record({ models: ids, endpoints: ids })),
  })
  .map((tables) =>
    artifactSchema.parse({
      ...sample.sampleArtifact(),
      providers: tables.baseUrls.map((baseUrl, at) => sample.provider(`provider${at}`, { baseUrl })),
      targets: tables.targets,
      models: tables.models.map((row, at) => ({ ...sample.model(`model${at}`, row.targets), ...row })),
      endpoints: tables.endpoints.map((row, at) => ({
        ...sample.endpoint(`endpoint${at >> 1}`, `${at & 1}.0.0`, row.model),
        ...row,
        checkOutput: row.output && "check",
      })),
      routes: tables.endpoints.map((_, at) => ({
        method: "POST",
        path: `/api/endpoint${at >> 1}/v${at & 1}`,
        endpoint: at,
      })),
      services: tables.services.map((row, at) => ({
        name: `service${at}`,
        summary: null,
        docs: null,
        plan: null,
        ...plainService,
        ...row,
      })),
      tenants: tables.tenants.map((row, at) => ({
        name: `tenant${at}`,
        displayName: null,
        ...plainTenant,
        ...row,
      })),
      apps: tables.apps.map((row, at) => ({ name: `app${at}`, summary: null, ...row })),
      keys: tables.keys.map((row, at) => ({ ...sample.key(row.app, `key${at}`, `${at}`), ...row })),
      grants: tables.grants.map((row) => sample.grant(row.models, row.endpoints)),
    }),
  );
