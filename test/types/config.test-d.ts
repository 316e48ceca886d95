import { expectTypeOf } from "bun:test";
import { z } from "zod";
import {
  type App,
  app,
  approval,
  azureOpenai,
  type Backend,
  backend,
  bedrock,
  budget,
  cloudflare,
  defineGateway,
  demo,
  type Endpoint,
  type EndpointInput,
  type EndpointOutput,
  endpoint,
  env,
  fallback,
  file,
  fragment,
  type GatewayEndpoints,
  type GatewayModelName,
  groq,
  type Invariant,
  invariant,
  json,
  key,
  type Limit,
  list,
  type Model,
  model,
  oidc,
  ollama,
  openai,
  openaiCompatible,
  openrouter,
  optional,
  plan,
  prompt,
  rate,
  type Secret,
  type Service,
  type Slot,
  service,
  smtp,
  type Target,
  type Tenant,
  tenant,
  trusted,
  vertex,
  vllm,
  webhook,
} from "../../sdk/config/index.ts";

const local = demo();
const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const fast = model({ targets: [local("echo")] });
const digest = "sha256:0000";

/** Never called: what stands here is checked by the type checker alone. */
export function supplyTypes(): void {
  expectTypeOf(local("echo")).toEqualTypeOf<Target>();
  expectTypeOf(fast).toEqualTypeOf<Model>();
  expectTypeOf(env("X")).toEqualTypeOf<Secret>();
  oai("gpt-4o-mini", { price: { input: "0.15 USD", output: "0.60 USD", cacheRead: "0.075 USD" } });
  // Known ids are suggestions: any other text is a model id as well.
  oai("a-model-of-tomorrow");
  openai({
    apiKey: file("/run/secrets/openai"),
    organization: "org",
    headers: { "x-team": "texts", "x-key": env("K") },
  });
  openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1", streamUsage: false, timeouts: { idle: "30s" } });
  model({
    targets: [oai("gpt-4o"), local("echo")],
    routing: fallback({ attempts: 2, firstTokenWithin: "8s" }),
  });
  const apiKey = env("KEY");
  expectTypeOf(groq({ apiKey })("llama-3.3-70b-versatile")).toEqualTypeOf<Target>();
  azureOpenai({ apiKey, resource: "my-resource", apiVersion: "preview" })("my-deployment");
  azureOpenai({ apiKey, baseUrl: "https://r.openai.azure.com/openai/v1" });
  azureOpenai({ resource: "r", tenantId: apiKey, clientId: apiKey, clientSecret: apiKey })("my-deployment");
  bedrock({ apiKey, region: "eu-central-1" });
  bedrock({
    region: "eu-central-1",
    accessKeyId: env("A"),
    secretAccessKey: env("B"),
    sessionToken: env("C"),
  });
  vertex({ project: "p", location: "global", credentials: file("google.json") });
  vertex({ project: "p", location: "eu", accessToken: env("TOKEN") })("claude-haiku-4-5@20251001");
  cloudflare({ apiKey, account: "a" });
  openrouter({ apiKey, referer: "https://shop.example", title: "Shop" });
  ollama()("qwen3", { dialect: "openai-chat" });
  vllm({ apiKey, baseUrl: "http://10.0.0.7:8000/v1" });
  oai("gpt-5-codex", { dialect: "openai-responses" });

  // @ts-expect-error a key is needed
  groq({});
  // @ts-expect-error an option of another type
  groq({ apiKey, resource: "eu" });
  // @ts-expect-error neither a resource nor a base URL
  azureOpenai({ apiKey });
  // @ts-expect-error a resource and a base URL
  azureOpenai({ apiKey, resource: "r", baseUrl: "https://r.openai.azure.com/openai/v1" });
  // @ts-expect-error: half of a credential
  azureOpenai({ resource: "r", tenantId: apiKey, clientId: apiKey });
  // @ts-expect-error: two credentials
  azureOpenai({ resource: "r", apiKey, tenantId: apiKey, clientId: apiKey, clientSecret: apiKey });
  // @ts-expect-error a region is needed
  bedrock({ apiKey });
  // @ts-expect-error half a credential
  bedrock({ region: "eu-central-1", accessKeyId: env("A") });
  // @ts-expect-error two credentials
  bedrock({ region: "eu-central-1", apiKey, accessKeyId: env("A"), secretAccessKey: env("B") });
  // @ts-expect-error an AWS key as a text
  bedrock({ region: "eu-central-1", accessKeyId: "AKIA", secretAccessKey: env("B") });
  // @ts-expect-error no credential
  vertex({ project: "p", location: "global" });
  // @ts-expect-error no location
  vertex({ project: "p", accessToken: env("TOKEN") });
  // @ts-expect-error a dialect that there is not
  oai("gpt-4o", { dialect: "openai" });

  // @ts-expect-error a text where a secret belongs
  openai({ apiKey: "sk-secret" });
  // @ts-expect-error a key is needed
  openai({});
  // @ts-expect-error a base URL is needed
  openaiCompatible({ apiKey: env("X") });
  // @ts-expect-error the demo provider takes no settings
  demo({ baseUrl: "http://127.0.0.1" });
  // @ts-expect-error a model needs at least one target
  model({ targets: [] });
  // @ts-expect-error a provider is no target
  model({ targets: [local] });
  // @ts-expect-error a misspelled option
  model({ targets: [local("echo")], sumary: "x" });
  oai("tts-1", { price: { perMillionCharacters: "15 USD" } });
  // @ts-expect-error a price without its output part
  oai("gpt-4o", { price: { input: "1 USD" } });
  // @ts-expect-error an amount without a currency
  oai("gpt-4o", { price: { input: "1", output: "1 USD" } });
  // @ts-expect-error another currency
  oai("gpt-4o", { price: { input: "1 EUR", output: "1 EUR" } });
  // @ts-expect-error a length of time without a unit
  fallback({ firstTokenWithin: "8" });
  // @ts-expect-error a length of time as a number
  fallback({ firstTokenWithin: 8_000 });
}

/** Slots are no values: they can be put into a prompt and nothing else. */
export function promptTypes(): void {
  const rates = endpoint({
    version: "1.2.0",
    model: fast,
    input: z.object({
      text: z.string(),
      language: z.enum(["en", "de"]).default("en"),
      note: z.string().optional(),
      items: z.array(z.object({ name: z.string(), tags: z.array(z.string()) })),
      meta: z.object({ count: z.int() }),
    }),
    output: z.object({ label: z.string() }),
    prompt: ({ text, language, note, items, meta }) => {
      expectTypeOf(text).toEqualTypeOf<Slot<string>>();
      expectTypeOf(language).toEqualTypeOf<Slot<"en" | "de">>();
      expectTypeOf(meta.count).toEqualTypeOf<Slot<number>>();
      // @ts-expect-error a slot has no methods of its value
      text.toUpperCase();
      // @ts-expect-error a field that the input does not have
      meta.counts;
      // @ts-expect-error a caller's value in a system message
      prompt.system`${text}`;
      // @ts-expect-error a value that may be absent
      prompt.user`${note}`;
      // @ts-expect-error a list is no text
      prompt.user`${items}`;
      // @ts-expect-error an object is no text
      prompt.user`${meta}`;
      // @ts-expect-error a list is asked for
      list(text, (item) => fragment`${item}`);
      return [
        prompt.system`In ${trusted(language)}, ${1}, ${"literal"}.`,
        prompt.user`${text} ${json(items)} ${json(note)}`,
        prompt.user`${list(items, (item) => fragment`${item.name}: ${list(item.tags, (tag) => fragment`${tag}`)}`)}`,
        prompt.assistant`${optional(note, (text) => fragment`${text}`, fragment`none`)}`,
      ];
    },
  });
  expectTypeOf<EndpointInput<typeof rates>>().toEqualTypeOf<{
    text: string;
    language?: "en" | "de" | undefined;
    note?: string | undefined;
    items: { name: string; tags: string[] }[];
    meta: { count: number };
  }>();
  expectTypeOf<EndpointOutput<typeof rates>>().toEqualTypeOf<{ label: string }>();
  expectTypeOf(rates).toExtend<Endpoint>();

  const input = z.object({ text: z.string() });
  const texts = endpoint({
    version: "1.0.0",
    model: fast,
    input,
    prompt: ({ text }) => [prompt.user`${text}`],
  });
  expectTypeOf<EndpointOutput<typeof texts>>().toEqualTypeOf<{ readonly text: string }>();
  // @ts-expect-error a version needs three parts
  endpoint({ version: "1.0", model: fast, input, prompt: ({ text }) => [prompt.user`${text}`] });
  // @ts-expect-error an input is an object
  endpoint({ version: "1.0.0", model: fast, input: z.string(), prompt: () => [prompt.user`x`] });
  // @ts-expect-error a prompt answers messages
  endpoint({ version: "1.0.0", model: fast, input, prompt: ({ text }) => fragment`${text}` });
  // @ts-expect-error a prompt is not asynchronous
  endpoint({ version: "1.0.0", model: fast, input, prompt: async ({ text }) => [prompt.user`${text}`] });
  // @ts-expect-error a model is asked for, not its name
  endpoint({ version: "1.0.0", model: "fast", input, prompt: ({ text }) => [prompt.user`${text}`] });
  // @ts-expect-error no such status
  endpoint({ version: "1.0.0", status: "live", model: fast, input, prompt: () => [] });
}

/** Tenants, services, applications and keys. */
export function accessTypes(): void {
  const owner = tenant({
    members: { "ops@example.com": "owner" },
    budget: budget({ limit: "500 USD", per: "month" }),
  });
  expectTypeOf(owner).toEqualTypeOf<Tenant>();
  const texts = service({
    owner,
    offers: [fast],
    visibility: [owner],
    approval: approval.automaticWhen(
      { tenants: ["shop"] },
      approval.by(["owner", "admin"], { within: "3d", quorum: 2 }),
    ),
    plan: plan({ perThousandCalls: "2.00 USD", includedCalls: 1_000 }),
  });
  expectTypeOf(texts).toEqualTypeOf<Service>();
  const shop = app({
    uses: () => [texts],
    limits: [rate({ requests: 600, per: "1m" }), rate({ concurrent: 5 })],
    keys: {
      production: key({ digest, expires: "2027-06-30", scope: { models: [fast] }, networks: ["10.0.0.0/8"] }),
    },
  });
  expectTypeOf(shop).toEqualTypeOf<App>();
  expectTypeOf(rate({ tokens: 1, per: "1h" })).toEqualTypeOf<Limit>();

  // @ts-expect-error no such role
  tenant({ members: { "ops@example.com": "boss" } });
  // @ts-expect-error a service has an owner
  service({ offers: [fast] });
  // @ts-expect-error a tenant is nothing to offer
  service({ owner, offers: [owner] });
  // @ts-expect-error no such visibility
  service({ owner, offers: [fast], visibility: "everybody" });
  // @ts-expect-error services are asked for, not their names
  app({ uses: ["texts"] });
  // @ts-expect-error a digest, not a key
  key({ digest: "lk_live_abc" });
  // @ts-expect-error a day, not a date in words
  key({ digest, expires: "tomorrow" });
  // @ts-expect-error a window is needed
  rate({ requests: 600 });
  // @ts-expect-error something has to be counted
  rate({ per: "1m" });
  // @ts-expect-error no such period
  budget({ limit: "500 USD", per: "year" });
  // @ts-expect-error an amount without a currency
  plan({ perCall: "2.00" });
  // @ts-expect-error no such role
  approval.by("boss");
}

/** What the typed client gets to know of a gateway. */
export function gatewayTypes(): void {
  const input = z.object({ text: z.string() });
  const second = endpoint({
    version: "2.0.0",
    model: fast,
    input,
    prompt: ({ text }) => [prompt.user`${text}`],
  });
  const first = endpoint({
    version: "1.4.2",
    model: fast,
    input,
    prompt: ({ text }) => [prompt.user`${text}`],
  });
  const gateway = defineGateway({
    providers: { local },
    models: { fast, slow: model({ targets: [local("slow")] }) },
    endpoints: { answer: [second, first], other: first },
  });
  expectTypeOf<GatewayModelName<typeof gateway>>().toEqualTypeOf<"fast" | "slow">();
  type Endpoints = GatewayEndpoints<typeof gateway>;
  expectTypeOf<keyof Endpoints>().toEqualTypeOf<"answer" | "other">();
  expectTypeOf<keyof Endpoints["answer"]["versions"]>().toEqualTypeOf<"v1" | "v2">();
  expectTypeOf<Endpoints["answer"]["current"]>().toEqualTypeOf<typeof second>();
  expectTypeOf<Endpoints["other"]["current"]>().toEqualTypeOf<typeof first>();

  // @ts-expect-error a gateway has providers
  defineGateway({ models: { fast } });
  // @ts-expect-error a model is no provider
  defineGateway({ providers: { fast } });
  // @ts-expect-error an entry needs at least one version
  defineGateway({ providers: { local }, endpoints: { answer: [] } });
  // @ts-expect-error a tenant is no service
  defineGateway({ providers: { local }, services: { team: tenant({}) } });
}

/** Backends, people and policies. */
export function backendAndPolicyTypes(): void {
  const orders = backend({
    upstreams: ["https://a.example", { url: "https://b.example", weight: 2 }],
    routes: [{ path: "/{id}", methods: ["GET"] }],
    auth: { bearer: env("TOKEN") },
  });
  expectTypeOf(orders).toEqualTypeOf<Backend>();
  const next = backend({ version: "2.0.0", upstreams: ["https://a.example"], openapi: "./orders.yaml" });
  backend({ upstreams: [], status: "deprecated", deprecation: { sunset: "2027-06-30", successor: next } });
  // @ts-expect-error no method of HTTP
  backend({ upstreams: [], routes: [{ path: "/", methods: ["FETCH"] }] });
  // @ts-expect-error a health check needs a path
  backend({ upstreams: [], health: { every: "5s" } });
  // @ts-expect-error a secret is a reference
  backend({ upstreams: [], auth: { bearer: "token" } });
  // @ts-expect-error there is no such role
  tenant({ groups: { admins: "root" } });
  tenant({ groups: { admins: "admin" }, keyPolicy: { maxLifetime: "90d", environments: ["live"] } });
  const holds = invariant("nobody leaves the eu", ({ keys }) =>
    keys.every(({ reach }) =>
      reach.models.every(({ targets }) => targets.every(({ region }) => region === "eu")),
    ),
  );
  expectTypeOf(holds).toEqualTypeOf<Invariant>();
  // @ts-expect-error an invariant answers at once
  invariant("later", async () => true);
  // @ts-expect-error what is looked at cannot be changed
  invariant("change", ({ keys }) => keys.push() > 0);
  const gateway = defineGateway({
    providers: { local: demo({ region: "eu", tags: ["offline"] }) },
    backends: { orders: [next, orders] },
    signIn: {
      oidc: [oidc({ name: "corp", issuer: "https://i.example", clientId: "c", clientSecret: env("S") })],
    },
    webhooks: { all: webhook({ url: "https://h.example", secret: env("H"), events: ["key.*"] }) },
    email: smtp({ host: "smtp.example.com", from: "gateway@example.com" }),
    invariants: [holds],
  });
  expectTypeOf<keyof GatewayEndpoints<typeof gateway>>().toEqualTypeOf<never>();
}
