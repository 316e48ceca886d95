import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { CallRecord } from "../../src/canonical/call-record.ts";
import { upstreamKey } from "../support/artifact-fixture.ts";
import { type GatewayFixture, startGateway, upstreamSecret } from "../support/gateway-fixture.ts";
import type { MatrixClient } from "./clients/client.ts";
import { clients } from "./clients/index.ts";
import { changedField, droppedField, refusedField } from "./compatibility.ts";
import { type Feature, failureOf, features } from "./features.ts";
import { PassTable } from "./pass-table.ts";
import { vendors } from "./upstreams/index.ts";
import { type ServedVendor, serveVendor } from "./upstreams/serve.ts";
import type { Vendor } from "./upstreams/vendor.ts";

const model = "fast";
const named = <T>(values: readonly T[], nameOf: (value: T) => string) =>
  values.map((value) => [nameOf(value), value] as const);
const table = new PassTable();
afterAll(() => console.log(table.text()));

async function gatewayTo(vendor: Vendor, origin: string): Promise<GatewayFixture> {
  const { credentials, headers } = vendor;
  const { header: name = "" } = credentials[0] ?? {};
  const auth =
    name === "authorization"
      ? ({ kind: "bearer", token: upstreamKey } as const)
      : ({ kind: "header", name, value: upstreamKey } as const);
  return await startGateway({
    baseUrls: [origin + vendor.basePath],
    dialects: [vendor.dialect],
    upstreamModels: [vendor.model],
    auth,
    headers: headers.map(([name, value]) => [name, value]),
  });
}

/** What a client can do, which does not depend on where it is pointed. */
function featuresOf(client: MatrixClient): readonly Feature[] {
  const connection = client.connect({ origin: "http://127.0.0.1", key: "none", model });
  return features.filter(({ use }) => use(connection) !== undefined);
}

describe.each(named(vendors, ({ dialect }) => dialect))("to a vendor of %s", (_dialect, vendor) => {
  let upstream: ServedVendor;
  let gateway: GatewayFixture;

  beforeAll(async () => {
    upstream = serveVendor(vendor, upstreamSecret);
    gateway = await gatewayTo(vendor, upstream.origin);
  });
  afterAll(async () => {
    await gateway.stop();
    upstream.stop();
  });

  describe.each(named(clients, ({ name }) => name))("%s", (_client, client) => {
    test.each(named(featuresOf(client), ({ name }) => name))("%s", async (_feature, feature) => {
      const connection = client.connect({ origin: gateway.url, key: gateway.key, model });
      const before = gateway.rows.length;
      const tried = feature.use(connection)?.(upstream, model);
      if (tried === undefined) throw new Error("nothing was tried");
      const field = refusedField(client, vendor.dialect, feature);
      if (field === undefined) await tried;
      else {
        const message = expect.stringContaining(`\`${field}\``);
        expect(await failureOf(connection, tried)).toMatchObject({ status: 400, message });
        const refused = ({ errorCode }: CallRecord): boolean => errorCode === "LK-2110";
        await gateway.row((row) => refused(row) && gateway.rows.indexOf(row) >= before);
      }
      const left = droppedField(client, vendor.dialect, feature);
      if (left !== undefined)
        await gateway.row((row) => row.dropped === left && gateway.rows.indexOf(row) >= before);
      const changed = changedField(client, vendor.dialect, feature);
      if (changed !== undefined)
        await gateway.row((row) => row.changed === changed && gateway.rows.indexOf(row) >= before);
      expect(upstream.complaints()).toEqual([]);
      table.add(client.name, vendor.dialect, field === undefined);
    });
  });

  test("nothing else is left out or changed", () => {
    const known = (fieldOf: typeof droppedField): readonly (string | null)[] =>
      clients.flatMap((client) =>
        features.map((feature) => fieldOf(client, vendor.dialect, feature) ?? null),
      );
    const [drops, changes] = [known(droppedField), known(changedField)];
    for (const { dropped, changed } of gateway.rows) {
      expect([null, ...drops]).toContain(dropped);
      expect([null, ...changes]).toContain(changed);
    }
  });
});
