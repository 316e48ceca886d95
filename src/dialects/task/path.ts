/**
 * A path with the model's id in the place of `{model}`.
 * @param keepsSlashes whether the vendor's ids have slashes that stand in the path as they are
 */
export function fillPath(path: string, model: string, keepsSlashes = false): string {
  const encoded = encodeURIComponent(model);
  const filled = keepsSlashes ? encoded.replaceAll("%2F", "/") : encoded;
  return path.replaceAll("{model}", () => filled);
}
