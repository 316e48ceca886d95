import type { ErrorCode } from "../kernel/codes.ts";

/** What the process's exit code says. `docs/cli.md` lists them; a number, once released, keeps its meaning. */
export const exitCodes = {
  /** Done. */
  ok: 0,
  /** Something went wrong that has no number of its own. */
  failure: 1,
  /** The command line is not understood. */
  usage: 2,
  /** The config has errors. */
  configErrors: 3,
  /** The plan has breaking or widening changes that were not accepted. */
  notAccepted: 4,
  /** The config file, the artifact, the code, the row, the key or the record asked for does not exist. */
  notFound: 5,
  /** What was examined is not in order: `doctor` found a failure, `keys verify` a key that is refused, `access why` a refusal, `audit verify` a break. */
  notInOrder: 6,
  /** The address is already in use, or is not one of this machine. */
  addressInUse: 7,
  /** The user left a prompt: 128 + SIGINT, as shells do. */
  cancelled: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const BY_ERROR: Partial<Record<ErrorCode, ExitCode>> = {
  "LK-2020": exitCodes.notFound,
  "LK-2102": exitCodes.usage,
  "LK-6004": exitCodes.notFound,
  "LK-6101": exitCodes.notFound,
  "LK-6102": exitCodes.addressInUse,
  "LK-6103": exitCodes.usage,
  "LK-6104": exitCodes.configErrors,
  "LK-6106": exitCodes.notAccepted,
  "LK-6107": exitCodes.notFound,
  "LK-6108": exitCodes.notFound,
  "LK-6111": exitCodes.notFound,
};

/** Exit code of a command that ends with an error. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return BY_ERROR[code] ?? exitCodes.failure;
}
