import { AdminApiError } from "../../admin/client/admin-api-error.ts";
import { safeText } from "../../compiler/render/safe-text.ts";
import { type ErrorCode, errorTable } from "../../kernel/codes.ts";
import { LatchkeyError } from "../../kernel/error.ts";

/**
 * What the admin API refuses, as an error of the command line: its code and words, with the field at fault as the
 * detail. Everything else stays what it is.
 */
export function toCliError(thrown: unknown): unknown {
  if (!(thrown instanceof AdminApiError)) return thrown;
  const { code, param, help, status } = thrown;
  // It may come from anywhere, and goes to a terminal.
  const message = safeText(thrown.message);
  const field = param === null ? {} : { param, internal: `Field: ${safeText(param)}` };
  if (isKnown(code)) return new LatchkeyError(code, message, { ...field, cause: thrown });
  // Of a gateway that knows more codes, or of something that is no gateway.
  const internal = code === "" ? `Status ${status}` : safeText(`${code}${help === null ? "" : `: ${help}`}`);
  return new LatchkeyError("LK-6112", message, { internal, cause: thrown });
}

/** Whether the API says that there is no such thing, or none that the member may see. */
export function isNotThere(thrown: unknown): boolean {
  return thrown instanceof AdminApiError && thrown.code === "LK-2020";
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
