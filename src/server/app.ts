import { Elysia } from "elysia";
import { LatchkeyError, toLatchkeyError } from "../kernel/error.ts";
import type { Gateway } from "../runtime/gateway.ts";
import { type ErrorResponder, type Route, runPipeline } from "../runtime/pipeline.ts";
import { type ErrorRenderer, errorResponse } from "./error-response.ts";
import { type PublicRoute, publicRoutes } from "./public-routes.ts";
import { requestTarget } from "./request-target.ts";
import { errorRendererOf, type RouteRow, routeTable } from "./route-table.ts";
import { health, readiness } from "./routes/health.ts";
import { nowhere } from "./routes/nowhere.ts";

interface Context {
  readonly request: Request;
}

/** Bodies are read by the routes themselves, within the gateway's own bounds. */
const RAW = { parse: "none" } as const;

type Handler = (context: Context) => Response | Promise<Response>;

/** The HTTP side of one gateway thread. */
export function createApp(gateway: Gateway) {
  const anywhere = handlerOfTheRest(gateway);
  // What no route matches as it was sent ends here and never reaches Elysia's own router, which would match the
  // resolved path: `/x/../v1/models` would be served, and a malformed Host could hide a part of the path.
  const serve = { routes: { "/*": (request: Request) => anywhere({ request }) } };
  const open: Readonly<Record<PublicRoute, () => Response>> = {
    "/healthz": () => health(),
    "/readyz": () => readiness(gateway),
  };
  const app = new Elysia({ serve, handler: { standardHostname: false } }).onError(({ error, request }) =>
    refuse(gateway, toLatchkeyError(error), requestTarget(request)?.path ?? "/"),
  );
  for (const row of routeTable) {
    const handler = handlerOf(gateway, row);
    if (row.method === "GET") app.get(row.path, handler);
    else app.post(row.path, handler, RAW);
  }
  for (const path of publicRoutes) app.get(path, open[path]).head(path, open[path]);
  return app;
}

/** Answers what fails outside a call. */
function refuse(gateway: Gateway, error: LatchkeyError, path: string): Response {
  const { clock, requestIds } = gateway.services.context;
  return errorResponse(error, requestIds.next(clock.now()), errorRendererOf(path));
}

function malformedHost(gateway: Gateway): Response {
  return refuse(
    gateway,
    new LatchkeyError("LK-2108", "The Host header is malformed.", { param: "host" }),
    "/",
  );
}

/**
 * Routes match the path as it was sent, handlers see it resolved: where the two differ, someone has written a
 * path to be read in two ways.
 */
function handlerOf(gateway: Gateway, { path, pattern, route, renderError }: RouteRow): Handler {
  const isLiteral = !path.includes(":");
  const respond = responder(renderError);
  return ({ request }) => {
    const target = requestTarget(request);
    if (target === undefined) return malformedHost(gateway);
    const follows = isLiteral ? target.path === path : pattern.test(target.path);
    const checked = follows ? route : malformedPath;
    return runPipeline(gateway.tables(), request, target, checked, gateway.services, respond);
  };
}

function handlerOfTheRest(gateway: Gateway): Handler {
  return ({ request }) => {
    const target = requestTarget(request);
    if (target === undefined) return malformedHost(gateway);
    const respond = responder(errorRendererOf(target.path));
    return runPipeline(gateway.tables(), request, target, nowhere, gateway.services, respond);
  };
}

function responder(render: ErrorRenderer): ErrorResponder {
  return (error, call) => errorResponse(error, call.requestId, render, call.tables.headers);
}

const malformedPath: Route = () => {
  throw new LatchkeyError("LK-2107");
};
