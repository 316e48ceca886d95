import type { ValidationOutcome, Validator } from "../../../artifact/function-ref.ts";
import { issuePath } from "./issue-path.ts";

/** What Zod answers. */
interface ParseResult {
  readonly success: boolean;
  readonly data?: unknown;
  readonly error?: {
    readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
  };
}

/** The part of a Zod schema that is used when a call comes in. */
export interface RunnableSchema {
  readonly safeParse: (value: unknown) => ParseResult;
  readonly safeParseAsync: (value: unknown) => Promise<ParseResult>;
}

/** Issues answered at most. */
const MOST_ISSUES = 20;

/**
 * A schema of the config as a validator, for schemas that hold code. Whether that code is asynchronous shows only
 * when it runs: from then on it is run so.
 */
export function schemaValidator(schema: RunnableSchema): Validator {
  let isAsync = false;
  return (value) => {
    if (isAsync) return schema.safeParseAsync(value).then(toOutcome);
    try {
      return toOutcome(schema.safeParse(value));
    } catch (thrown) {
      if (!isAsyncError(thrown)) throw thrown;
      isAsync = true;
      return schema.safeParseAsync(value).then(toOutcome);
    }
  };
}

function toOutcome({ success, data, error }: ParseResult): ValidationOutcome {
  if (success) return { ok: true, value: data };
  const issues = (error?.issues ?? []).slice(0, MOST_ISSUES);
  return { ok: false, issues: issues.map(({ path, message }) => ({ path: issuePath(path), message })) };
}

function isAsyncError(thrown: unknown): boolean {
  return thrown instanceof Error && /Async/.test(`${thrown.name}${thrown.constructor.name}${thrown.message}`);
}
