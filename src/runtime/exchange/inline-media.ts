import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { MediaSource } from "../../canonical/content.ts";
import type { Message } from "../../canonical/message.ts";
import type { MediaKind } from "../../dialects/dialect.ts";
import { LatchkeyError } from "../../kernel/error.ts";

/** Fetches a file by its URL. @throws LatchkeyError LK-2111, with `param`. */
export type MediaFetcher = (
  url: string,
  param: string,
) => Promise<{ readonly mediaType: string; readonly bytes: Uint8Array }>;

/** Files of one request that are fetched at most; more is no conversation but a way to make the gateway work. */
const MAX_FILES = 20;

type Part = Message["content"][number];

/** Whether a request names files of some kinds by URLs. */
export function hasUrls({ messages }: ChatRequest, kinds: readonly MediaKind[]): boolean {
  return messages.some(({ content }) =>
    (content as readonly Part[]).some((part) => urlOf(part, kinds) !== undefined),
  );
}

/**
 * A request with the files of some kinds in it that were named by URLs. All are fetched at once.
 * @param pathOf where a part of the canonical request stands in the caller's
 * @throws LatchkeyError LK-2111, LK-2102 for too many files.
 */
export async function inlineMedia(
  request: ChatRequest,
  kinds: readonly MediaKind[],
  fetchMedia: MediaFetcher,
  pathOf: (path: string) => string,
): Promise<ChatRequest> {
  let files = 0;
  const inlinePart = async (part: Part, path: string): Promise<Part> => {
    const url = urlOf(part, kinds);
    if (url === undefined) return part;
    const param = pathOf(path);
    if (++files > MAX_FILES) {
      const message = `The request names more than ${MAX_FILES} files by URLs; send the others as base64.`;
      throw new LatchkeyError("LK-2102", message, { param });
    }
    const { mediaType, bytes } = await fetchMedia(url, param);
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
    return { ...part, source: { kind: "base64", mediaType, data } } as Part;
  };
  const messages = await Promise.all(
    request.messages.map(async (message, index): Promise<Message> => {
      const parts = (message.content as readonly Part[]).map((part, place) =>
        inlinePart(part, `messages[${index}].content[${place}]`),
      );
      return { ...message, content: await Promise.all(parts) } as Message;
    }),
  );
  return { ...request, messages };
}

function urlOf(part: Part, kinds: readonly MediaKind[]): string | undefined {
  if (part.type !== "image" && part.type !== "file" && part.type !== "audio") return undefined;
  const source: MediaSource | undefined = kinds.includes(part.type) ? part.source : undefined;
  return source?.kind === "url" ? source.url : undefined;
}
