import { createClient } from "latchkey/client";
import type gateway from "./gateway.config.ts";

const client = createClient<typeof gateway>({
  baseUrl: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8787",
  key: process.env["LATCHKEY_KEY"] ?? "",
});

// Typed from the config: misspell a field and it does not compile.
const ticket = await client.triage({
  subject: "Paid twice",
  messages: [{ from: "ann@example.com", text: "I was charged two times this month." }],
});
console.log(`queue ${ticket.queue}, urgency ${ticket.urgency}`);
