import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { approveSubscription } from "../../../src/admin/subscriptions/decide-subscription.ts";
import { exportApprovals } from "../../../src/admin/subscriptions/export-approvals.ts";
import { requestSubscription } from "../../../src/admin/subscriptions/request-subscription.ts";
import type { SubscriptionTerms } from "../../../src/stores/records/subscription-record.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import {
  allTerms,
  createAdminFixture,
  DAY_MS,
  memberOf,
  operator,
  refusalOf,
  service,
} from "../support/admin-fixture.ts";

// The TypeScript compiler shares the machine with whatever else runs.
setDefaultTimeout(60_000);

const root = resolve(import.meta.dir, "../../..");

async function start() {
  const fixture = createAdminFixture({
    services: [
      service("zeta"),
      service("review-texts"),
      service("class"),
      service("lasting", { subscriptionMs: DAY_MS }),
      service("tried", { trialMs: DAY_MS }),
      service("free", { approval: { mode: "none" } }),
    ],
  });
  const { parts } = fixture;
  const subscribe = async (
    tenant: string,
    app: string,
    name: string,
    terms: Partial<SubscriptionTerms> = {},
  ) => {
    const words = { purpose: "x", expectedCallsPerMonth: null, terms: allTerms };
    const dev = memberOf(tenant, "developer");
    const { id, state, isTrial } = await requestSubscription(
      parts,
      dev,
      { tenant, app, service: name, ...words },
      null,
    );
    if (state === "approved" && !isTrial) return id;
    await approveSubscription(parts, memberOf("platform", "owner"), { id, terms }, null);
    return id;
  };
  const ids = {
    zeta: await subscribe("shop", "checkout", "zeta"),
    reviews: await subscribe("shop", "checkout", "review-texts"),
    narrow: await subscribe("shop", "checkout", "texts", {
      models: ["fast"],
      environments: ["live"],
      requestsPerMinute: 5,
    }),
    lasting: await subscribe("shop", "checkout", "lasting"),
    word: await subscribe("shop", "search", "class"),
    free: await subscribe("bank", "checkout", "free"),
  };
  const dev = memberOf("shop", "developer");
  const undecided = {
    tenant: "shop",
    app: "search",
    purpose: "x",
    expectedCallsPerMonth: null,
    terms: allTerms,
  };
  await requestSubscription(parts, dev, { ...undecided, service: "zeta" }, null);
  await requestSubscription(parts, dev, { ...undecided, service: "tried" }, null);
  return { ...fixture, ids };
}

const bankBlock = (id: string): string => `// The application "checkout" of the tenant "bank".
export const bankCheckout = app({
  uses: () => [
    free, // ${id}
  ],
});
`;

describe("exported approvals", () => {
  test("declare what was approved without terms and for good, and remark on the rest", async () => {
    const { parts, ids } = await start();
    const { text, declared, remarked } = await exportApprovals(parts, operator(), null);
    expect(
      text,
    ).toBe(`// Approved subscriptions as declarations. Take each \`uses\` over into the application's own declaration.
// What stands in a comment stays a record: a declared subscription has no terms and does not end.

${bankBlock(ids.free)}
// The application "checkout" of the tenant "shop".
export const shopCheckout = app({
  uses: () => [
    declared,
    // lasting (${ids.lasting}): approved on terms: until 2026-11-25T12:00:00.000Z
    reviewTexts, // ${ids.reviews}, the service "review-texts"
    // texts (${ids.narrow}): approved on terms: models ["fast"]; environments ["live"]; 5 requests per minute
    zeta, // ${ids.zeta}
  ],
});

// The application "search" of the tenant "shop".
export const shopSearch = app({
  uses: () => [
    _class, // ${ids.word}, the service "class"
  ],
});
`);
    expect(declared).toEqual([ids.zeta, ids.reviews, ids.word, ids.free].sort());
    expect(remarked).toEqual([ids.narrow, ids.lasting].sort());
    expect(await exportApprovals(parts, operator(), null)).toEqual({ text, declared, remarked });
  });

  test("of a tenant are its own alone", async () => {
    const { parts, ids } = await start();
    const { text } = await exportApprovals(parts, memberOf("bank", "admin"), "bank");
    expect(text).toEndWith(bankBlock(ids.free));
    expect(text).not.toContain("shop");
    for (const member of [memberOf("bank", "owner"), memberOf("bank", "viewer")]) {
      expect((await refusalOf(() => exportApprovals(parts, member, null))).code).toBe("LK-2014");
    }
    expect((await refusalOf(() => exportApprovals(parts, memberOf("bank", "owner"), "shop"))).code).toBe(
      "LK-2020",
    );
  });

  test("have types that hold when they are pasted into a config", async () => {
    const { parts } = await start();
    const { text } = await exportApprovals(parts, operator(), null);
    const folder = tempFolder();
    writeFileSync(join(folder, "gateway.config.ts"), configAround(text));
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.json"),
        compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
        include: ["gateway.config.ts"],
      }),
    );
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/latchkey"));
    expect(await typeErrors(folder)).toBe("");
    const wrong = configAround(text.replace("    zeta,", "    local,"));
    writeFileSync(join(folder, "gateway.config.ts"), wrong);
    expect(await typeErrors(folder)).toContain("gateway.config.ts");
  });
});

/** A config that has the services of the fixture, and what was exported. */
function configAround(text: string): string {
  const services = ["declared", "texts", "zeta", "reviewTexts", "_class", "lasting", "free"];
  return `import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

${text}
const platform = tenant({});
const shop = tenant({ apps: { checkout: shopCheckout, search: shopSearch } });
const bank = tenant({ apps: { checkout: bankCheckout } });
${services.map((name) => `const ${name} = service({ owner: platform, offers: [fast], visibility: "everyone" });`).join("\n")}

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { ${services.join(", ")} },
  tenants: { platform, shop, bank },
});
`;
}

/** What the TypeScript compiler says of a project. */
async function typeErrors(folder: string): Promise<string> {
  const tsc = Bun.spawn(
    [process.execPath, join(root, "node_modules/typescript/bin/tsc"), "--project", folder],
    { stdout: "pipe" },
  );
  return new Response(tsc.stdout).text();
}
