import type { FrontHandler } from "../front/front-handler.ts";
import type { IncomingRequest, Reply } from "../http/exchange.ts";
import { toLatchkeyError } from "../kernel/error.ts";
import { callBackend } from "../runtime/backends/call-backend.ts";
import type { Gateway } from "../runtime/gateway.ts";
import { type Routed, refuseRequest, runPipeline } from "../runtime/pipeline.ts";
import { shownPath } from "../runtime/shown-path.ts";
import { createApp } from "./app.ts";
import { errorResponder } from "./error-response.ts";
import { isAdminPath, isOwnPath } from "./own-paths.ts";
import { isProbePath } from "./public-routes.ts";
import { errorTellerOf, routeTable } from "./route-table.ts";
import { createRouter, isPlainPath } from "./router.ts";
import { nowhere } from "./routes/nowhere.ts";
import { askWebApp } from "./web-bridge.ts";

/** Answers a request to `/admin` or below. Never rejects. */
export type AskAdmin = (request: IncomingRequest) => Promise<Reply>;

/** The way of a request that no route is for. */
function toNowhere(path: string): Routed {
  const teller = errorTellerOf(path);
  return { route: nowhere, respond: errorResponder(teller), tellRate: teller.tellRate };
}

/**
 * What answers the requests of one thread: callers' routes go straight to the gateway, those of the admin API to whoever
 * has it, the rest to the Elysia app, and what none of them has is told so, to those who have a key.
 * @param askAdmin absent: there is no admin API here
 */
export function createDispatch(gateway: Gateway, askAdmin?: AskAdmin): FrontHandler {
  const app = createApp(gateway);
  const { services } = gateway;
  const askApp = (request: IncomingRequest): Promise<Reply> =>
    askWebApp(app.handle, request, (thrown) => {
      const error = toLatchkeyError(thrown);
      services.logger.error("app-failed", { path: shownPath(request.path), error });
      const respond = errorResponder(errorTellerOf(request.path));
      return refuseRequest(gateway.tables(), request, error, services, respond);
    });
  const route = createRouter(routeTable);
  const toBackends = { route: callBackend, respond: errorResponder(errorTellerOf("")) };
  return {
    handle(request) {
      const { method, path } = request;
      const routed = route(method, path);
      if (routed !== undefined) {
        return runPipeline(gateway.tables(), request, routed, services);
      }
      if (isProbePath(path) && (method === "GET" || method === "HEAD")) return askApp(request);
      if (askAdmin !== undefined && isAdminPath(path)) return askAdmin(request);
      const tables = gateway.tables();
      if (!isOwnPath(path) && isPlainPath(path) && tables.backends.find(path) !== undefined) {
        return runPipeline(tables, request, toBackends, services);
      }
      return runPipeline(tables, request, toNowhere(path), services);
    },
    refuse(error, seen) {
      const respond = errorResponder(errorTellerOf(seen.path));
      return refuseRequest(gateway.tables(), seen, error, services, respond);
    },
  };
}
