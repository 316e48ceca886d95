import { describe, expect, test } from "bun:test";
import type { Artifact } from "../../../src/artifact/artifact.ts";
import { diffArtifacts } from "../../../src/compiler/diff/diff-artifacts.ts";
import type { Change } from "../../../src/compiler/diff/plan-report.ts";
import { targetRates } from "../../support/target-price.ts";
import * as sample from "./support/sample-artifact.ts";

type Edit = (artifact: Artifact) => void;

const write = (change: Change): string =>
  `${change.effect} ${change.kind}: ${change.subject}: ${change.message}`;

/** What changes between the sample with a first edit and with a second one on top of it. */
function plan(edit: Edit, first: Edit = () => undefined): readonly Change[] {
  const before = sample.changed(first);
  return diffArtifacts(before, sample.changed(edit, before)).changes;
}

const lines = (edit: Edit, first?: Edit): readonly string[] => plan(edit, first).map(write);

/** A row of a table, which the sample has. */
function row<Row>(table: readonly Row[], id: number): Row {
  const found = table[id];
  if (found === undefined) throw new RangeError(`the sample has no row ${id}`);
  return found;
}

describe("a key", () => {
  const production = (a: Artifact): Artifact["keys"][number] => row(a.keys, 0);

  test("that is new widens access", () => {
    expect(lines((a) => a.keys.push(sample.key(0, "night", "d")))).toEqual([
      "widening key-added: key shop/checkout/night: added, may call models echo, fast and endpoint sentiment v1",
    ]);
  });

  test("that is gone breaks", () => {
    expect(lines((a) => a.keys.splice(2, 1))).toEqual([
      "breaking key-removed: key shop/search/production: removed",
    ]);
  });

  test("with another digest is another key", () => {
    expect(
      lines((a) => {
        production(a).digest = sample.digest("d");
      }),
    ).toEqual([
      "breaking key-replaced: key shop/checkout/production: replaced: the old key stops working and a new one starts",
    ]);
  });

  test.each<[number | null, number | null, string]>([
    [
      null,
      Date.UTC(2027, 6, 1),
      "breaking key-expiry-shortened: key shop/checkout/production: last day none → 2027-06-30",
    ],
    [
      Date.UTC(2027, 0, 1),
      Date.UTC(2027, 6, 1),
      "widening key-expiry-extended: key shop/checkout/production: last day 2026-12-31 → 2027-06-30",
    ],
    [
      Date.UTC(2027, 0, 1),
      null,
      "widening key-expiry-extended: key shop/checkout/production: last day 2026-12-31 → none",
    ],
    [
      Date.UTC(2027, 0, 1, 12),
      Number.MAX_SAFE_INTEGER,
      "widening key-expiry-extended: key shop/checkout/production: last day 2027-01-01T12:00:00.000Z → beyond all dates",
    ],
  ])("that expired at %p and does at %p", (before, after, line) => {
    const expire =
      (at: number | null): Edit =>
      (a) => {
        production(a).expiresAtMs = at;
      };
    expect(lines(expire(after), expire(before))).toEqual([line]);
  });

  test.each<[string[] | null, string[] | null, string | undefined]>([
    [
      null,
      ["10.0.0.0/8"],
      "breaking key-networks-narrowed: key shop/checkout/production: networks any → 10.0.0.0/8",
    ],
    [
      ["10.0.0.0/8"],
      ["10.1.0.0/16"],
      "breaking key-networks-narrowed: key shop/checkout/production: networks 10.0.0.0/8 → 10.1.0.0/16",
    ],
    [
      ["10.1.0.0/16"],
      ["10.0.0.0/8"],
      "widening key-networks-widened: key shop/checkout/production: networks 10.1.0.0/16 → 10.0.0.0/8",
    ],
    [
      ["10.0.0.0/8"],
      [],
      "breaking key-networks-narrowed: key shop/checkout/production: networks 10.0.0.0/8 → none",
    ],
    [[], null, "widening key-networks-widened: key shop/checkout/production: networks none → any"],
    [
      ["10.0.0.0/8"],
      ["2001:db8::/32"],
      "breaking key-networks-changed: key shop/checkout/production: networks 10.0.0.0/8 → 2001:db8::/32",
    ],
    [["10.0.0.0/8", "10.1.0.0/16"], ["10.0.0.0/8"], undefined],
    [null, ["::/0", "0.0.0.0/0"], undefined],
    [["10.0.0.0/8", "::/0"], ["::/0", "10.0.0.0/8"], undefined],
  ])("from networks %p to %p", (before, after, line) => {
    const from =
      (networks: string[] | null): Edit =>
      (a) => {
        production(a).networks = networks;
      };
    expect(lines(from(after), from(before))).toEqual(line === undefined ? [] : [line]);
  });

  test("that gains and loses says both", () => {
    const edit: Edit = (a) => {
      a.grants.push(sample.grant([0, 2], []));
      production(a).grant = 1;
    };
    expect(lines(edit)).toEqual([
      "breaking access-lost: key shop/checkout/production: may no longer call model echo and endpoint sentiment v1",
      "widening access-gained: key shop/checkout/production: may now call model smart",
    ]);
  });

  test("lists in its details what it only counts", () => {
    const names = Array.from({ length: 7 }, (_, at) => `model${at}`);
    const [change] = plan(
      (a) => {
        a.grants.push(sample.grant([3, 4, 5, 6, 7, 8, 9], []));
        production(a).grant = 1;
      },
      (a) => {
        a.models.push(...names.map((name) => sample.model(name, [1])));
        a.grants = [sample.grant([], [])];
      },
    );
    expect(change?.message).toBe("may now call 7 models");
    expect(change?.details).toEqual(names.map((name) => `model ${name}`));
  });
});

describe("an application", () => {
  test("that is new tells what it may call", () => {
    expect(lines((a) => a.apps.push({ ...sample.app(1, "night", [0]), starterKey: true }))).toEqual([
      "widening app-added: app shop/night: added, may call models echo, fast and endpoint sentiment v1",
      "widening starter-key-changed: app shop/night: gets a starter key",
    ]);
  });

  test("that is gone takes its keys along", () => {
    expect(
      lines((a) => {
        a.apps.splice(1, 1);
        a.keys.splice(2, 1);
      }),
    ).toEqual([
      "breaking app-removed: app shop/search: removed",
      "breaking key-removed: key shop/search/production: removed",
    ]);
  });

  test("without keys speaks for itself", () => {
    const edit: Edit = (a) => {
      a.grants[0] = sample.grant([0, 1, 2], [0]);
    };
    expect(lines(edit, (a) => a.keys.splice(0))).toEqual([
      "widening access-gained: app shop/checkout: may now call model smart",
      "widening access-gained: app shop/search: may now call model smart",
    ]);
  });

  test("speaks beside keys that are narrower", () => {
    const edit: Edit = (a) => {
      a.grants.push(sample.grant([0, 1, 2], [0]));
      row(a.apps, 0).grant = 1;
    };
    expect(lines(edit)).toEqual(["widening access-gained: app shop/checkout: may now call model smart"]);
  });

  test("tells subscriptions, starter key and summary", () => {
    const edit: Edit = (a) => {
      Object.assign(row(a.apps, 0), { uses: [], summary: "Shop", starterKey: true });
    };
    expect(lines(edit)).toEqual([
      "widening starter-key-changed: app shop/checkout: gets a starter key",
      "safe app-described: app shop/checkout: summary changed",
      "safe subscription-removed: app shop/checkout: no longer uses service texts",
    ]);
  });
});

describe("limits and budgets", () => {
  type Limits = Artifact["tenants"][number]["limits"];
  const per = (
    limit: number,
    windowMs: number,
    counts: "requests" | "tokens" = "requests",
  ): Limits[number] => ({ counts, limit, windowMs });
  const concurrent = (limit: number): Limits[number] => ({ counts: "concurrent", limit, windowMs: null });

  test.each<[string, Limits, Limits, readonly string[]]>([
    [
      "a lower limit",
      [per(600, 60_000)],
      [per(300, 60_000)],
      ["breaking limit-tightened: tenant shop: limit 600 requests per 1m → 300 requests per 1m"],
    ],
    [
      "a higher limit",
      [per(600, 60_000)],
      [per(1_200, 60_000)],
      ["widening limit-loosened: tenant shop: limit 600 requests per 1m → 1,200 requests per 1m"],
    ],
    [
      "a first limit",
      [],
      [concurrent(20)],
      ["breaking limit-tightened: tenant shop: limit none → 20 calls at once"],
    ],
    [
      "no limit any more",
      [concurrent(20)],
      [],
      ["widening limit-loosened: tenant shop: limit 20 calls at once → none"],
    ],
    [
      "a smaller burst at the same rate",
      [per(60, 60_000)],
      [per(1, 1_000)],
      ["breaking limit-tightened: tenant shop: limit 60 requests per 1m → 1 request per 1s"],
    ],
    [
      "a smaller burst at a higher rate",
      [per(60, 60_000)],
      [per(10, 1_000)],
      ["breaking limit-changed: tenant shop: limit 60 requests per 1m → 10 requests per 1s"],
    ],
    [
      "one of two windows",
      [per(10, 1_000), per(99, 60_000)],
      [per(10, 1_000), per(88, 60_000)],
      ["breaking limit-tightened: tenant shop: limit 99 requests per 1m → 88 requests per 1m"],
    ],
    ["the looser of two of one window", [per(10, 1_000), per(99, 1_000)], [per(10, 1_000)], []],
    [
      "another order",
      [per(10, 1_000), per(99, 60_000, "tokens")],
      [per(99, 60_000, "tokens"), per(10, 1_000)],
      [],
    ],
  ])("%s", (_, before, after, expected) => {
    const set =
      (limits: Limits): Edit =>
      (a) => {
        row(a.tenants, 1).limits = limits;
      };
    expect(lines(set(after), set(before))).toEqual(expected);
  });

  type Budget = Artifact["tenants"][number]["budget"];
  const budget = (usd: number, more: Partial<NonNullable<Budget>> = {}): NonNullable<Budget> => ({
    limitNanoUsd: usd * 1_000_000_000,
    per: "month",
    timeZone: "UTC",
    warnAtPpm: [],
    enforce: "hard",
    ...more,
  });

  test.each<[string, Budget, Budget, string]>([
    [
      "less",
      budget(500),
      budget(300),
      "breaking budget-tightened: tenant shop: budget 500 USD per month → 300 USD per month",
    ],
    [
      "more",
      budget(500),
      budget(800),
      "widening budget-loosened: tenant shop: budget 500 USD per month → 800 USD per month",
    ],
    ["a first one", null, budget(5), "breaking budget-tightened: tenant shop: budget none → 5 USD per month"],
    [
      "none any more",
      budget(5),
      null,
      "widening budget-loosened: tenant shop: budget 5 USD per month → none",
    ],
    [
      "only warnings",
      budget(5),
      budget(5, { enforce: "soft" }),
      "widening budget-loosened: tenant shop: budget 5 USD per month → 5 USD per month (only warns)",
    ],
    [
      "the same by the day",
      budget(5),
      budget(5, { per: "day" }),
      "widening budget-loosened: tenant shop: budget 5 USD per month → 5 USD per day",
    ],
    [
      "a part of it by the day",
      budget(30),
      budget(10, { per: "day" }),
      "breaking budget-changed: tenant shop: budget 30 USD per month → 10 USD per day",
    ],
    [
      "other warnings",
      budget(5),
      budget(5, { warnAtPpm: [500_000, 905_000] }),
      "safe budget-changed: tenant shop: budget 5 USD per month → 5 USD per month (warns at 50 %, 90.5 %)",
    ],
    [
      "a warning budget's amount",
      budget(5, { enforce: "soft" }),
      budget(4, { enforce: "soft" }),
      "safe budget-changed: tenant shop: budget 5 USD per month (only warns) → 4 USD per month (only warns)",
    ],
    [
      "another calendar",
      budget(5),
      budget(5, { timeZone: "Europe/Berlin" }),
      "safe budget-changed: tenant shop: budget 5 USD per month → 5 USD per month in Europe/Berlin",
    ],
  ])("%s", (_, before, after, expected) => {
    const set =
      (value: Budget): Edit =>
      (a) => {
        row(a.tenants, 1).budget = value;
      };
    expect(lines(set(after), set(before))).toEqual([expected]);
  });

  test("are compared for every kind of subject", () => {
    const edit: Edit = (a) => {
      for (const table of [a.keys, a.apps, a.tenants, a.services, a.models])
        row<{ limits: Limits }>(table, 0).limits = [concurrent(1)];
    };
    expect(plan(edit).map(({ subject }) => subject)).toEqual([
      "app shop/checkout",
      "key shop/checkout/production",
      "model fast",
      "service texts",
      "tenant platform",
    ]);
  });
});

describe("a tenant", () => {
  test("comes and goes", () => {
    expect(lines((a) => a.tenants.push(sample.tenant("third", [])))).toEqual([
      "safe tenant-added: tenant third: added",
    ]);
    expect(
      lines(
        (a) => a.tenants.splice(2, 1),
        (a) => a.tenants.push(sample.tenant("third", [])),
      ),
    ).toEqual(["breaking tenant-removed: tenant third: removed"]);
  });

  test("tells its members and its name", () => {
    const edit: Edit = (a) => {
      Object.assign(row(a.tenants, 0), {
        displayName: "Platform",
        members: [
          ["ops@example.com", "viewer"],
          ["new@example.com", "owner"],
        ],
      });
      row(a.tenants, 1).members = [];
    };
    expect(lines(edit)).toEqual([
      "widening member-added: tenant platform: new@example.com becomes owner",
      "safe member-role-changed: tenant platform: ops@example.com: owner → viewer",
      "safe tenant-renamed: tenant platform: display name none → Platform",
      "safe member-removed: tenant shop: dev@shop.example is no longer developer",
    ]);
  });

  test("widens where a member's role grows or becomes another of the same rank", () => {
    const become =
      (role: "admin" | "billing"): Edit =>
      (a) => {
        row(a.tenants, 1).members = [["dev@shop.example", role]];
      };
    expect(plan(become("admin"))[0]?.effect).toBe("widening");
    expect(plan(become("billing"))[0]?.effect).toBe("widening");
  });
});

describe("a service", () => {
  type Service = Artifact["services"][number];
  const texts =
    (change: Partial<Service>): Edit =>
    (a) => {
      Object.assign(row(a.services, 0), change);
    };
  const by = (
    roles: ("owner" | "admin")[],
    quorum = 1,
    withinMs: number | null = null,
  ): Service["approval"] => ({ mode: "by", roles, withinMs, quorum });
  const automatic = (
    requestsPerMinuteUpTo: number,
    tenants: number[] | null = null,
  ): Service["approval"] => ({
    mode: "automatic",
    when: { tenants, environments: null, requestsPerMinuteUpTo },
    otherwise: { mode: "by", roles: ["owner"], withinMs: null, quorum: 1 },
  });

  test("comes and goes", () => {
    const push =
      (approval: Service["approval"]): Edit =>
      (a) =>
        a.services.push({ ...row(a.services, 0), name: "free", visibleTo: null, approval });
    expect(lines(push(by(["owner"])))).toEqual([
      "safe service-added: service free: added, visible to everyone",
    ]);
    expect(lines(push({ mode: "none" }))).toEqual([
      "widening service-added: service free: added, visible to everyone",
    ]);
    expect(lines((a) => a.services.splice(1, 1), push({ mode: "none" }))).toEqual([
      "breaking service-removed: service free: removed",
    ]);
  });

  test("tells what it offers", () => {
    expect(lines(texts({ models: [0, 2], endpoints: [0, 1] }))).toEqual([
      "safe offer-added: service texts: now offers model smart and endpoint summary v2",
      "safe offer-removed: service texts: no longer offers model echo",
    ]);
  });

  test.each<[number[] | null, string]>([
    [null, "widening visibility-widened: service texts: visible to tenants platform, shop → everyone"],
    [[0], "breaking visibility-narrowed: service texts: visible to tenants platform, shop → tenant platform"],
    [[], "breaking visibility-narrowed: service texts: visible to tenants platform, shop → nobody"],
  ])("visible to %p", (visibleTo, line) => {
    expect(lines(texts({ visibleTo }))).toEqual([line]);
  });

  test("visible to other tenants than before is both", () => {
    expect(lines(texts({ visibleTo: [1] }), texts({ visibleTo: [0] }))).toEqual([
      "breaking visibility-changed: service texts: visible to tenant platform → tenant shop",
    ]);
  });

  test.each<[string, Service["approval"], Service["approval"], string]>([
    [
      "nobody is asked",
      by(["owner"]),
      { mode: "none" },
      "widening approval-loosened: service texts: approval by owner → none",
    ],
    [
      "someone is asked",
      { mode: "none" },
      by(["owner"]),
      "safe approval-tightened: service texts: approval none → by owner",
    ],
    [
      "more may decide",
      by(["owner"]),
      by(["owner", "admin"]),
      "widening approval-loosened: service texts: approval by owner → by admin or owner",
    ],
    [
      "fewer have to agree",
      by(["owner"], 2),
      by(["owner"], 1),
      "widening approval-loosened: service texts: approval by 2 of owner → by owner",
    ],
    [
      "more have to agree",
      by(["owner"], 1),
      by(["owner"], 2),
      "safe approval-tightened: service texts: approval by owner → by 2 of owner",
    ],
    [
      "time is shorter",
      by(["owner"]),
      by(["owner"], 1, 3_600_000),
      "safe approval-tightened: service texts: approval by owner → by owner within 1h",
    ],
    [
      "some are automatic",
      by(["owner"]),
      automatic(60),
      "widening approval-loosened: service texts: approval by owner → automatic (at most 60 requests per minute), otherwise by owner",
    ],
    [
      "none are automatic",
      automatic(60),
      by(["owner"]),
      "safe approval-tightened: service texts: approval automatic (at most 60 requests per minute), otherwise by owner → by owner",
    ],
    [
      "others are automatic",
      automatic(60),
      automatic(60, [1]),
      "widening approval-loosened: service texts: approval automatic (at most 60 requests per minute), otherwise by owner → automatic (tenant shop, at most 60 requests per minute), otherwise by owner",
    ],
  ])("where %s", (_, before, after, line) => {
    expect(lines(texts({ approval: after }), texts({ approval: before }))).toEqual([line]);
  });

  const prices = {
    perCall: null,
    perThousandCalls: null,
    perMillionInputTokens: null,
    perMillionOutputTokens: null,
    perMonth: null,
    includedCalls: 0,
    includedTokens: 0,
  };

  test.each<[string, Service["plan"], Service["plan"], readonly string[]]>([
    [
      "dearer",
      null,
      { ...prices, perThousandCalls: 2_000_000_000 },
      ["breaking price-raised: service texts: price per thousand calls 0 USD → 2 USD"],
    ],
    [
      "cheaper",
      { ...prices, perMonth: 9_000_000_000 },
      { ...prices, perMonth: 8_500_000_000 },
      ["widening price-lowered: service texts: price per month 9 USD → 8.5 USD"],
    ],
    [
      "with less included",
      { ...prices, includedCalls: 1_000 },
      prices,
      ["breaking price-raised: service texts: calls included each month 1,000 → 0"],
    ],
    [
      "with more included",
      prices,
      { ...prices, includedTokens: 5 },
      ["widening price-lowered: service texts: tokens included each month 0 → 5"],
    ],
    ["free in another way", null, prices, []],
  ])("%s", (_, before, after, expected) => {
    expect(lines(texts({ plan: after }), texts({ plan: before }))).toEqual(expected);
  });

  test("tells a new owner and new words", () => {
    expect(lines(texts({ owner: 1, docs: "# Texts", summary: "Texts" }))).toEqual([
      "widening service-owner-changed: service texts: owner platform → shop",
      "safe service-described: service texts: summary and docs changed",
    ]);
  });
});

describe("a model", () => {
  const fast =
    (change: Partial<Artifact["models"][number]>): Edit =>
    (a) => {
      Object.assign(row(a.models, 0), change);
    };

  test("comes and goes", () => {
    expect(lines((a) => a.models.push(sample.model("new", [1])))).toEqual([
      "safe model-added: model new: added, with target local echo",
    ]);
    expect(lines((a) => a.models.splice(2, 1))).toEqual(["breaking model-removed: model smart: removed"]);
  });

  test("tells its targets and their order", () => {
    const attempts = { strategy: "fallback", attempts: 1, firstTokenMs: null } as const;
    expect(lines(fast({ targets: [1, 0] }))).toEqual([
      "safe targets-reordered: model fast: targets oai gpt-4o-mini, local echo → targets local echo, oai gpt-4o-mini",
    ]);
    expect(lines(fast({ targets: [0], routing: attempts }))).toEqual([
      "safe targets-changed: model fast: targets oai gpt-4o-mini, local echo → target oai gpt-4o-mini",
    ]);
  });

  test("widens where callers' data may reach another provider", () => {
    const edit: Edit = (a) => {
      Object.assign(row(a.models, 1), { targets: [0, 1], routing: row(a.models, 0).routing });
    };
    expect(lines(edit)).toEqual([
      "widening targets-widened: model echo: target local echo → targets oai gpt-4o-mini, local echo: what callers send may now reach oai",
    ]);
  });

  test("tells its routing and summary", () => {
    expect(
      lines(fast({ summary: "Quick", routing: { strategy: "fallback", attempts: 1, firstTokenMs: 8_000 } })),
    ).toEqual([
      "breaking routing-changed: model fast: routing fallback → fallback, 1 attempt, first token within 8s",
      "safe model-described: model fast: summary changed",
    ]);
  });

  test("tells a target's price once, however many models share it", () => {
    const edit: Edit = (a) => {
      row(a.targets, 0).price = { ...sample.price(200_000_000, 600_000_000), cacheRead: 100_000_000 };
      row(a.targets, 1).price = sample.price(0, 0);
    };
    expect(lines(edit)).toEqual([
      "breaking target-price-raised: target oai gpt-4o-mini: price input 0.15 USD, output 0.6 USD per million tokens → input 0.2 USD, output 0.6 USD, cache read 0.1 USD per million tokens, so its calls cost more (input +33.3%, cache read -33.3%)",
      "safe target-price-changed: target local echo: price unknown → input 0 USD, output 0 USD per million tokens",
    ]);
  });
});

describe("a target", () => {
  const target =
    (change: Partial<Artifact["targets"][number]>): Edit =>
    (a) => {
      Object.assign(row(a.targets, 0), change);
    };

  test("in another dialect breaks, told once however many models share it", () => {
    expect(lines(target({ dialect: "openai-responses" }))).toEqual([
      "breaking target-dialect-changed: target oai gpt-4o-mini: dialect openai-chat → openai-responses, which may refuse what the other took",
    ]);
    expect(lines(target({ dialect: null }))).toEqual([
      "breaking target-dialect-changed: target oai gpt-4o-mini: dialect openai-chat → none, which may refuse what the other took",
    ]);
  });

  test("that is spoken to in another way is told without more", () => {
    const told =
      "safe target-quirks-changed: target oai gpt-4o-mini: the way in which it is spoken to changed";
    expect(lines(target({ quirks: { developerRole: false } }))).toEqual([told]);
    expect(lines(target({ basePath: "/openai/v1" }))).toEqual([told]);
    expect(lines(target({ quirks: { a: 1, b: 2 } }), target({ quirks: { b: 2, a: 1 } }))).toEqual([]);
  });
});

describe("what is known of a target", () => {
  test("is told once where it changes, and changes nothing for callers by itself", () => {
    const edit: Edit = (a) => {
      Object.assign(row(a.targets, 0), {
        contextWindow: 128_000,
        maxOutputTokens: 16_384,
        lacks: ["audio", "files"],
      });
    };
    expect(lines(edit)).toEqual([
      "safe target-limits-changed: target oai gpt-4o-mini: context window unknown → 128,000 tokens",
      "safe target-limits-changed: target oai gpt-4o-mini: lacks nothing known → audio, files",
      "safe target-limits-changed: target oai gpt-4o-mini: most output unknown → 16,384 tokens",
    ]);
  });

  test("a price that rises only for long prompts or from a day on is a price that rises", () => {
    const priced =
      (change: object): Edit =>
      (a) => {
        row(a.targets, 0).price = { ...sample.price(1, 2), ...change };
      };
    const { changes: _, longContext: __, ...terms } = sample.price(1, 3);
    const long = priced({ longContext: [{ above: 10, ...targetRates({ input: 1, output: 3 }) }] });
    const later = priced({ changes: [{ fromMs: 1, window: null, ...terms, longContext: [] }] });
    for (const after of [long, later, priced({ perRequest: 1 }), priced({ perImage: 1 })]) {
      expect(lines(after, priced({}))[0]).toStartWith("breaking target-price-raised");
      expect(lines(priced({}), after)[0]).toStartWith("widening target-price-lowered");
    }
  });
});

describe("an endpoint", () => {
  type Endpoint = Artifact["endpoints"][number];
  const sentiment =
    (change: Partial<Endpoint>): Edit =>
    (a) => {
      Object.assign(row(a.endpoints, 0), change);
    };
  const input = sample.endpoint("any", "1.0.0", 0).input;
  const required = { ...input, required: ["text", "tone"] };

  test("comes and goes", () => {
    const add =
      (status: Endpoint["status"]): Edit =>
      (a) => {
        a.endpoints.push({ ...sample.endpoint("new", "0.1.0", 0), status });
        a.routes.push({ method: "POST", path: "/api/new/v0", endpoint: 2 });
      };
    const remove: Edit = (a) => {
      a.endpoints.pop();
      a.routes.pop();
    };
    expect(lines(add("draft"))).toEqual(["safe endpoint-added: endpoint new v0: added as 0.1.0, draft"]);
    expect(lines(remove, add("published"))).toEqual(["breaking endpoint-removed: endpoint new v0: removed"]);
    expect(lines(remove, add("deprecated"))).toEqual([
      "breaking endpoint-removed: endpoint new v0: removed, was deprecated",
    ]);
    expect(lines(remove, add("retired"))).toEqual([
      "safe endpoint-removed: endpoint new v0: removed, was retired",
    ]);
  });

  test.each<[Endpoint["status"], Endpoint["status"], string]>([
    ["published", "deprecated", "safe"],
    ["deprecated", "retired", "breaking"],
    ["published", "draft", "breaking"],
    ["draft", "published", "safe"],
    ["retired", "published", "widening"],
  ])("from %s to %s", (before, after, effect) => {
    expect(lines(sentiment({ status: after }), sentiment({ status: before }))).toEqual([
      `${effect} endpoint-status-changed: endpoint sentiment v1: status ${before} → ${after}`,
    ]);
  });

  test("whose input breaks callers is told which field does", () => {
    const [change] = plan(sentiment({ input: required }));
    expect(change && write(change)).toBe(
      "breaking input-broken: endpoint sentiment v1: input schema breaks callers of v1; publish it as v2 instead",
    );
    expect(change?.details).toEqual(["input.tone is now required"]);
  });

  test("whose output breaks callers is told which field does", () => {
    const [change] = plan(sentiment({ output: { type: "object", properties: {} } }));
    expect(change?.kind).toBe("output-broken");
    expect(change?.details).toEqual(["output.label was removed"]);
  });

  test("may change as it likes while it is a draft", () => {
    const changes = plan(sentiment({ input: required }), sentiment({ status: "draft" }));
    expect(changes.map(write)).toEqual(["safe input-changed: endpoint sentiment v1: input schema changed"]);
    expect(changes[0]?.details).toEqual(["input.tone is now required"]);
  });

  test("may change in a new major version", () => {
    const edit: Edit = (a) => {
      a.endpoints.push({ ...sample.endpoint("sentiment", "2.0.0", 0), input: required });
      a.routes.push({ method: "POST", path: "/api/sentiment/v2", endpoint: 2 });
    };
    expect(lines(edit)).toEqual(["safe endpoint-added: endpoint sentiment v2: added as 2.0.0, published"]);
  });

  test("that answers text instead of JSON breaks", () => {
    expect(lines(sentiment({ output: null, checkOutput: null }))).toEqual([
      "breaking output-broken: endpoint sentiment v1: output JSON by a schema → text",
    ]);
  });

  test("tells compatible schemas, version, model and settings", () => {
    const edit = sentiment({
      version: "1.1.0",
      model: 2,
      temperature: 0.2,
      summary: "S",
      input: { ...input, required: [] },
    });
    expect(lines(edit)).toEqual([
      "safe endpoint-described: endpoint sentiment v1: summary changed",
      "safe endpoint-model-changed: endpoint sentiment v1: model fast → smart",
      "safe endpoint-setting-changed: endpoint sentiment v1: temperature none → 0.2",
      "safe endpoint-version-changed: endpoint sentiment v1: version 1.0.0 → 1.1.0",
      "safe input-changed: endpoint sentiment v1: input schema changed",
    ]);
  });

  test("shows the lines of its prompt that changed", () => {
    const [change] = plan((a) => {
      row(a.endpoints, 0).prompt[0] = { role: "system", parts: ["You judge texts.\nBe brief."] };
    });
    expect(change).toMatchObject({ kind: "prompt-changed", effect: "safe" });
    expect(change?.details).toEqual([
      "- system: You rate texts.",
      "+ system: You judge texts.",
      "+   Be brief.",
    ]);
  });

  test("does not depend on the names of its validators", () => {
    expect(lines(sentiment({ checkInput: "other", checkOutput: "names" }))).toEqual([]);
  });

  test("tells a path that leads elsewhere or nowhere", () => {
    const edit: Edit = (a) => {
      row(a.routes, 1).endpoint = 1;
      a.routes.splice(2, 1);
    };
    expect(lines(edit)).toEqual([
      "breaking path-moved: path /api/sentiment/current: now leads to sentiment v1 → summary v2",
      "breaking path-removed: path /api/summary/v2: removed",
    ]);
  });
});

describe("a provider", () => {
  const oai =
    (change: Partial<Artifact["providers"][number]>): Edit =>
    (a) => {
      Object.assign(row(a.providers, 0), change);
    };

  test("comes and goes", () => {
    const push: Edit = (a) => a.providers.push(sample.provider("box", {}));
    expect(lines(push)).toEqual([
      "safe provider-added: provider box: added, type openai-compatible, at http://127.0.0.1:9/v1",
    ]);
    expect(lines((a) => a.providers.pop(), push)).toEqual(["safe provider-removed: provider box: removed"]);
  });

  test("at another address widens", () => {
    expect(lines(oai({ baseUrl: "https://proxy.example/v1", type: "openai-compatible" }))).toEqual([
      "widening provider-type-changed: provider oai: type openai → openai-compatible, so requests go elsewhere",
      "widening provider-url-changed: provider oai: base URL https://api.openai.com/v1 → https://proxy.example/v1, so requests go elsewhere",
    ]);
  });

  test("tells its secret by reference and its headers by name", () => {
    const edit = oai({
      auth: { kind: "bearer", token: sample.secret("OTHER_KEY") },
      headers: [
        ["X-Team", "a value"],
        ["X-Old", "same"],
      ],
    });
    const first = oai({
      headers: [
        ["x-old", "same"],
        ["X-Gone", "b"],
      ],
    });
    expect(lines(edit, first)).toEqual([
      "safe provider-headers-changed: provider oai: headers: x-gone removed, x-team added",
      "safe provider-secret-changed: provider oai: API key env(OPENAI_API_KEY) → env(OTHER_KEY)",
    ]);
  });

  test("tells another way of its credential", () => {
    const key = sample.secret("OPENAI_API_KEY");
    const aws = {
      kind: "aws-sigv4" as const,
      service: "bedrock",
      region: "eu-central-1",
      accessKeyId: sample.secret("ID"),
      secretAccessKey: sample.secret("KEY"),
      sessionToken: null,
    };
    const google = { kind: "google-service-account" as const, credentials: sample.secret("JSON") };
    const from = "safe provider-secret-changed: provider oai:";
    expect(lines(oai({ auth: { kind: "none" } }))).toEqual([`${from} API key env(OPENAI_API_KEY) → none`]);
    expect(lines(oai({ auth: { kind: "header", name: "api-key", value: key } }))).toEqual([
      `${from} API key env(OPENAI_API_KEY) → env(OPENAI_API_KEY) as api-key`,
    ]);
    expect(lines(oai({ auth: aws }))).toEqual([
      `${from} credential env(OPENAI_API_KEY) → AWS key env(ID), env(KEY) for eu-central-1`,
    ]);
    const token = { ...aws, region: "us-east-1", sessionToken: sample.secret("TOKEN") };
    expect(lines(oai({ auth: token }), oai({ auth: aws }))).toEqual([
      `${from} credential AWS key env(ID), env(KEY) for eu-central-1 → AWS key env(ID), env(KEY), env(TOKEN) for us-east-1`,
    ]);
    expect(lines(oai({ auth: google }))).toEqual([
      `${from} credential env(OPENAI_API_KEY) → service account env(JSON)`,
    ]);
    const entra = {
      ...{ kind: "azure-entra" as const, authority: "https://login.example", scope: "all" },
      tenantId: sample.secret("TENANT"),
      clientId: sample.secret("CLIENT"),
      clientSecret: sample.secret("SECRET"),
    };
    expect(lines(oai({ auth: entra }))).toEqual([
      `${from} credential env(OPENAI_API_KEY) → Entra application env(TENANT), env(CLIENT), env(SECRET) at https://login.example for all`,
    ]);
  });

  test("tells its query", () => {
    expect(lines(oai({ query: "api-version=preview" }))).toEqual([
      "safe provider-query-changed: provider oai: query none → api-version=preview",
    ]);
  });

  test("tells a header's new value without the value", () => {
    const edit = oai({ headers: [["x-team", sample.secret("TEAM")]] });
    expect(lines(edit, oai({ headers: [["x-team", "hidden"]] }))).toEqual([
      "safe provider-headers-changed: provider oai: headers: x-team changed",
    ]);
  });

  test("tells how calls are made", () => {
    const edit: Edit = (a) => {
      const { timeouts } = row(a.providers, 0);
      oai({ maxConnections: 1_000, streamUsage: false, timeouts: { ...timeouts, idleMs: 1_500 } })(a);
    };
    expect(lines(edit)).toEqual([
      "breaking provider-transport-changed: provider oai: idle timeout 30s → 1500ms",
      "widening provider-transport-changed: provider oai: asks for usage in streams yes → no, so the cost of streams may be unknown",
      "safe provider-transport-changed: provider oai: most connections 256 → 1,000",
    ]);
  });
});

describe("what callers or their invoices notice", () => {
  const timed =
    (totalMs: number): Edit =>
    (a) => {
      const provider = row(a.providers, 0);
      provider.timeouts = { ...provider.timeouts, totalMs };
    };
  const priced =
    (price: Artifact["targets"][number]["price"]): Edit =>
    (a) => {
      row(a.targets, 0).price = price;
    };
  const routed =
    (attempts: number, firstTokenMs: number | null): Edit =>
    (a) => {
      row(a.models, 0).routing = { strategy: "fallback", attempts, firstTokenMs };
    };
  const bounded =
    (maxOutputTokens: number | null, status: "published" | "draft" = "published"): Edit =>
    (a) => {
      Object.assign(row(a.endpoints, 0), { maxOutputTokens, status });
    };
  const kinds = (after: Edit, before: Edit): readonly string[] =>
    lines(after, before).map((line) => line.split(":")[0] ?? "");

  test.each([
    ["less time", timed(600_000), timed(1_000), ["breaking provider-transport-changed"]],
    ["more time", timed(1_000), timed(600_000), ["safe provider-transport-changed"]],
    [
      "a doubled price",
      priced(sample.price(1, 2)),
      priced(sample.price(2, 4)),
      ["breaking target-price-raised"],
    ],
    [
      "a halved price",
      priced(sample.price(2, 4)),
      priced(sample.price(1, 2)),
      ["widening target-price-lowered"],
    ],
    [
      "dearer here, cheaper there",
      priced(sample.price(2, 4)),
      priced(sample.price(3, 1)),
      ["breaking target-price-raised"],
    ],
    ["a price at last", priced(null), priced(sample.price(1, 2)), ["breaking target-price-raised"]],
    ["a price no more", priced(sample.price(1, 2)), priced(null), ["widening target-price-lowered"]],
    ["fewer attempts", routed(2, null), routed(1, null), ["breaking routing-changed"]],
    ["more attempts", routed(1, null), routed(2, null), ["safe routing-changed"]],
    ["less patience", routed(2, 9_000), routed(2, 8_000), ["breaking routing-changed"]],
    ["more patience", routed(2, 8_000), routed(2, null), ["safe routing-changed"]],
    ["shorter answers", bounded(null), bounded(9), ["breaking endpoint-setting-changed"]],
    ["longer answers", bounded(9), bounded(10), ["widening endpoint-setting-changed"]],
    [
      "shorter answers of a draft",
      bounded(10, "draft"),
      bounded(9, "draft"),
      ["safe endpoint-setting-changed"],
    ],
  ] as const)("%s", (_, before, after, expected) => {
    expect(kinds(after, before)).toEqual([...expected]);
  });

  test("is said with its reason", () => {
    expect(lines(priced(null), priced(sample.price(1_000_000_000, 0)))).toEqual([
      "widening target-price-lowered: target oai gpt-4o-mini: price input 1 USD, output 0 USD per million tokens → unknown, so no budget sees its calls",
    ]);
    expect(lines(timed(1_000), timed(600_000))).toEqual([
      "breaking provider-transport-changed: provider oai: total timeout 10m → 1s",
    ]);
    expect(lines(bounded(9), bounded(null))).toEqual([
      "breaking endpoint-setting-changed: endpoint sentiment v1: most output tokens none → 9",
    ]);
  });
});

describe("the gateway", () => {
  test("breaks where its caps shrink", () => {
    const edit: Edit = (a) => {
      a.settings = {
        ...a.settings,
        maxRequestBytes: 5_000,
        maxResponseBytes: 200_000,
        requestTimeoutMs: 10_000,
      };
    };
    expect(lines(edit)).toEqual([
      "breaking setting-changed: gateway: largest request body 10,000 bytes → 5,000 bytes",
      "breaking setting-changed: gateway: time for a request's body 30s → 10s",
      "safe setting-changed: gateway: largest answer 100,000 bytes → 200,000 bytes",
    ]);
  });

  test("tells who may name what a vendor keeps", () => {
    const open: Edit = (a) => {
      a.settings = { ...a.settings, passVendorIds: true };
    };
    expect(lines(open)).toEqual([
      "safe setting-changed: gateway: callers may name what a vendor keeps for others",
    ]);
  });

  test("tells code that changed without its schemas", () => {
    const code: Edit = (a) => {
      a.functions = { digest: sample.digest("e") };
    };
    expect(lines(code)).toEqual([
      "safe functions-changed: gateway: code that checks inputs and outputs changed while their schemas did not",
    ]);
    const both: Edit = (a) => {
      code(a);
      row(a.endpoints, 0).input = { type: "object" };
    };
    expect(lines(both)).toEqual(["safe input-changed: endpoint sentiment v1: input schema changed"]);
  });
});
