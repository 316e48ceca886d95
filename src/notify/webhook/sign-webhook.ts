import { LatchkeyError } from "../../kernel/error.ts";

/**
 * Value of `latchkey-signature`: `t=<seconds>,v1=<hex>`, where `v1` is the HMAC-SHA256 of `<seconds>.<body>` in UTF-8.
 * The time is signed too, so that what was recorded cannot be sent again much later.
 * @param timeS seconds since the Unix epoch
 * @throws LatchkeyError LK-5201 for an empty secret, with which anybody could sign
 */
export function signWebhook(secret: string, body: string, timeS: number): string {
  if (secret.trim() === "") throw new LatchkeyError("LK-5201", "The webhook's secret is empty.");
  const mac = new Bun.CryptoHasher("sha256", secret).update(`${timeS}.${body}`).digest("hex");
  return `t=${timeS},v1=${mac}`;
}
