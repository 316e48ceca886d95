import { createClient } from "latchkey/client";
import type gateway from "./gateway.config.ts";

const client = createClient<typeof gateway>({
  baseUrl: process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8787",
  key: process.env["LATCHKEY_KEY"] ?? "",
});

// A model's words as they come.
const chat = client.chat.stream({ model: "fast", messages: [{ role: "user", content: "One two three" }] });
for await (const text of chat.text()) process.stdout.write(text);
process.stdout.write("\n");

// An endpoint's answer as it comes, and whole in the end.
for await (const event of client.rewrite.stream({ text: "Four five six" })) {
  if (event.type === "delta") process.stdout.write(event.text);
  if (event.type === "output") console.log(`\nwhole: ${event.output.text}`);
}
