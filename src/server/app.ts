import { Elysia } from "elysia";
import type { Gateway } from "../runtime/gateway.ts";
import { type ProbePath, probePaths } from "./public-routes.ts";
import { health, readiness } from "./routes/health.ts";

/** The HTTP side of one gateway thread that is for people and machines who run it; callers' routes are in `route-table.ts`. */
export function createApp(gateway: Gateway) {
  const open: Readonly<Record<ProbePath, () => Response>> = {
    "/healthz": () => health(),
    "/readyz": () => readiness(gateway),
  };
  // Elysia would answer with the error's message; thrown on, it becomes an error with a code.
  const app = new Elysia().onError(({ error }) => {
    throw error;
  });
  for (const path of probePaths) app.get(path, open[path]).head(path, open[path]);
  return app;
}
