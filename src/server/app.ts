import { Elysia } from "elysia";
import { LatchkeyError, toLatchkeyError } from "../kernel/error.ts";
import { chatCompletions } from "../runtime/chat-completions.ts";
import { callEndpoint } from "../runtime/endpoint/call-endpoint.ts";
import type { Gateway } from "../runtime/gateway.ts";
import { getModel, listModels } from "../runtime/models-list.ts";
import { type ErrorResponder, type Route, runPipeline } from "../runtime/pipeline.ts";
import { errorResponse } from "./error-response.ts";
import { type PublicRoute, publicRoutes } from "./public-routes.ts";
import { requestTarget } from "./request-target.ts";
import { health, readiness } from "./routes/health.ts";
import { nowhere } from "./routes/nowhere.ts";

interface Context {
  readonly request: Request;
}

/** Bodies are read by the routes themselves, within the gateway's own bounds. */
const RAW = { parse: "none" } as const;

/** Path of a literal route, or the pattern that a route with parameters has to keep. */
type PathRule = string | RegExp;

/** The HTTP side of one gateway thread. */
export function createApp(gateway: Gateway) {
  const respond: ErrorResponder = (error, call) => errorResponse(error, call.requestId, call.tables.headers);
  /** Answers what fails outside a call. */
  const refuse = (error: LatchkeyError): Response => {
    const { clock, requestIds } = gateway.services.context;
    return errorResponse(error, requestIds.next(clock.now()));
  };
  const guarded =
    (rule: PathRule | null, route: Route) =>
    ({ request }: Context): Response | Promise<Response> => {
      const target = requestTarget(request.url);
      if (target === undefined)
        return refuse(new LatchkeyError("LK-2108", "The Host header is malformed.", { param: "host" }));
      const checked = rule === null || follows(target.path, rule) ? route : malformedPath;
      return runPipeline(gateway.tables(), request, target, checked, gateway.services, respond);
    };
  const anywhere = guarded(null, nowhere);
  // What no route matches as it was sent ends here and never reaches Elysia's own router, which would match the
  // resolved path: `/x/../v1/models` would be served, and a malformed Host could hide a part of the path.
  const serve = { routes: { "/*": (request: Request) => anywhere({ request }) } };
  const open: Readonly<Record<PublicRoute, () => Response>> = {
    "/healthz": () => health(),
    "/readyz": () => readiness(gateway),
  };
  const app = new Elysia({ serve, handler: { standardHostname: false } })
    .onError(({ error }) => refuse(toLatchkeyError(error)))
    .post("/v1/chat/completions", guarded("/v1/chat/completions", chatCompletions), RAW)
    .get("/v1/models", guarded("/v1/models", listModels))
    .get("/v1/models/:model", guarded(/^\/v1\/models\/[^/]+$/, getModel))
    .post("/api/:endpoint/:version", guarded(/^\/api\/[^/]+\/[^/]+$/, callEndpoint), RAW);
  for (const path of publicRoutes) app.get(path, open[path]).head(path, open[path]);
  return app;
}

/**
 * Routes match the path as it was sent, handlers see it resolved: where the two differ, someone has written a
 * path to be read in two ways.
 */
function follows(path: string, rule: PathRule): boolean {
  return typeof rule === "string" ? path === rule : rule.test(path);
}

const malformedPath: Route = () => {
  throw new LatchkeyError("LK-2107");
};
