import { createClient } from "latchkey/client";
import type gateway from "./gateway.config.ts";

const client = createClient<typeof gateway>({
  baseUrl: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8787",
  key: process.env["LATCHKEY_KEY"] ?? "",
});

// The first target that works answers; the caller sees nothing of the others.
const completion = await client.chat({
  model: "steady",
  messages: [{ role: "user", content: "Still there?" }],
});
console.log(completion.choices[0]?.message.content);
