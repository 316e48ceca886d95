import { beforeAll, describe, expect, test } from "bun:test";
import { createServer } from "node:net";
import { join } from "node:path";
import type { SMTPServerOptions } from "smtp-server";
import {
  type Email,
  type EmailOptions,
  type MailServer,
  sendEmail,
} from "../../../src/notify/email/send-email.ts";
import { afterTest } from "../../support/after-test.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { startMailServer } from "../support/mail-server.ts";

const folder = tempFolder();
let key = "";
let cert = "";
beforeAll(async () => {
  const [keyFile, certFile] = [join(folder, "mail.key"), join(folder, "mail.crt")];
  const made = Bun.spawnSync([
    ...["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-days", "2", "-keyout", keyFile, "-out", certFile, "-subj", "/CN=localhost"],
    ...["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"],
  ]);
  if (made.exitCode !== 0) throw new Error(made.stderr.toString());
  [key, cert] = [await Bun.file(keyFile).text(), await Bun.file(certFile).text()];
});

const email = (changes: Partial<Email> = {}): Email => ({
  id: "dlv_1",
  to: "dev@shop.example",
  subject: "Grüße",
  text: "Straße\n.\nend",
  html: "<p>Straße</p>",
  ...changes,
});
const at = (port: number, changes: Partial<MailServer> = {}): MailServer => ({
  host: "127.0.0.1",
  port,
  secure: "none",
  from: "Latchkey <latchkey@gateway.example>",
  login: null,
  ...changes,
});
const options = (changes: Partial<EmailOptions> = {}): EmailOptions => ({
  timeoutMs: 5_000,
  tls: { ca: cert },
  ...changes,
});

async function problemOf(
  server: MailServer,
  mail: Partial<Email> = {},
  others: Partial<EmailOptions> = {},
): Promise<string> {
  try {
    await sendEmail(server, email(mail), options(others));
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "LK-5201" });
    return (thrown as Error).message;
  }
  throw new Error("it was taken");
}

/** A server that wants `ops` and `right`. */
const withLogin: SMTPServerOptions = {
  authOptional: false,
  allowInsecureAuth: true,
  onAuth: ({ username, password }, _, done) =>
    username === "ops" && password === "right" ? done(null, { user: username }) : done(new Error("Not you")),
};

describe("an e-mail", () => {
  test("arrives with both bodies and what says that no person wrote it", async () => {
    const { port, mails } = await startMailServer();
    await sendEmail(at(port), email(), options());
    const [mail] = mails;
    expect(mail).toMatchObject({
      from: "latchkey@gateway.example",
      to: ["dev@shop.example"],
      isEncrypted: false,
    });
    const raw = mail?.raw ?? "";
    expect(raw).toContain("From: Latchkey <latchkey@gateway.example>\r\n");
    expect(raw).toContain("To: dev@shop.example\r\n");
    expect(raw).toContain("Message-ID: <dlv_1@gateway.example>\r\n");
    expect(raw).toMatch(/auto-submitted: auto-generated\r\n/i);
    expect(raw).toContain("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=");
    expect(raw).toContain("Content-Type: text/plain; charset=utf-8");
    expect(raw).toContain("Content-Type: text/html; charset=utf-8");
    expect(raw).toContain("Stra=C3=9Fe");
  });

  test("goes over TLS from the first byte", async () => {
    const { port, mails } = await startMailServer({ secure: true, key, cert });
    await sendEmail(at(port, { secure: "tls" }), email(), options());
    expect(mails).toMatchObject([{ isEncrypted: true }]);
  });

  test("goes over TLS that is asked for with STARTTLS, and its login too", async () => {
    const { port, mails } = await startMailServer({
      ...withLogin,
      allowInsecureAuth: false,
      disabledCommands: [],
      key,
      cert,
    });
    await sendEmail(
      at(port, { secure: "starttls", login: { user: "ops", password: "right" } }),
      email(),
      options(),
    );
    expect(mails).toMatchObject([{ isEncrypted: true, user: "ops" }]);
  });

  test("is not sent where the server has no TLS, or a certificate of somebody else", async () => {
    const plain = await startMailServer({ hideSTARTTLS: true });
    expect(await problemOf(at(plain.port, { secure: "starttls" }))).toContain("mail server");
    const foreign = await startMailServer({ secure: true, key, cert });
    expect(await problemOf(at(foreign.port, { secure: "tls" }), {}, { tls: {} })).toContain("mail server");
    const upgraded = await startMailServer({ disabledCommands: [], key, cert });
    expect(await problemOf(at(upgraded.port, { secure: "starttls" }), {}, { tls: {} })).toContain(
      "mail server",
    );
    expect([...plain.mails, ...foreign.mails, ...upgraded.mails]).toEqual([]);
  });

  test("wants the right login, whose password is in no error", async () => {
    const { port, mails } = await startMailServer(withLogin);
    const problem = await problemOf(at(port, { login: { user: "ops", password: "wr0ng-one" } }));
    expect(problem).toContain("535");
    expect(problem).not.toContain("wr0ng-one");
    expect(await problemOf(at(port))).toContain("530");
    expect(mails).toEqual([]);
    await sendEmail(at(port, { login: { user: "ops", password: "right" } }), email(), options());
    expect(mails).toMatchObject([{ user: "ops" }]);
  });

  test("may be refused at each step, which the problem tells", async () => {
    const refuse = (words: string, responseCode: number): Error =>
      Object.assign(new Error(words), { responseCode });
    const sender = await startMailServer({ onMailFrom: (_, __, done) => done(refuse("not from you", 553)) });
    expect(await problemOf(at(sender.port))).toContain("553 not from you");
    const person = await startMailServer({ onRcptTo: (_, __, done) => done(refuse("no such person", 550)) });
    expect(await problemOf(at(person.port))).toContain("550 no such person");
    const content = await startMailServer({
      onData(stream, _, done) {
        stream.resume();
        stream.on("end", () => done(refuse("later please", 451)));
      },
    });
    expect(await problemOf(at(content.port))).toContain("451 later please");
  });

  test("has to be taken in time, by a server that is there", async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => {
      silent.listen(0, "127.0.0.1", () => resolve());
    });
    afterTest(() => silent.close());
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await problemOf(at(port), {}, { timeoutMs: 50 })).toContain("mail server");
    const hanging = await startMailServer({ onRcptTo: () => {} });
    expect(await problemOf(at(hanging.port), {}, { timeoutMs: 100 })).toContain("mail server");
    const closing = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => {
      closing.listen(0, "127.0.0.1", () => resolve());
    });
    afterTest(() => closing.close());
    const other = closing.address();
    const closingPort = typeof other === "object" && other !== null ? other.port : 0;
    expect(await problemOf(at(closingPort))).toContain("mail server");
  });

  test.each([
    "dev@shop.example\r\nRCPT TO:<other@evil.example>",
    "dev@shop.example\nbcc: other@evil.example",
    "dev@shop.example, other@evil.example",
    "<dev@shop.example>",
    "dev@shop.example> SIZE=1",
    '"a b"@shop.example',
    "dev",
    "",
  ])("is not sent to %p, which is no address", async (to) => {
    const { port, mails } = await startMailServer();
    expect(await problemOf(at(port), { to })).toContain("recipient's address is not valid");
    expect(await problemOf(at(port, { from: to === "<dev@shop.example>" ? "" : to }))).toContain(
      "sender's address is not valid",
    );
    expect(mails).toEqual([]);
  });

  test("gets no header and no recipient by line ends in its subject or bodies", async () => {
    const { port, mails } = await startMailServer();
    const attack = "x\r\nBcc: other@evil.example\r\n\r\n.\r\nRCPT TO:<other@evil.example>\r\n";
    await sendEmail(at(port), email({ subject: attack, text: attack, html: attack }), options());
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(["dev@shop.example"]);
    const [head = ""] = (mails[0]?.raw ?? "").split("\r\n\r\n");
    expect(head).not.toMatch(/^bcc:/im);
    expect(head).toMatch(/^subject: x /im);
  });
});
