import type { JsonObject } from "../../kernel/json.ts";

/** A model, as a list of models names it. */
export interface ListedModel {
  readonly id: string;
  /** The id where absent. */
  readonly displayName?: string;
  /** Seconds since the Unix epoch; the epoch itself where it is not known, as Anthropic does. */
  readonly createdS?: number;
}

/**
 * `GET /v1/models` in Anthropic's shape: all on one page.
 * Wire format: https://docs.anthropic.com/en/api/models-list
 */
export function renderModelsList(models: readonly ListedModel[]): JsonObject {
  return {
    data: models.map(renderModel),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  };
}

/** `GET /v1/models/<model>` in Anthropic's shape. Wire format: https://docs.anthropic.com/en/api/models */
export function renderModel({ id, displayName = id, createdS = 0 }: ListedModel): JsonObject {
  const created = new Date(createdS * 1_000);
  return {
    type: "model",
    id,
    display_name: displayName,
    created_at: (Number.isNaN(created.getTime()) ? new Date(0) : created).toISOString(),
  };
}
