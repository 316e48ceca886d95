import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Glob } from "bun";

const root = resolve(import.meta.dir, "../..");
const documents = [
  ...new Glob("*.md").scanSync(root),
  ...new Glob("{docs,bench}/*.md").scanSync(root),
  ...new Glob("examples/[0-9]*/*.md").scanSync(root),
  "examples/README.md",
].sort();

const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** Names by which the headings of a document are linked to, as GitHub makes them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const names = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set(names);
}

/** Links of a document, code left out, that lead nowhere. */
function deadLinks(file: string): readonly string[] {
  const text = read(file).replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, "");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path = "", anchor] = target.split("#");
    const linked = path === "" ? file : join(dirname(file), path);
    if (!existsSync(join(root, linked))) return true;
    return anchor !== undefined && !anchorsOf(read(linked)).has(anchor);
  });
}

test.each(documents)("every link of %s leads somewhere", (file) => {
  expect(deadLinks(file)).toEqual([]);
});

test("every document can be reached from the README", () => {
  const reached = new Set<string>();
  const follow = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, target = ""] of read(file).matchAll(/\]\(([^)#\s]+\.md)(?:#[^)\s]*)?\)/g))
      if (!/^[a-z]+:/.test(target)) follow(join(dirname(file), target));
  };
  follow("README.md");
  expect(documents.filter((file) => file.startsWith("docs/") && !reached.has(file))).toEqual([]);
});
