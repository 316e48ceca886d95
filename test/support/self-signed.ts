import { join } from "node:path";

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes a certificate that nobody has signed but itself.
 * @param folder where its files are left
 * @param alternative names and addresses that it is for, as OpenSSL writes them: `DNS:localhost,IP:127.0.0.1`
 */
export async function selfSigned(folder: string, subject: string, alternative: string): Promise<Certificate> {
  const name = Bun.randomUUIDv7();
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  const extension = `subjectAltName=${alternative}`;
  const made = Bun.spawnSync([
    ...["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-days", "2", "-keyout", key, "-out", cert, "-subj", `/CN=${subject}`, "-addext", extension],
  ]);
  if (made.exitCode !== 0) throw new Error(made.stderr.toString());
  return { key: await Bun.file(key).text(), cert: await Bun.file(cert).text() };
}
