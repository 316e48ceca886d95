import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { openCallLog } from "../../../src/stores/sqlite/call-log-reader.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const folder = tempFolder();
const oneCall = Bun.fileURLToPath(new URL("./support/one-call-process.ts", import.meta.url));
const fullDisk = Bun.fileURLToPath(new URL("./support/full-disk-process.ts", import.meta.url));

describe("a process", () => {
  test("is not kept from ending by the call log, but by a flush", async () => {
    const file = join(folder, "ended.sqlite");
    const child = Bun.spawn([process.execPath, oneCall, file], { stdout: "pipe" });
    expect(await child.stdout.text()).toBe("flushed\n");
    expect(await child.exited).toBe(0);
    const reader = openCallLog(file);
    expect(reader.read({ limit: 10 }).length).toBeGreaterThanOrEqual(1);
    reader.close();
  });

  test("lives through a full disk and goes on when there is space", async () => {
    const file = join(folder, "full.sqlite");
    // A limit on the size of files stands for the disk: 512 blocks of 1024 bytes, until it is lifted.
    const shell = 'trap "" XFSZ; ulimit -S -f 512; exec "$0" "$@"';
    const child = Bun.spawn(["bash", "-c", shell, process.execPath, fullDisk, file], {
      stdout: "pipe",
      stdin: "pipe",
    });
    const output = lines(child.stdout);
    expect(await output()).toBe("full");
    await Bun.$`prlimit --pid ${child.pid} --fsize=unlimited`;
    child.stdin.write("go on\n");
    child.stdin.flush();
    const { recorded, lost, problems } = JSON.parse(await output());
    expect(await child.exited).toBe(0);
    expect(problems.join()).toMatch(/the file cannot be written: (disk I\/O error|database or disk is full)/);
    const reader = openCallLog(file);
    const noted = reader.losses(0).reduce((sum, { rows }) => sum + rows, 0);
    expect(reader.read({ limit: 1_000_000 })).toHaveLength(recorded - lost);
    expect(noted).toBe(lost);
    reader.close();
  });
});

/** Reads a stream line by line. */
function lines(stream: ReadableStream<Uint8Array>): () => Promise<string> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let text = "";
  return async () => {
    while (!text.includes("\n")) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`ended early: ${text}`);
      text += decoder.decode(value, { stream: true });
    }
    const end = text.indexOf("\n");
    const line = text.slice(0, end);
    text = text.slice(end + 1);
    return line;
  };
}
