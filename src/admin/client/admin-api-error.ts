/** What the admin API says where it does not do what it was asked. */
export class AdminApiError extends Error {
  override readonly name = "AdminApiError";
  /** Such as `LK-2020`; empty where the answer is not one of the admin API's. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** Field of the request at fault; null: none. */
  readonly param: string | null;
  /** What to do about it; null: the answer does not say. */
  readonly help: string | null;

  constructor(
    status: number,
    { code, message, param, help }: Pick<AdminApiError, "code" | "message" | "param" | "help">,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
    this.help = help;
  }
}

/** Reads an answer that is an error, whoever gave it. */
export async function readAdminError(response: Response): Promise<AdminApiError> {
  const { status } = response;
  const fallback = {
    code: "",
    message: `The gateway answered with status ${status}.`,
    param: null,
    help: null,
  };
  const body: unknown = await response.json().catch(() => null);
  const error = memberOf(body, "error");
  const text = (name: string): string | null => {
    const value = memberOf(error, name);
    return typeof value === "string" ? value : null;
  };
  return new AdminApiError(status, {
    code: text("code") ?? fallback.code,
    message: text("message") ?? fallback.message,
    param: text("param"),
    help: text("help"),
  });
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
