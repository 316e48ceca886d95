import type { TranscriptSegment } from "../../canonical/transcription.ts";

/** Subtitles in SubRip's form. Format: https://en.wikipedia.org/wiki/SubRip#Format */
export function renderSrt(segments: readonly TranscriptSegment[]): string {
  return segments
    .map(
      ({ start, end, text }, index) =>
        `${index + 1}\n${time(start, ",")} --> ${time(end, ",")}\n${oneCue(text)}\n\n`,
    )
    .join("");
}

/** Subtitles for the web. Format: https://www.w3.org/TR/webvtt1/ */
export function renderVtt(segments: readonly TranscriptSegment[]): string {
  const cues = segments.map(
    ({ start, end, text }) => `${time(start, ".")} --> ${time(end, ".")}\n${oneCue(text)}\n\n`,
  );
  return `WEBVTT\n\n${cues.join("")}`;
}

/** What is said may not end its cue or begin another one. */
function oneCue(text: string): string {
  return text
    .trim()
    .replaceAll("-->", "->")
    .replaceAll(/(?:\r\n|\r|\n)+/g, "\n");
}

/** Seconds as `01:02:03,456`. */
function time(seconds: number, point: string): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const digits = (value: number, length: number): string => String(Math.floor(value)).padStart(length, "0");
  const [hours, minutes, rest] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60];
  return `${digits(hours, 2)}:${digits(minutes, 2)}:${digits(rest, 2)}${point}${digits(ms % 1000, 3)}`;
}
