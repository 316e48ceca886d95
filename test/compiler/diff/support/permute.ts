import type { Artifact } from "../../../../src/artifact/artifact.ts";
import { decodeIdSet, encodeIdSet, hasId } from "../../../../src/artifact/grant.ts";

/** Gives a number from 0 up to, but not including, `below`. */
export type Draw = (below: number) => number;

/** New id of each row by its old one. */
type Moves = readonly number[];

/** The same artifact with every table in another order and all ids changed to fit. */
export function permute(artifact: Artifact, draw: Draw): Artifact {
  const moves = (table: readonly unknown[]): Moves =>
    shuffle(
      table.map((_, id) => id),
      draw,
    );
  const to = {
    providers: moves(artifact.providers),
    targets: moves(artifact.targets),
    models: moves(artifact.models),
    endpoints: moves(artifact.endpoints),
    backends: moves(artifact.backends),
    services: moves(artifact.services),
    tenants: moves(artifact.tenants),
    apps: moves(artifact.apps),
    keys: moves(artifact.keys),
    grants: moves(artifact.grants),
  };
  const set = (hex: string, size: number, move: Moves): string => {
    const words = decodeIdSet(hex, size);
    return encodeIdSet(move.filter((_, id) => hasId(words, id)));
  };
  const all = (ids: readonly number[], move: Moves): number[] =>
    shuffle(
      ids.map((id) => at(move, id)),
      draw,
    );
  const visible = (ids: readonly number[] | null): number[] | null => ids && all(ids, to.tenants);
  return {
    ...artifact,
    providers: place(artifact.providers, to.providers),
    targets: place(artifact.targets, to.targets).map((row) => ({
      ...row,
      provider: at(to.providers, row.provider),
    })),
    // The order of a model's targets is what it says; all other lists of ids are sets.
    models: place(artifact.models, to.models).map((row) => ({
      ...row,
      targets: row.targets.map((id) => at(to.targets, id)),
    })),
    endpoints: place(artifact.endpoints, to.endpoints).map((row) => ({
      ...row,
      model: at(to.models, row.model),
      successor: row.successor === null ? null : at(to.endpoints, row.successor),
    })),
    routes: shuffle(artifact.routes, draw).map((row) => ({
      ...row,
      endpoint: at(to.endpoints, row.endpoint),
    })),
    backends: place(artifact.backends, to.backends).map((row) => ({
      ...row,
      successor: row.successor === null ? null : at(to.backends, row.successor),
    })),
    services: place(artifact.services, to.services).map((row) => ({
      ...row,
      owner: at(to.tenants, row.owner),
      models: all(row.models, to.models),
      endpoints: all(row.endpoints, to.endpoints),
      backends: all(row.backends, to.backends),
      visibleTo: visible(row.visibleTo),
      approval:
        row.approval.mode === "automatic"
          ? { ...row.approval, when: { ...row.approval.when, tenants: visible(row.approval.when.tenants) } }
          : row.approval,
    })),
    tenants: place(artifact.tenants, to.tenants).map((row) => ({
      ...row,
      members: shuffle(row.members, draw),
      groups: shuffle(row.groups, draw),
    })),
    apps: place(artifact.apps, to.apps).map((row) => ({
      ...row,
      tenant: at(to.tenants, row.tenant),
      uses: all(row.uses, to.services),
      grant: at(to.grants, row.grant),
    })),
    keys: place(artifact.keys, to.keys).map((row) => ({
      ...row,
      app: at(to.apps, row.app),
      grant: at(to.grants, row.grant),
      scope: row.scope && {
        ...row.scope,
        services: row.scope.services && all(row.scope.services, to.services),
        models: row.scope.models && all(row.scope.models, to.models),
        endpoints: row.scope.endpoints && all(row.scope.endpoints, to.endpoints),
        backends: row.scope.backends && all(row.scope.backends, to.backends),
      },
      networks: row.networks && shuffle(row.networks, draw),
      limits: shuffle(row.limits, draw),
    })),
    grants: place(artifact.grants, to.grants).map(({ models, endpoints, backends }) => ({
      models: set(models, artifact.models.length, to.models),
      endpoints: set(endpoints, artifact.endpoints.length, to.endpoints),
      backends: set(backends, artifact.backends.length, to.backends),
    })),
  };
}

function place<Row>(rows: readonly Row[], move: Moves): Row[] {
  const placed = [...rows];
  rows.forEach((row, id) => {
    placed[at(move, id)] = row;
  });
  return placed;
}

function at(move: Moves, id: number): number {
  const moved = move[id];
  if (moved === undefined) throw new RangeError(`no row ${id}`);
  return moved;
}

function shuffle<Item>(items: readonly Item[], draw: Draw): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(draw(left.length), 1));
}
