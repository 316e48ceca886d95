import type { AdminOperationName } from "./client-types.ts";

/** Where an operation is. */
export interface AdminRoute {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/admin/v1`, with `{names}` of parameters. */
  readonly path: string;
  readonly takesBody: boolean;
}

/**
 * Where each operation is: what the contract says, as plain data, so that the client does not bring its schemas along. A
 * test compares the two.
 */
export const adminRoutes: Readonly<Record<AdminOperationName, AdminRoute>> = {
  "me.get": { method: "GET", path: "/me", takesBody: false },
  "tenants.list": { method: "GET", path: "/tenants", takesBody: false },
  "tenants.get": { method: "GET", path: "/tenants/{tenant}", takesBody: false },
  "members.list": { method: "GET", path: "/tenants/{tenant}/members", takesBody: false },
  "apps.list": { method: "GET", path: "/tenants/{tenant}/apps", takesBody: false },
  "apps.get": { method: "GET", path: "/tenants/{tenant}/apps/{app}", takesBody: false },
  "keys.list": { method: "GET", path: "/tenants/{tenant}/keys", takesBody: false },
  "keys.get": { method: "GET", path: "/tenants/{tenant}/keys/{id}", takesBody: false },
  "keys.create": { method: "POST", path: "/tenants/{tenant}/keys", takesBody: true },
  "keys.update": { method: "PATCH", path: "/tenants/{tenant}/keys/{id}", takesBody: true },
  "keys.rotate": { method: "POST", path: "/tenants/{tenant}/keys/{id}/rotate", takesBody: true },
  "keys.revoke": { method: "POST", path: "/tenants/{tenant}/keys/{id}/revoke", takesBody: true },
  "keys.inspect": { method: "POST", path: "/tenants/{tenant}/keys/inspect", takesBody: true },
  "services.list": { method: "GET", path: "/tenants/{tenant}/services", takesBody: false },
  "services.get": { method: "GET", path: "/tenants/{tenant}/services/{service}", takesBody: false },
  "endpoints.list": { method: "GET", path: "/tenants/{tenant}/endpoints", takesBody: false },
  "backends.list": { method: "GET", path: "/tenants/{tenant}/backends", takesBody: false },
  "subscriptions.list": { method: "GET", path: "/tenants/{tenant}/subscriptions", takesBody: false },
  "subscriptions.get": { method: "GET", path: "/tenants/{tenant}/subscriptions/{id}", takesBody: false },
  "subscriptions.request": { method: "POST", path: "/tenants/{tenant}/subscriptions", takesBody: true },
  "subscriptions.cancel": {
    method: "POST",
    path: "/tenants/{tenant}/subscriptions/{id}/cancel",
    takesBody: true,
  },
  "subscriptions.renew": {
    method: "POST",
    path: "/tenants/{tenant}/subscriptions/{id}/renew",
    takesBody: false,
  },
  "subscriptions.preview": {
    method: "POST",
    path: "/tenants/{tenant}/subscriptions/preview",
    takesBody: true,
  },
  "approvals.inbox": { method: "GET", path: "/tenants/{tenant}/approvals", takesBody: false },
  "approvals.get": { method: "GET", path: "/tenants/{tenant}/approvals/{id}", takesBody: false },
  "approvals.approve": { method: "POST", path: "/tenants/{tenant}/approvals/{id}/approve", takesBody: true },
  "approvals.reject": { method: "POST", path: "/tenants/{tenant}/approvals/{id}/reject", takesBody: true },
  "approvals.revoke": { method: "POST", path: "/tenants/{tenant}/approvals/{id}/revoke", takesBody: true },
  "approvals.preview": { method: "POST", path: "/tenants/{tenant}/approvals/{id}/preview", takesBody: true },
  "approvals.export": { method: "GET", path: "/tenants/{tenant}/approvals-export", takesBody: false },
  "approvals.exportAll": { method: "GET", path: "/approvals-export", takesBody: false },
  "subscribers.list": { method: "GET", path: "/tenants/{tenant}/subscribers", takesBody: false },
  "access.matrix": { method: "GET", path: "/tenants/{tenant}/access", takesBody: false },
  "access.why": { method: "GET", path: "/tenants/{tenant}/access/why", takesBody: false },
  "audit.list": { method: "GET", path: "/tenants/{tenant}/audit", takesBody: false },
  "audit.listAll": { method: "GET", path: "/audit", takesBody: false },
  "audit.verify": { method: "GET", path: "/audit-verification", takesBody: false },
  "deliveries.list": { method: "GET", path: "/tenants/{tenant}/deliveries", takesBody: false },
  "deliveries.retry": { method: "POST", path: "/tenants/{tenant}/deliveries/{id}/retry", takesBody: false },
  "deliveries.listAll": { method: "GET", path: "/deliveries", takesBody: false },
  "deliveries.retryAny": { method: "POST", path: "/deliveries/{id}/retry", takesBody: false },
  "tokens.list": { method: "GET", path: "/tokens", takesBody: false },
  "tokens.create": { method: "POST", path: "/tokens", takesBody: true },
  "tokens.revoke": { method: "DELETE", path: "/tokens/{id}", takesBody: false },
  "sessions.list": { method: "GET", path: "/sessions", takesBody: false },
  "sessions.revoke": { method: "DELETE", path: "/sessions/{id}", takesBody: false },
  "artifact.current": { method: "GET", path: "/artifact", takesBody: false },
};
