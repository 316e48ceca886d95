/**
 * The obvious build of a gateway: Elysia parses and validates the body with zod, `fetch` calls the upstream, the
 * answer is parsed for its usage, and a row goes to SQLite before the answer goes out. It checks keys, swaps model
 * and credential and logs, as the gateway does, so that the two do comparable work.
 */
import { Database } from "bun:sqlite";
import { Elysia } from "elysia";
import { z } from "zod";

const { PORT, UPSTREAM, UPSTREAM_KEY, KEY_FILE, DATABASE } = process.env;
const keyList = z.array(z.string()).parse(await Bun.file(String(KEY_FILE)).json());
const callers = new Map(keyList.map((key, index) => [digest(key), `key-${index}`]));

const database = new Database(String(DATABASE), { create: true });
database.run("PRAGMA journal_mode = WAL");
database.run("PRAGMA synchronous = NORMAL");
database.run(
  "CREATE TABLE calls (time INTEGER, caller TEXT, model TEXT, status INTEGER, tokens INTEGER, ms REAL)",
);
const insert = database.prepare("INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?)");

const chatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })),
  stream: z.boolean().optional(),
});
const chatUsage = z.looseObject({ usage: z.looseObject({ total_tokens: z.number() }) });

new Elysia()
  .get("/healthz", () => "ok")
  .post(
    "/v1/chat/completions",
    async ({ body, headers, request }) => {
      const started = performance.now();
      const caller = callers.get(digest((headers["authorization"] ?? "").replace("Bearer ", "")));
      if (caller === undefined) return Response.json({ error: { message: "unknown key" } }, { status: 401 });
      const answer = await fetch(`${UPSTREAM}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${UPSTREAM_KEY}` },
        body: JSON.stringify({ ...body, model: "upstream-model" }),
        signal: request.signal,
      });
      if (body.stream === true) {
        insert.run(Date.now(), caller, body.model, answer.status, 0, performance.now() - started);
        return new Response(answer.body, {
          status: answer.status,
          headers: { "content-type": "text/event-stream" },
        });
      }
      const result: unknown = await answer.json();
      const tokens = chatUsage.parse(result).usage.total_tokens;
      insert.run(Date.now(), caller, body.model, answer.status, tokens, performance.now() - started);
      return Response.json(result, {
        status: answer.status,
        headers: { "x-request-id": crypto.randomUUID() },
      });
    },
    { body: chatRequest },
  )
  .listen({ hostname: "127.0.0.1", port: Number(PORT), idleTimeout: 255 });

function digest(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}
