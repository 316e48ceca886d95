/** Credentials of an AWS account. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

/** A request to be signed. All of it goes out as it is signed. */
export interface SignableRequest {
  readonly method: string;
  /** As it is sent, percent-encoded. */
  readonly path: string;
  /** Value of the `Host` header. */
  readonly host: string;
  readonly body: Uint8Array;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
}

/** A header as name and value. */
type HeaderPair = readonly [name: string, value: string];

const SIGNED = "host;x-amz-content-sha256;x-amz-date";
const SIGNED_WITH_TOKEN = `${SIGNED};x-amz-security-token`;

/**
 * Signs requests to one AWS service in one region, with signature version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). The key of a day is
 * derived once; a signature then costs two hashes of the request and one of its body.
 */
export class Sigv4Signer {
  readonly #credentials: AwsCredentials;
  readonly #region: string;
  readonly #service: string;
  #day = "";
  #key: Uint8Array = new Uint8Array();

  constructor(credentials: AwsCredentials, region: string, service: string) {
    this.#credentials = credentials;
    this.#region = region;
    this.#service = service;
  }

  /** Headers that carry the signature, `Host` not among them. */
  sign({ method, path, host, body, nowMs }: SignableRequest): readonly HeaderPair[] {
    const { accessKeyId, sessionToken } = this.#credentials;
    const time = new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
    const day = time.slice(0, 8);
    const bodyHash = sha256(body);
    const [pathname = "/", query = ""] = path.split("?");
    const token = sessionToken === undefined ? "" : `x-amz-security-token:${sessionToken}\n`;
    const signed = sessionToken === undefined ? SIGNED : SIGNED_WITH_TOKEN;
    const headers = `host:${host}\nx-amz-content-sha256:${bodyHash}\nx-amz-date:${time}\n${token}`;
    const canonical = `${method}\n${encodePath(pathname)}\n${sortQuery(query)}\n${headers}\n${signed}\n${bodyHash}`;
    const scope = `${day}/${this.#region}/${this.#service}/aws4_request`;
    const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
    const signature = Buffer.from(hmac(this.#keyOf(day), text)).toString("hex");
    return [
      [
        "authorization",
        `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
      ],
      ["x-amz-date", time],
      ["x-amz-content-sha256", bodyHash],
      ...(sessionToken === undefined ? [] : [["x-amz-security-token", sessionToken] as const]),
    ];
  }

  #keyOf(day: string): Uint8Array {
    if (day !== this.#day) {
      const first = hmac(Buffer.from(`AWS4${this.#credentials.secretAccessKey}`), day);
      this.#key = hmac(hmac(hmac(first, this.#region), this.#service), "aws4_request");
      this.#day = day;
    }
    return this.#key;
  }
}

function sha256(data: string | Uint8Array): string {
  return Bun.SHA256.hash(data, "hex");
}

function hmac(key: Uint8Array, text: string): Uint8Array {
  return new Bun.CryptoHasher("sha256", key).update(text).digest();
}

/** Every service but S3 signs the path encoded once more than it is sent. */
function encodePath(path: string): string {
  return path.split("/").map(encode).join("/");
}

/** Percent-encodes all but unreserved characters (RFC 3986, 2.3). */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sortQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .map((pair) => (pair.includes("=") ? pair : `${pair}=`))
    .sort()
    .join("&");
}
