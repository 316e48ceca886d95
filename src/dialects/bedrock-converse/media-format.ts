const IMAGES: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpeg",
  "image/jpg": "jpeg",
  "image/gif": "gif",
  "image/webp": "webp",
};

const DOCUMENTS: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "text/csv": "csv",
  "application/msword": "doc",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.ms-excel": "xls",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "text/html": "html",
  "text/plain": "txt",
  "text/markdown": "md",
};

/** Bedrock's name of a picture's format. Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlock.html */
export function imageFormat(mediaType: string): string | undefined {
  return IMAGES[mediaType.toLowerCase()];
}

/** Bedrock's name of a document's format. Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html */
export function documentFormat(mediaType: string): string | undefined {
  return DOCUMENTS[mediaType.split(";")[0]?.trim().toLowerCase() ?? ""];
}

/** A document's name: letters, digits, single spaces, hyphens and brackets are all that Bedrock takes. */
export function documentName(name: string | undefined, index: number): string {
  const cleaned = (name ?? "")
    .replace(/[^0-9A-Za-z\-()[\]]+/g, " ")
    .trim()
    .slice(0, 200);
  return cleaned === "" ? `document ${index + 1}` : cleaned;
}
