import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { isMultipart, readBoundary } from "../../../src/dialects/multipart/boundary.ts";
import { parseMultipart, partText } from "../../../src/dialects/multipart/parse.ts";
import { type NewPart, replacePart, writeMultipart } from "../../../src/dialects/multipart/write.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { recordedExchanges } from "../../support/recorded-exchanges.ts";
import { hasRecordings } from "../../support/recordings.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const type = "multipart/form-data; boundary=b0";
const form = (...parts: readonly string[]): string =>
  `${parts.map((part) => `--b0\r\n${part}\r\n`).join("")}--b0--\r\n`;
const field = (name: string, value: string): string =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;

/** Names and contents of a form, contents as text. */
function read(body: string, contentType = type): readonly (readonly [string, string])[] {
  const bytes = encode(body);
  return parseMultipart(bytes, contentType).parts.map((part) => [part.name, partText(bytes, part)]);
}

function refusal(work: () => unknown): LatchkeyError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was refused");
}

describe("the content type of a form", () => {
  test.each([
    ["multipart/form-data; boundary=abc", "abc"],
    [`Multipart/Form-Data;boundary="a b:c"`, "a b:c"],
    ["multipart/form-data; charset=utf-8; BOUNDARY=----WebKitFormBoundary7MA4", "----WebKitFormBoundary7MA4"],
    ["multipart/form-data; boundary=-----------RubyMultipartPost-0a", "-----------RubyMultipartPost-0a"],
  ])("names a boundary: %s", (contentType, boundary) => {
    expect(readBoundary(contentType)).toBe(boundary);
    expect(isMultipart(contentType)).toBe(true);
  });

  test.each([
    "multipart/form-data",
    "multipart/form-data; boundary=",
    `multipart/form-data; boundary=""`,
    "multipart/form-data; boundary=a; boundary=b",
    "multipart/form-data; boundary=a;; x",
    `multipart/form-data; boundary="a`,
    `multipart/form-data; boundary="a "`,
    "multipart/form-data; boundary=ä",
    `multipart/form-data; boundary=${"x".repeat(71)}`,
    `multipart/form-data; boundary=a; x=${"y".repeat(600)}`,
    "multipart/mixed; boundary=a",
    "application/json",
  ])("is refused: %s", (contentType) => {
    const error = refusal(() => readBoundary(contentType));
    expect([error.code, error.param]).toEqual(["LK-2108", "content-type"]);
  });
});

describe("parseMultipart", () => {
  test("finds fields and files, their names, types and places", () => {
    const body = encode(
      form(
        field("model", "whisper-1"),
        `content-disposition: form-data; name="file"; filename="ü %22.wav"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n\r\n--b\r\n`,
        field("prompt", ""),
      ),
    );
    const { boundary, parts } = parseMultipart(body, type);
    expect(boundary).toBe("b0");
    expect(parts.map(({ name, filename, contentType }) => [name, filename, contentType])).toEqual([
      ["model", undefined, ""],
      ["file", "ü %22.wav", "audio/wav"],
      ["prompt", undefined, ""],
    ]);
    expect(parts.map((part) => partText(body, part))).toEqual(["whisper-1", "RIFF\r\n\r\n--b\r\n", ""]);
  });

  test("reads what the platform's own FormData writes", async () => {
    const data = new FormData();
    data.set("model", "gpt-image-1");
    data.append("image[]", new Blob(["\x89PNG"], { type: "image/png" }), `a "b".png`);
    data.append("image[]", new Blob(["two"]), "ö.png");
    const request = new Request("http://127.0.0.1/", { method: "POST", body: data });
    const bytes = new Uint8Array(await request.clone().arrayBuffer());
    const { parts } = parseMultipart(bytes, request.headers.get("content-type") ?? "");
    expect(parts.map(({ name }) => name)).toEqual(["model", "image[]", "image[]"]);
    expect(parts.map((part) => partText(bytes, part)).slice(0, 1)).toEqual(["gpt-image-1"]);
    expect(parts[1]?.contentType).toBe("image/png");
    expect(parts[2]?.filename).toBe("ö.png");
  });

  test("takes an end without a line break and one with an empty line", () => {
    const body = form(field("model", "m"));
    expect(read(body.trimEnd())).toEqual([["model", "m"]]);
    expect(read(`${body}\r\n`)).toEqual([["model", "m"]]);
  });

  test.each([
    ["is empty", ""],
    ["has no parts", "--b0--\r\n"],
    ["has a preamble", `hello\r\n${form(field("model", "m"))}`],
    ["begins with an empty line", `\r\n${form(field("model", "m"))}`],
    ["has an epilogue", `${form(field("model", "m"))}--b0\r\n`],
    ["has text after its end", `${form(field("model", "m"))}x`],
    ["never ends", `--b0\r\n${field("model", "m")}\r\n`],
    ["ends in its boundary", `--b0\r\n${field("model", "m")}\r\n--b0`],
    ["has lines that end in LF only", form(field("model", "m")).replaceAll("\r\n", "\n")],
    ["has a boundary after LF only", `--b0\r\n${field("a", `x\n--b0\n${field("model", "m")}`)}\r\n--b0--`],
    ["has its boundary inside of a line", form(field("a", "x --b0 y"))],
    ["has a longer boundary inside", form(field("a", "x\r\n--b01\r\ny"))],
    ["has padding after its boundary", `--b0 \r\n${field("model", "m")}\r\n--b0--`],
    ["has a part without headers", form("\r\nvalue")],
    ["has a part without an empty line", form(`Content-Disposition: form-data; name="a"`)],
    ["has a part that says nothing of itself", form("Content-Type: text/plain\r\n\r\nx")],
    ["has an attachment", form(`Content-Disposition: attachment; name="a"\r\n\r\nx`)],
    ["has a part without a name", form("Content-Disposition: form-data\r\n\r\nx")],
    ["has an empty name", form(field("", "x"))],
    ["has a name with a backslash", form(field("mo\\del", "x"))],
    [
      "has a guarded quote",
      form(`Content-Disposition: form-data; name="a"; filename="b\\"; name="model"\r\n\r\nx`),
    ],
    ["has two names", form(`Content-Disposition: form-data; name="a"; name="model"\r\n\r\nx`)],
    ["has an extended name", form(`Content-Disposition: form-data; name="a"; name*=utf-8''model\r\n\r\nx`)],
    [
      "has an extended file name",
      form(`Content-Disposition: form-data; name="a"; filename*=utf-8''b\r\n\r\nx`),
    ],
    [
      "has a header twice",
      form(
        `Content-Disposition: form-data; name="a"\r\nContent-disposition: form-data; name="model"\r\n\r\nx`,
      ),
    ],
    ["has a folded header", form(`Content-Disposition: form-data;\r\n name="a"\r\n\r\nx`)],
    ["has a header with a space", form(`Content-Disposition : form-data; name="a"\r\n\r\nx`)],
    ["has a NUL in a header", form(`Content-Disposition: form-data; name="a\0"\r\n\r\nx`)],
    ["has a bare CR in a header", form(`Content-Disposition: form-data; name="a\r"\r\n\r\nx`)],
    [
      "has base64 inside",
      form(`Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==`),
    ],
  ])("refuses a form that %s", (_what, body) => {
    expect(refusal(() => read(body)).code).toBe("LK-2102");
  });

  test("refuses fields that are not UTF-8, and names them", () => {
    const bytes = encode(form(field("prompt", "xy")));
    bytes[bytes.indexOf(0x78)] = 0xff;
    const [part] = parseMultipart(bytes, type).parts;
    expect(part).toBeDefined();
    if (part === undefined) return;
    expect(refusal(() => partText(bytes, part))).toMatchObject({ code: "LK-2102", param: "prompt" });
  });

  test("keeps to its bounds", () => {
    const bounds = { maxParts: 2, maxHeaderBytes: 60, maxFieldBytes: 5, maxFileBytes: 8 };
    const parse = (body: string) => parseMultipart(encode(body), type, bounds).parts.length;
    expect(parse(form(field("a", "12345"), field("b", "")))).toBe(2);
    expect(refusal(() => parse(form(field("a", ""), field("b", ""), field("c", ""))))).toMatchObject({
      code: "LK-2104",
    });
    expect(refusal(() => parse(form(field("a", "123456"))))).toMatchObject({ code: "LK-2104", param: "a" });
    const file = `Content-Disposition: form-data; name="f"; filename="x"\r\n\r\n`;
    expect(parse(form(`${file}12345678`))).toBe(1);
    expect(refusal(() => parse(form(`${file}123456789`))).code).toBe("LK-2104");
    expect(refusal(() => parse(form(field("a".repeat(60), "")))).code).toBe("LK-2104");
  });

  test("takes large forms and hostile ones in one pass", () => {
    const half = "\r\n--b".repeat(500_000);
    expect(read(form(`Content-Disposition: form-data; name="f"; filename="x"\r\n\r\n${half}`))).toHaveLength(
      1,
    );
    const spaces = " ".repeat(4_000);
    const parts = Array.from(
      { length: 100 },
      () => `X:${spaces}x${spaces.slice(0, 20)}\r\n${field("a", "")}`,
    );
    expect(read(form(...parts))).toHaveLength(100);
    expect(refusal(() => read(form(...Array.from({ length: 100_000 }, () => field("a", ""))))).code).toBe(
      "LK-2104",
    );
  });

  test("never throws anything but a refusal", () => {
    const piece = fc.constantFrom(
      "--b0",
      "\r\n",
      "--",
      "\n",
      "Content-Disposition: form-data; ",
      `name="model"`,
      `filename="x"`,
      ";",
      `"`,
      "\\",
      "x",
      "\r\n\r\n",
      "é",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 30 }).map((list) => list.join("")),
          fc.string(),
        ),
        (body) => {
          for (const text of [body, `--b0\r\n${body}`, form(body), form(field("a", body))]) {
            try {
              for (const [name] of read(text)) expect(name).not.toBe("");
            } catch (thrown) {
              expect(thrown).toBeInstanceOf(LatchkeyError);
            }
          }
        },
      ),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, contentType) => {
        for (const header of [type, contentType, `multipart/form-data;${contentType}`]) {
          try {
            parseMultipart(bytes, header);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(LatchkeyError);
          }
        }
      }),
    );
  });
});

describe("a form that is written", () => {
  const text = fc.record({ name: fc.string({ minLength: 1 }), text: fc.string() });
  const file = fc.record({
    name: fc.string({ minLength: 1 }),
    bytes: fc.uint8Array({ maxLength: 300 }),
    filename: fc.string(),
    contentType: fc.constantFrom("image/png", "audio/wav", "", "x\r\ny: z"),
  });

  test("is read again as it was meant", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, file), { minLength: 1, maxLength: 8 }),
        (parts: readonly NewPart[]) => {
          const named = parts.filter(({ name }) => /^[\x20-\x7e]+$/.test(name));
          fc.pre(named.length > 0);
          const { body, contentType } = writeMultipart(named);
          const read = parseMultipart(body, contentType);
          expect(
            read.parts.map((part) => decodeURIComponent(part.name.replaceAll(/%(?!22|5C)/g, "%25"))),
          ).toEqual(named.map(({ name }) => name));
          const contents = read.parts.map(({ span }) => [...body.subarray(span.start, span.end)]);
          expect(contents).toEqual(
            named.map((part) => [...("bytes" in part ? part.bytes : encode(part.text))]),
          );
          expect(read.parts.map(({ filename }) => filename !== undefined)).toEqual(
            named.map((part) => "bytes" in part),
          );
        },
      ),
    );
  });

  test("keeps a hostile type or file name inside of its header", () => {
    const { body, contentType } = writeMultipart([
      { name: "file", bytes: encode("x"), filename: `a"\r\nX: y\\.wav`, contentType: "audio/wav\r\nX: y" },
    ]);
    expect(parseMultipart(body, contentType).parts).toMatchObject([
      { filename: "a%22X: y%5C.wav", contentType: "application/octet-stream" },
    ]);
  });

  test("changes one part and no other byte", () => {
    fc.assert(
      fc.property(fc.array(file, { maxLength: 4 }), fc.nat(4), fc.string(), (files, place, model) => {
        const parts: NewPart[] = files.map((part, index) => ({ ...part, name: `f${index}`, filename: "x" }));
        parts.splice(Math.min(place, parts.length), 0, { name: "model", text: "before" });
        const { body, contentType } = writeMultipart(parts);
        const read = parseMultipart(body, contentType);
        const found = read.parts.find(({ name }) => name === "model");
        if (found === undefined) throw new Error("no model");
        const changed = replacePart(body, read, found, encode(model));
        expect([...changed.subarray(0, found.span.start)]).toEqual([...body.subarray(0, found.span.start)]);
        expect([...changed.subarray(found.span.start + encode(model).length)]).toEqual([
          ...body.subarray(found.span.end),
        ]);
        const again = parseMultipart(changed, contentType).parts.find(({ name }) => name === "model");
        expect(again && partText(changed, again)).toBe(
          partText(encode(model), { ...found, span: { start: 0, end: encode(model).length } }),
        );
      }),
    );
  });

  test("refuses a model's id that would end its part", () => {
    const bytes = encode(form(field("model", "m")));
    const read = parseMultipart(bytes, type);
    const [part] = read.parts;
    if (part === undefined) throw new Error("no part");
    expect(refusal(() => replacePart(bytes, read, part, encode("x\r\n--b0--")))).toMatchObject({
      code: "LK-5001",
    });
  });
});

describe("forms of recorded clients", () => {
  // Some recorders keep the fields of a form instead of its bytes.
  const forms = recordedExchanges("audio.transcriptions", "audio.translations", "images").filter(
    ({ requestType = "", requestBytes }) => isMultipart(requestType) && requestBytes?.[0] === 0x2d,
  );

  test("are read", () => {
    expect(forms.length > 0).toBe(hasRecordings);
    for (const { requestBytes = new Uint8Array(), requestType = "" } of forms) {
      const names = parseMultipart(requestBytes, requestType).parts.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(["model", "file"]));
    }
  });
});
