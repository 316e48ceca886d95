import type { Gateway } from "../../runtime/gateway.ts";

/** `GET /healthz`: the process is alive. */
export function health(): Response {
  return Response.json({ status: "ok" });
}

/** `GET /readyz`: calls can be served; 503 while the gateway starts or shuts down. */
export function readiness(gateway: Gateway): Response {
  const ready = gateway.ready();
  return Response.json({ status: ready ? "ready" : "not-ready" }, { status: ready ? 200 : 503 });
}
