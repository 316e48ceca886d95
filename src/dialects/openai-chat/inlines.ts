import type { MediaKind, TargetTraits } from "../dialect.ts";
import { quirksOf } from "./quirks.ts";

const SOUND_AND_FILES: readonly MediaKind[] = ["file", "audio"];
const SOUND: readonly MediaKind[] = ["audio"];
const ALL: readonly MediaKind[] = ["image", "file", "audio"];

/** Chat Completions name pictures by URLs, sound never, and files with some vendors only. */
export function inlines(traits: TargetTraits): readonly MediaKind[] {
  const { imageUrls, files } = quirksOf(traits);
  if (!imageUrls) return ALL;
  return files === "file" ? SOUND_AND_FILES : SOUND;
}
