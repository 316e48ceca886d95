import type {
  AppView,
  BackendView,
  EndpointView,
  GatewayView,
  KeyView,
  ModelView,
  ProviderView,
  ReachView,
  ServiceView,
  TenantView,
} from "../../../../sdk/config/gateway-view.ts";
import type { Artifact } from "../../../artifact/artifact.ts";
import { decodeIdSet, hasId } from "../../../artifact/grant.ts";
import { type Trail, tracedList } from "./traced-list.ts";

/** A compiled gateway by names, as invariants see it. Nothing in it can be changed. */
export function viewGateway(artifact: Artifact, trail: Trail): GatewayView {
  return new ViewBuilder(artifact, trail).gateway();
}

class ViewBuilder {
  readonly #artifact: Artifact;
  readonly #trail: Trail;
  readonly #providers: readonly ProviderView[];
  readonly #models: readonly ModelView[];
  readonly #endpoints: readonly EndpointView[];
  readonly #backends: readonly BackendView[];
  readonly #services: readonly ServiceView[];
  readonly #reaches = new Map<string, ReachView>();

  constructor(artifact: Artifact, trail: Trail) {
    this.#artifact = artifact;
    this.#trail = trail;
    this.#providers = artifact.providers.map(({ name, type, region, tags }) =>
      this.#item(`the provider ${name}`, { name, type, region, tags: this.#list(tags) }),
    );
    const targets = artifact.targets.map(({ provider: id, upstreamModel }) => {
      const provider = at(this.#providers, id);
      const { region, tags } = provider;
      const label = `the target ${upstreamModel} of ${provider.name}`;
      return this.#item(label, { provider, upstreamModel, region, tags });
    });
    this.#models = artifact.models.map(({ name, targets: ids }) =>
      this.#item(`the model ${name}`, { name, targets: this.#rows(targets, ids) }),
    );
    this.#endpoints = artifact.endpoints.map(({ name, version, status, model }) =>
      this.#item(`the endpoint ${name} ${version}`, {
        name,
        version,
        status,
        model: at(this.#models, model),
      }),
    );
    this.#backends = artifact.backends.map(({ name, version, status, basePath, upstreams }) => {
      const origins = this.#list(upstreams.map(({ origin }) => origin));
      return this.#item(`the backend ${name} ${version}`, { name, version, status, basePath, origins });
    });
    this.#services = artifact.services.map((row) =>
      this.#item(`the service ${row.name}`, {
        name: row.name,
        owner: at(artifact.tenants, row.owner).name,
        visibleTo: row.visibleTo && this.#list(row.visibleTo.map((id) => at(artifact.tenants, id).name)),
        models: this.#rows(this.#models, row.models),
        endpoints: this.#rows(this.#endpoints, row.endpoints),
        backends: this.#rows(this.#backends, row.backends),
      }),
    );
  }

  gateway(): GatewayView {
    const { tenants, apps, keys } = this.#artifact;
    const appViews = apps.map((row): AppView => {
      const tenant = at(tenants, row.tenant).name;
      const reach = this.#reach(row.grant, row.uses);
      return this.#item(`the application ${tenant}/${row.name}`, { name: row.name, tenant, reach });
    });
    const keyViews = keys.map((row): KeyView => {
      const app = at(appViews, row.app);
      const { name, environment, expiresAtMs, networks, scope } = row;
      const { uses } = at(apps, row.app);
      return this.#item(`the key ${app.tenant}/${app.name}/${name}`, {
        name,
        tenant: app.tenant,
        app: app.name,
        environment,
        expiresAtMs,
        networks: networks && this.#list(networks),
        methods: scope?.methods ? this.#list(scope.methods) : null,
        readOnly: scope?.readOnly ?? false,
        reach: this.#reach(
          row.grant,
          uses.filter((id) => scope?.services?.includes(id) ?? true),
        ),
      });
    });
    const tenantViews = tenants.map(({ name, members }, id): TenantView => {
      const people = members.map(([address, role]) => this.#item(`the member ${address}`, { address, role }));
      const own = appViews.filter((_, app) => at(apps, app).tenant === id);
      return this.#item(`the tenant ${name}`, { name, members: this.#list(people), apps: this.#list(own) });
    });
    return Object.freeze({
      providers: this.#list(this.#providers),
      models: this.#list(this.#models),
      endpoints: this.#list(this.#endpoints),
      backends: this.#list(this.#backends),
      services: this.#list(this.#services),
      tenants: this.#list(tenantViews),
      apps: this.#list(appViews),
      keys: this.#list(keyViews),
    });
  }

  /** Many keys share few. A model behind an endpoint is reached as well. */
  #reach(grant: number, uses: readonly number[]): ReachView {
    const key = `${grant} ${uses.join()}`;
    const known = this.#reaches.get(key);
    if (known !== undefined) return known;
    const row = at(this.#artifact.grants, grant);
    const endpoints = held(this.#endpoints, row.endpoints);
    const models = new Set([...held(this.#models, row.models), ...endpoints.map(({ model }) => model)]);
    const reach = Object.freeze({
      services: this.#rows(this.#services, uses),
      models: this.#list([...models]),
      endpoints: this.#list(endpoints),
      backends: this.#list(held(this.#backends, row.backends)),
    });
    this.#reaches.set(key, reach);
    return reach;
  }

  #rows<Row>(rows: readonly Row[], ids: readonly number[]): readonly Row[] {
    return this.#list(ids.map((id) => at(rows, id)));
  }

  #list<Item>(items: readonly Item[]): readonly Item[] {
    return tracedList(items, this.#trail);
  }

  #item<Item extends object>(label: string, item: Item): Item {
    this.#trail.labels.set(item, label);
    return Object.freeze(item);
  }
}

function held<Row>(rows: readonly Row[], hex: string): readonly Row[] {
  const words = decodeIdSet(hex, rows.length);
  return rows.filter((_, id) => hasId(words, id));
}

/** Artifacts are checked before: their ids point at something. */
function at<Row>(rows: readonly Row[], id: number): Row {
  const row = rows[id];
  if (row === undefined) throw new RangeError(`there is no row ${id}`);
  return row;
}
