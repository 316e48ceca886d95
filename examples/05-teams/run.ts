import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient, LatchkeyClientError } from "latchkey/client";
import type gateway from "./gateway.config.ts";

const baseUrl = process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8787";
const keys = join(process.env["LATCHKEY_STATE"] ?? join(import.meta.dirname, ".latchkey"), "keys");

for (const owner of ["sales.crm", "research.lab"]) {
  const key = readFileSync(join(keys, `${owner}.key`), "utf8").trim();
  const client = createClient<typeof gateway>({ baseUrl, key });
  const models = await client.models();
  console.log(`${owner} sees ${models.map((model) => model.id).join(", ")}`);
  try {
    await client.chat({ model: "secret", messages: [{ role: "user", content: "Hello" }] });
    console.log(`${owner} may use secret`);
  } catch (error) {
    if (!LatchkeyClientError.isInstance(error)) throw error;
    console.log(`${owner} may not use secret: ${error.code}`);
  }
}
