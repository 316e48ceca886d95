import {
  app,
  defineGateway,
  endpoint,
  env,
  file,
  model,
  openai,
  openaiCompatible,
  prompt,
  service,
  tenant,
} from "latchkey/config";
import { z } from "zod";

const token = "Zk3vQ9xT1mB7cR5yW8nH2jL6pD4sF0gA";
const words = { beta: "fine-grained-tool-streaming-2025-05-14,prompt-caching-2024-07-31" };
const box = openaiCompatible({
  baseUrl: "http://127.0.0.1:8000/v1",
  headers: {
    "x-a": "sk-proj-abcdefghijklmnop",
    "x-b": "Bearer abcdefghijklmnop",
    "x-c": "Basic b3BzOmh1bnRlcjI=",
    "x-d": token,
    "x-e": `gsk_${"Ab1".repeat(8)}`,
    "x-request-group": "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
    "x-mode": "Basic authentication is off",
    "anthropic-beta": words.beta,
    "user-agent": "gateway/1.0 (https://gateway.example.com/contact-the-platform-team)",
  },
});
const asked = openaiCompatible({
  baseUrl: "https://models.example.com/v1?key=AIzaSyA1234567890abcdefghijklmnopqrstuv",
});
const inPath = openaiCompatible({ baseUrl: "https://models.example.com/xai-0123456789abcdef0123/v1" });
const account = openaiCompatible({
  baseUrl: "https://gateway.example.com/v1/0a1b2c3d4e5f60718293a4b5c6d7e8f9/openai",
  apiKey: env("hf_abcdefghijklmnopqrst"),
});
const oai = openai({
  apiKey: file("AKIAABCDEFGHIJKLMNOP"),
  organization: "org-qrstuvwxyz0123456789",
  project: "github_pat_11ABCDEFG0abcdefghij_klmnopqrst",
});
const price = { input: "1 USD", output: "1 USD" } as const;
const fast = model({
  targets: [
    box("llama", { price }),
    asked("a", { price }),
    inPath("b", { price }),
    account("c", { price }),
    oai("sk-ant-api03-abcdefgh", { price }),
  ],
  summary: "Ask with sk-ant-api03-abcdefghijkl",
});
const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string().default("ghp_abcdefghijklmnopqrstuvwxyz0123456789") }),
  prompt: ({ text }) => [prompt.system`A key looks like sk-proj-0123456789abcdef.`, prompt.user`${text}`],
});
const team = tenant({ apps: { shop: app({ uses: () => [texts] }) } });
const texts = service({ owner: team, offers: [fast, answer] });

export default defineGateway({
  providers: { box, asked, inPath, account, oai },
  models: { fast },
  endpoints: { answer },
  services: { texts },
  tenants: { team },
});
