import { type Declaration, declare } from "./declaration.ts";
import type { Secret } from "./secret.ts";

/** A server that takes e-mail. */
export interface SmtpOptions {
  readonly host: string;
  /** Default 465 for `"tls"`, 587 for `"starttls"`, 25 for `"none"`. */
  readonly port?: number;
  /** Default `"starttls"`, which is refused where the server does not offer it. */
  readonly secure?: "tls" | "starttls" | "none";
  readonly user?: Secret;
  readonly password?: Secret;
  /** Address of the sender, alone or as `Latchkey <gateway@example.com>`. */
  readonly from: string;
}

/** A declared e-mail server. */
export interface Smtp extends Declaration<"smtp">, SmtpOptions {}

/**
 * Declares the server through which the gateway sends e-mail.
 * @example email: smtp({ host: "smtp.example.com", user: env("SMTP_USER"), password: env("SMTP_PASSWORD"), from: "gateway@example.com" })
 */
export function smtp(options: SmtpOptions): Smtp {
  return declare("smtp", options);
}
