import type { ConnectionOptions } from "node:tls";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { LatchkeyError } from "../../kernel/error.ts";
import { MessageRefused } from "../delivery/message-refused.ts";
import type { SmtpSettings } from "../settings.ts";
import { isMailAddress, type NamedAddress, readNamedAddress } from "./mail-address.ts";
import type { EmailText } from "./render-email.ts";

/** A mail server with its credentials. */
export interface MailServer extends Pick<SmtpSettings, "host" | "port" | "secure" | "from"> {
  /** Null: it wants none. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

/** An e-mail to one person. */
export interface Email extends EmailText {
  readonly to: string;
  /** Id of the delivery: sent again, it is the same message to those who compare. */
  readonly id: string;
}

/** How mail servers are called. */
export interface EmailOptions {
  /** For all of it. */
  readonly timeoutMs: number;
  /** TLS settings beyond the defaults, such as `ca`. */
  readonly tls?: ConnectionOptions;
}

/**
 * Hands an e-mail to the mail server. Where the server is to be asked with STARTTLS and has none, nothing is said to it.
 * @throws LatchkeyError LK-5201 with the reason
 */
export async function sendEmail(server: MailServer, email: Email, options: EmailOptions): Promise<void> {
  const from = readNamedAddress(server.from);
  if (from === undefined) throw failure("the sender's address is not valid");
  if (!isMailAddress(email.to)) throw failure("the recipient's address is not valid", new MessageRefused());
  const message = await compose(from, email);
  const { timeoutMs } = options;
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.secure === "tls",
    requireTLS: server.secure === "starttls",
    ignoreTLS: server.secure === "none",
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    maxResponseSize: 64 * 1024,
    tls: { minVersion: "TLSv1.2", ...options.tls },
  });
  const { promise: broken, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(failure("the mail server took too long")), timeoutMs);
  connection.on("error", reject);
  connection.once("end", () => reject(failure("the mail server closed the connection")));
  try {
    await Promise.race([broken, talk(connection, server.login, from.address, email.to, message)]);
    connection.quit();
  } catch (thrown) {
    connection.close();
    throw thrown instanceof LatchkeyError ? thrown : failure(reasonOf(thrown), causeOf(thrown));
  } finally {
    clearTimeout(timer);
  }
}

function compose(from: NamedAddress, { to, id, subject, text, html }: Email): Promise<Buffer> {
  const composer = new MailComposer({
    from,
    to: { name: "", address: to },
    subject,
    text,
    html,
    messageId: `<${id}@${from.address.slice(from.address.indexOf("@") + 1)}>`,
    headers: { "auto-submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: "win",
  });
  return composer.compile().build();
}

/** The conversation with the server, step by step. */
async function talk(
  connection: SMTPConnection,
  login: MailServer["login"],
  from: string,
  to: string,
  message: Buffer,
): Promise<void> {
  await step((done) => connection.connect(done));
  if (login !== null)
    await step((done) => connection.login({ user: login.user, pass: login.password }, done));
  await step((done) => connection.send({ from, to: [to] }, message, done));
}

function step(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) =>
    start((error) => (error === undefined || error === null ? resolve() : reject(error))),
  );
}

/** What the server said, or what kind of fault it is; never what was said to it. */
function reasonOf(thrown: unknown): string {
  const { code, response } = thrown as { readonly code?: unknown; readonly response?: unknown };
  if (typeof response === "string" && response !== "") {
    return `the mail server said: ${response.replace(/[\p{Cc}\s]+/gu, " ").slice(0, 200)}`;
  }
  return `the mail server could not be used (${typeof code === "string" ? code : "unknown fault"})`;
}

/** A server that does not take a sender, a recipient or a message takes others. */
function causeOf(thrown: unknown): unknown {
  const { code } = thrown as { readonly code?: unknown };
  return code === "EENVELOPE" || code === "EMESSAGE" ? new MessageRefused(String(thrown)) : thrown;
}

function failure(reason: string, cause?: unknown): LatchkeyError {
  return new LatchkeyError("LK-5201", `The e-mail could not be sent: ${reason}.`, {
    ...(cause instanceof Error && { internal: cause.message }),
    cause,
  });
}
