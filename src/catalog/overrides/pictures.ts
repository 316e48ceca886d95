import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";
import { liteLlm } from "./sources.ts";

const imagen = (provider: HttpProviderType, id: string, perImage: number): CatalogOverride => ({
  provider,
  ids: [id],
  set: { kind: "image", prices: [{ perImage }] },
  source: liteLlm,
  asOf: "2026-11-24",
});

/** Imagen, which the data packages do not have; nano-USD for a picture. */
export const pictures: readonly CatalogOverride[] = (["google", "vertex"] as const).flatMap((provider) => [
  imagen(provider, "imagen-4.0-generate-001", 40_000_000),
  imagen(provider, "imagen-4.0-fast-generate-001", 20_000_000),
  imagen(provider, "imagen-4.0-ultra-generate-001", 60_000_000),
]);
