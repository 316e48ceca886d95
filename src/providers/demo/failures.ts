import type { DemoModelId } from "../../catalog/demo-models.ts";
import { DemoRefusal } from "./refusal.ts";

/** Seconds that the failing models ask their callers to wait. */
const RETRY_AFTER_S = 1;

/** The error that a model answers with, whatever it is asked; `undefined` for models that answer. */
export function failureOf(model: DemoModelId): DemoRefusal | undefined {
  switch (model) {
    case "fail-401":
      return new DemoRefusal("The demo model `fail-401` accepts no credential.", {
        status: 401,
        code: "invalid_api_key",
      });
    case "fail-429":
      return new DemoRefusal("The demo model `fail-429` is always over its rate limit.", {
        status: 429,
        type: "requests",
        code: "rate_limit_exceeded",
        headers: [["retry-after", String(RETRY_AFTER_S)]],
      });
    case "fail-500":
      return new DemoRefusal("The demo model `fail-500` always fails.", {
        status: 500,
        type: "server_error",
      });
    case "fail-503":
      return new DemoRefusal("The demo model `fail-503` is always overloaded.", {
        status: 503,
        type: "server_error",
        headers: [["retry-after", String(RETRY_AFTER_S)]],
      });
    default:
      return undefined;
  }
}
