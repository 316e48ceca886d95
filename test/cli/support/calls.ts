import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the key of the project's application is. */
export function keyFile(root: string): string {
  return join(root, ".latchkey/keys/shop.checkout.key");
}

/** A call of a model, with the project's key. */
export function call(url: string, root: string, model = "echo"): Promise<Response> {
  return ask(url, root, { model, messages: [{ role: "user", content: "Good morning" }] });
}

/** A streamed call, begun; where the target is slow it takes minutes, unless fewer words are asked for. */
export function longStream(url: string, root: string, words = 5_000): Promise<Response> {
  const messages = [{ role: "user", content: "word ".repeat(words) }];
  return ask(url, root, { model: "echo", stream: true, messages });
}

function ask(url: string, root: string, body: object): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${readFileSync(keyFile(root), "utf8").trim()}` },
    body: JSON.stringify(body),
  });
}
