import type { Clock } from "../../kernel/clock.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { describeSecret, type SecretRef, type SecretResolver } from "../../kernel/secret.ts";
import type { StoredRecord } from "../../stores/record-store.ts";
import { renderEmail } from "../email/render-email.ts";
import { type EmailOptions, type MailServer, sendEmail } from "../email/send-email.ts";
import type { NotifySettings, SmtpSettings } from "../settings.ts";
import { sendWebhook, type WebhookOptions } from "../webhook/send-webhook.ts";

/** What sending needs. */
export interface SendOptions {
  /** What the artifact in force says. */
  readonly settings: () => NotifySettings;
  readonly secrets: SecretResolver;
  readonly clock: Clock;
  readonly webhook: WebhookOptions;
  readonly email: EmailOptions;
}

/** Sends a delivery once. @throws LatchkeyError LK-5201 with the reason */
export type SendDelivery = (delivery: StoredRecord<"delivery">) => Promise<void>;

/** Makes what sends deliveries by what the config says at the time of sending. */
export function createSender(options: SendOptions): SendDelivery {
  return (delivery) =>
    delivery.body.channel === "webhook" ? toWebhook(delivery, options) : toPerson(delivery, options);
}

async function toWebhook(
  { id, tenant, body }: StoredRecord<"delivery">,
  options: SendOptions,
): Promise<void> {
  const hook = options.settings().webhooks.find(({ name }) => name === body.to);
  // A webhook that now belongs to others must not hear of what was meant for its former owner.
  if (hook === undefined || hook.tenant !== tenant) throw failure("The config has no such webhook any more.");
  await sendWebhook(
    {
      url: hook.url,
      secret: secretOf(hook.secret, options.secrets),
      allowPrivate: hook.allowPrivate,
      event: body.event,
      delivery: id,
      body: JSON.stringify(body.payload),
      timeS: Math.floor(options.clock.now() / 1000),
    },
    options.webhook,
  );
}

async function toPerson({ id, body }: StoredRecord<"delivery">, options: SendOptions): Promise<void> {
  const { smtp, publicUrl } = options.settings();
  if (smtp === null) throw failure("The config has no mail server any more.");
  const { data } = body.payload;
  const text = renderEmail(body.event, isJsonObject(data) ? data : {}, publicUrl);
  await sendEmail(serverOf(smtp, options.secrets), { ...text, to: body.to, id }, options.email);
}

function serverOf(smtp: SmtpSettings, secrets: SecretResolver): MailServer {
  const { host, port, secure, from, user, password } = smtp;
  const login =
    user === null || password === null
      ? null
      : { user: secretOf(user, secrets), password: secretOf(password, secrets) };
  return { host, port, secure, from, login };
}

function secretOf(ref: SecretRef, secrets: SecretResolver): string {
  const value = secrets(ref);
  if (value === undefined || value.trim() === "")
    throw failure(`The secret ${describeSecret(ref)} is missing.`);
  return value;
}

function failure(reason: string): LatchkeyError {
  return new LatchkeyError("LK-5201", reason);
}
