import { expect, test } from "bun:test";
import fc from "fast-check";
import { RequestReader } from "../../bench/upstream/request-reader.ts";

const BODY = '{"text":"grün"}';
const POST = `POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\nContent-Length: ${Buffer.byteLength(BODY)}\r\n\r\n${BODY}`;
const GET = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";

test("a request without a body ends with its head", () => {
  const requests = new RequestReader().read(Buffer.from(GET));
  expect(requests.map(({ head, body }) => [head, body.toString()])).toEqual([[GET.trimEnd(), ""]]);
});

test("requests one after the other are told apart wherever they are cut", () => {
  const bytes = Buffer.from(POST + GET + POST);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
      const reader = new RequestReader();
      const positions = [0, ...cuts.toSorted((left, right) => left - right), bytes.length];
      const requests = positions
        .slice(1)
        .flatMap((end, index) => reader.read(bytes.subarray(positions[index], end)));
      expect(requests.map(({ body }) => body.toString())).toEqual([BODY, "", BODY]);
      expect(requests.map(({ head }) => head.slice(0, 4))).toEqual(["POST", "GET ", "POST"]);
    }),
  );
});

test("bytes that the socket uses again do not change a request that waits", () => {
  const reader = new RequestReader();
  const first = Buffer.from(POST.slice(0, 40));
  reader.read(first);
  first.fill(0);
  expect(reader.read(Buffer.from(POST.slice(40))).map(({ body }) => body.toString())).toEqual([BODY]);
});

test("a chunked request is refused", () => {
  const chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  expect(() => new RequestReader().read(Buffer.from(chunked))).toThrow(RangeError);
});
