import type { ArtifactLimit } from "../../artifact/artifact.ts";
import { providerProfiles } from "../../catalog/providers/index.ts";
import type { ConfigGraph, DeclarationKind, GraphDeclaration } from "../evaluate/graph.ts";
import { declarationOf, type ReadContext } from "../read/reader.ts";
import { providerText } from "../read/secret.ts";
import { readShape, type Shape, type Shaped } from "../read/shape.ts";
import {
  appShape,
  keyShape,
  type ReadApp,
  type ReadKey,
  type ReadService,
  type ReadTenant,
  serviceShape,
  tenantShape,
} from "../read/shapes/access.ts";
import { type ReadApproval, readApproval } from "../read/shapes/approval.ts";
import { backendShape, type ReadBackend } from "../read/shapes/backend.ts";
import { gatewayShape, type ReadGateway } from "../read/shapes/gateway.ts";
import {
  oidcShape,
  type ReadOidc,
  type ReadSmtp,
  type ReadWebhook,
  smtpShape,
  webhookShape,
} from "../read/shapes/identity.ts";
import { budgetShape, planShape, type ReadBudget, type ReadPlan, readLimit } from "../read/shapes/policy.ts";
import {
  type DeclaredProvider,
  type ProviderType,
  providerShape,
  type ReadProvider,
} from "../read/shapes/provider.ts";
import {
  endpointShape,
  fallbackShape,
  modelShape,
  type ReadEndpoint,
  type ReadFallback,
  type ReadModel,
  type ReadTarget,
  targetShape,
} from "../read/shapes/supply.ts";
import type { Report } from "../report.ts";
import type { NamedConfig } from "./name-declarations.ts";

/** Declarations of one kind by their ids, in the order in which they were met. */
export type Declared<T> = ReadonlyMap<number, T>;

/** A config whose options have the right types, or are undefined where the report says what is wrong. */
export interface ReadConfig extends NamedConfig {
  readonly gateway: ReadGateway;
  readonly providers: Declared<DeclaredProvider>;
  readonly targets: Declared<ReadTarget>;
  readonly fallbacks: Declared<ReadFallback>;
  readonly models: Declared<ReadModel>;
  readonly endpoints: Declared<ReadEndpoint>;
  readonly backends: Declared<ReadBackend>;
  readonly oidc: Declared<ReadOidc>;
  readonly webhooks: Declared<ReadWebhook>;
  readonly smtp: Declared<ReadSmtp>;
  readonly services: Declared<ReadService>;
  readonly tenants: Declared<ReadTenant>;
  readonly apps: Declared<ReadApp>;
  readonly keys: Declared<ReadKey>;
  readonly limits: Declared<ArtifactLimit>;
  readonly budgets: Declared<ReadBudget>;
  readonly plans: Declared<ReadPlan>;
  readonly approvals: Declared<ReadApproval>;
}

/** Reads every option of every declaration. */
export function readConfig(config: NamedConfig, report: Report): ReadConfig {
  const context: ReadContext = { graph: config.graph, report };
  const each = <T>(
    kind: DeclarationKind,
    read: (declaration: GraphDeclaration, id: number) => T | undefined,
  ): Declared<T> => collect(config.graph, kind, read);
  const shaped = <S extends Shape>(kind: DeclarationKind, shape: S): Declared<Shaped<S>> =>
    each(kind, ({ fields }, id) => readShape(shape, fields, { declaration: id, path: [] }, context));
  const [gateway] = shaped("gateway", gatewayShape).values();
  return {
    ...config,
    gateway: gateway ?? readShape(gatewayShape, {}, { declaration: 0, path: [] }, context),
    providers: each("provider", (declaration, id) => readProvider(declaration, id, context)),
    targets: each("target", (declaration, id) => readTarget(declaration, id, context)),
    fallbacks: shaped("fallback", fallbackShape),
    models: shaped("model", modelShape),
    endpoints: shaped("endpoint", endpointShape),
    backends: shaped("backend", backendShape),
    oidc: shaped("oidc", oidcShape),
    webhooks: shaped("webhook", webhookShape),
    smtp: shaped("smtp", smtpShape),
    services: shaped("service", serviceShape),
    tenants: shaped("tenant", tenantShape),
    apps: shaped("app", appShape),
    keys: shaped("key", keyShape),
    limits: each("limit", (declaration, id) => readLimit(declaration, id, context)),
    budgets: shaped("budget", budgetShape),
    plans: shaped("plan", planShape),
    approvals: each("approval", (declaration, id) => readApproval(declaration, id, context)),
  };
}

function collect<T>(
  graph: ConfigGraph,
  kind: DeclarationKind,
  read: (declaration: GraphDeclaration, id: number) => T | undefined,
): Declared<T> {
  const found = new Map<number, T>();
  graph.declarations.forEach((declaration, id) => {
    const value = declaration.kind === kind ? read(declaration, id) : undefined;
    if (value !== undefined) found.set(id, value);
  });
  return found;
}

function readProvider(
  { head, fields }: GraphDeclaration,
  id: number,
  context: ReadContext,
): DeclaredProvider | undefined {
  const type = head["type"];
  if (typeof type !== "string" || !isProviderType(type)) return undefined;
  const options: ReadProvider = readShape(
    providerShape(type, fields),
    fields,
    { declaration: id, path: [] },
    context,
  );
  return { type, ...options };
}

function isProviderType(type: string): type is ProviderType {
  return type === "demo" || Object.hasOwn(providerProfiles, type);
}

function readTarget({ head, fields }: GraphDeclaration, id: number, context: ReadContext): ReadTarget {
  const at = { declaration: id, path: [] };
  const { provider = null, upstreamModel = null } = head;
  return {
    ...readShape(targetShape, fields, at, context),
    provider: declarationOf("provider")(provider, at, context),
    upstreamModel: providerText(upstreamModel, at, context),
  };
}
