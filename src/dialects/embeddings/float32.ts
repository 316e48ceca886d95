import type { EmbeddingVector } from "../../canonical/embedding.ts";

const BYTES_PER_FLOAT = 4;

/** Standard base64 of numbers as little-endian 32-bit floats, as OpenAI's clients decode it. */
export function encodeFloats(values: readonly number[]): string {
  const bytes = Buffer.allocUnsafe(values.length * BYTES_PER_FLOAT);
  for (let at = 0; at < values.length; at++) bytes.writeFloatLE(values[at] ?? 0, at * BYTES_PER_FLOAT);
  return bytes.toString("base64");
}

/** The numbers in base64 of little-endian 32-bit floats; `undefined` where it is no such thing. */
export function decodeFloats(data: string): readonly number[] | undefined {
  if (!isOfFloats(data)) return undefined;
  const bytes = Buffer.from(data, "base64");
  return Array.from({ length: bytes.length / BYTES_PER_FLOAT }, (_, at) =>
    bytes.readFloatLE(at * BYTES_PER_FLOAT),
  );
}

/** A vector as numbers. */
export function floatsOf(vector: EmbeddingVector): readonly number[] {
  return vector.encoding === "float" ? vector.values : (decodeFloats(vector.data) ?? []);
}

/** A vector as base64. */
export function base64Of(vector: EmbeddingVector): string {
  return vector.encoding === "base64" ? vector.data : encodeFloats(vector.values);
}

/** Reads a vector, in either form; `undefined` where the value is none. */
export function readVector(value: unknown): EmbeddingVector | undefined {
  if (typeof value === "string") return isOfFloats(value) ? { encoding: "base64", data: value } : undefined;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every(isNumber) ? { encoding: "float", values: value } : undefined;
}

/** Reads one vector for each value; `undefined` where one is missing. */
export function readVectors(values: unknown): readonly EmbeddingVector[] | undefined {
  if (!Array.isArray(values)) return undefined;
  const vectors: EmbeddingVector[] = [];
  for (const value of values as readonly unknown[]) {
    const vector = readVector(value);
    if (vector === undefined) return undefined;
    vectors.push(vector);
  }
  return vectors;
}

/** Whether base64 is that of whole numbers of 4 bytes, at least one, without undoing it. */
function isOfFloats(data: string): boolean {
  const padding = data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0;
  const bytes = Math.floor(((data.length - padding) * 3) / 4);
  return bytes > 0 && bytes % BYTES_PER_FLOAT === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(data);
}

/** What is too large for a number is read as infinity, which JSON has no word for. */
function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
