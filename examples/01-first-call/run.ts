// Any HTTP client will do: the gateway speaks OpenAI's Chat Completions.
const baseUrl = process.env["LATCHKEY_URL"] ?? "http://127.0.0.1:8787";
const key = process.env["LATCHKEY_KEY"] ?? "";

const response = await fetch(`${baseUrl}/v1/chat/completions`, {
  method: "POST",
  headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
  body: JSON.stringify({ model: "echo", messages: [{ role: "user", content: "Good morning" }] }),
});
const completion = (await response.json()) as { choices: { message: { content: string } }[] };
console.log(completion.choices[0]?.message.content);
console.log(`cost: ${response.headers.get("x-latchkey-cost")} USD`);
