import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Diagnostic, SourcePlace } from "../../src/compiler/diagnostic.ts";
import { diagnosticTable } from "../../src/compiler/diagnostic-codes.ts";
import { diagnosticsToJson, renderDiagnostics } from "../../src/compiler/render.ts";

const config = `import { fast } from "./models.ts";

export const texts = service({
  owner: platform,
  offers: [sentiment, fsat],
  visibility: "everyone",
});

`;
const models = "export const fast = model({ targets });\n";
const files: Readonly<Record<string, string>> = { "gateway.config.ts": config, "models.ts": models };

const plain = { sources: (file: string) => files[file], colour: false };
const at = (line: number, column: number, length?: number, file = "gateway.config.ts"): SourcePlace =>
  length === undefined ? { file, line, column } : { file, line, column, length };

function finding(parts: Partial<Omit<Diagnostic, "code">> & { readonly code?: string } = {}): Diagnostic {
  const base = { code: "LK1203", severity: "error", message: "wrong", path: "", notes: [] };
  return { ...base, ...parts } as Diagnostic;
}

/** What helps with all of LK1203. */
const help = "  help: hand it to the gateway: `defineGateway({ services: { texts } })`";

/** The frame of one place in one text. */
function frameOf(source: string, place: SourcePlace, width = 100): string[] {
  const options = { sources: () => source, colour: false, width };
  return renderDiagnostics([finding({ place })], options)
    .split("\n")
    .filter((line) => line.includes("│"));
}

describe("warnings that repeat each other", () => {
  const priceless = (line: number, parts: Partial<Diagnostic> = {}) =>
    finding({
      ...parts,
      code: "LK1601",
      severity: "warning",
      message: `the price of "m${line}" is unknown`,
      path: `models.m${line}`,
      place: at(line, 1),
    });

  test("are one block with a line for each, where the first one stands", () => {
    const text = renderDiagnostics(
      [
        finding({ place: at(4, 1) }),
        priceless(6, { suggestion: 'did you mean "m"?' }),
        priceless(2),
        priceless(5, { notes: [{ message: "first here", place: at(1, 1) }, { message: "names are free" }] }),
      ],
      plain,
    );
    expect(text).toBe(`warning LK1601: the price of a target is unknown, 3 times
  → gateway.config.ts:2:1  models.m2  the price of "m2" is unknown
  → gateway.config.ts:5:1  models.m5  the price of "m5" is unknown
    → gateway.config.ts:1:1  first here
    names are free
  → gateway.config.ts:6:1  models.m6  the price of "m6" is unknown; did you mean "m"?
  help: the catalog has none, so say it: \`oai("my-model", { price: { input: "0.15 USD", output: "0.60 USD" } })\`

error LK1203: wrong
  → gateway.config.ts:4:1
  3 │ export const texts = service({
  4 │   owner: platform,
    │ ^
  5 │   offers: [sentiment, fsat],
  help: hand it to the gateway: \`defineGateway({ services: { texts } })\`

1 error, 3 warnings
`);
  });

  test("say once what holds for all of them", () => {
    const notes = [{ message: "names are free" }];
    const text = renderDiagnostics(
      [2, 3, 4].map((line) => priceless(line, { notes })),
      plain,
    );
    expect(text.split("names are free")).toHaveLength(2);
    expect(text).toContain('the price of "m4" is unknown\n  note: names are free\n');
  });

  test("have frames where they are two, and errors always", () => {
    expect(renderDiagnostics([priceless(2), priceless(3)], plain).split("│").length).toBeGreaterThan(4);
    const errors = [1, 3, 4].map((line) => finding({ place: at(line, 1) }));
    expect(renderDiagnostics(errors, plain)).not.toContain("times");
  });

  test("are cut where they are many, and counted", () => {
    const many = Array.from({ length: 1_000 }, (_, line) => priceless(line + 1));
    const text = renderDiagnostics(many, plain);
    expect(text.split("\n").filter((line) => line.includes("→"))).toHaveLength(20);
    expect(text).toContain("  and 980 more; `latchkey check --json` lists all\n");
    expect(text).toEndWith("\n1000 warnings\n");
  });

  test("are one finding each for machines", () => {
    expect(diagnosticsToJson([2, 3, 4].map((line) => priceless(line)))).toMatchObject({
      warnings: 3,
      diagnostics: [{ path: "models.m2" }, { path: "models.m3" }, { path: "models.m4" }],
    });
  });
});

describe("one diagnostic", () => {
  test("reads like a compiler's", () => {
    const text = renderDiagnostics(
      [
        finding({
          message: 'the service offers "fsat", which is not declared',
          path: "services.texts.offers[1]",
          place: at(5, 23, 4),
          notes: [
            { message: "models come from here", place: at(1, 14, 4, "models.ts") },
            { message: "only declared models can be offered" },
          ],
          suggestion: 'did you mean "fast"?',
        }),
      ],
      plain,
    );
    expect(text).toBe(`error LK1203: the service offers "fsat", which is not declared
  → gateway.config.ts:5:23  services.texts.offers[1]
  4 │   owner: platform,
  5 │   offers: [sentiment, fsat],
    │                       ^^^^
  6 │   visibility: "everyone",
  note: models come from here
  → models.ts:1:14
  1 │ export const fast = model({ targets });
    │              ^^^^
  note: only declared models can be offered
  help: did you mean "fast"?

1 error
`);
  });

  test("without a place shows the config path alone", () => {
    const text = renderDiagnostics([finding({ severity: "warning", path: "tenants.shop" })], plain);
    expect(text).toBe(`warning LK1203: wrong\n  → tenants.shop\n${help}\n\n1 warning\n`);
  });

  test("without place and path is one line with its help", () => {
    expect(renderDiagnostics([finding()], plain)).toBe(`error LK1203: wrong\n${help}\n\n1 error\n`);
  });

  test("in a file that cannot be read has no frame", () => {
    const text = renderDiagnostics([finding({ place: at(1, 1, 1, "gone.ts") })], plain);
    expect(text).toBe(`error LK1203: wrong\n  → gone.ts:1:1\n${help}\n\n1 error\n`);
  });

  test("reads each source once", () => {
    let reads = 0;
    const sources = (): string => {
      reads++;
      return config;
    };
    renderDiagnostics([finding({ place: at(1, 1) }), finding({ place: at(5, 3) })], {
      sources,
      colour: false,
    });
    expect(reads).toBe(1);
  });
});

describe("help", () => {
  const helps = (diagnostics: readonly Diagnostic[]): readonly string[] =>
    renderDiagnostics(diagnostics, plain)
      .split("\n")
      .filter((line) => line.includes("help:"));

  test("of a code is said once, at the first one that brings none of its own", () => {
    const suggested = finding({ place: at(3, 1), suggestion: "did you mean `a`?" });
    const others = [finding({ place: at(4, 1) }), finding({ place: at(5, 1), message: "worse" })];
    expect(helps([...others, suggested])).toEqual(["  help: did you mean `a`?", help]);
    const text = renderDiagnostics([...others, suggested], plain);
    expect(text.indexOf(help)).toBeLessThan(text.indexOf("worse"));
  });

  test("of a list comes at its end, unless each one says what to write", () => {
    const list = [1, 3, 4].map((line) =>
      finding({ place: at(line, 1), severity: "warning", suggestion: "did you mean `a`?" }),
    );
    expect(helps(list)).toEqual([]);
    expect(helps([...list, finding({ severity: "warning" })])).toEqual([help]);
  });

  test("is there for every error and warning, in one sentence that has no stop", () => {
    for (const [code, { severity }] of Object.entries(diagnosticTable)) {
      const lines = helps([finding({ code, severity })]);
      expect(lines).toHaveLength(severity === "note" ? 0 : 1);
      for (const line of lines) expect(line).toMatch(/^ {2}help: [^A-Z].{5,}[^.]$/);
    }
  });

  test("is whole in data, beside what was probably meant", () => {
    const { diagnostics } = diagnosticsToJson([
      finding({ code: "LK1005", suggestion: "did you mean `a`?" }),
      finding({ code: "LK1614", severity: "note" }),
    ]);
    expect(diagnostics).toMatchObject([
      { suggestion: "did you mean `a`?", help: diagnosticTable.LK1005.help },
      { help: diagnosticTable.LK1614.help },
    ]);
  });
});

describe("the frame", () => {
  test("leaves out blank neighbours", () => {
    expect(frameOf("a\n\nb\n  \nc\n", at(3, 1))).toEqual(["  3 │ b", "    │ ^"]);
  });

  test("does not look beyond the first and last line", () => {
    expect(frameOf("only", at(1, 2, 3))).toEqual(["  1 │ only", "    │  ^^^"]);
  });

  test("is left out for a line that is not there", () => {
    expect(frameOf("a\nb\n", at(9, 1))).toEqual([]);
  });

  test("stops the carets at the end of the line", () => {
    expect(frameOf("key({\n  digest,\n})", at(1, 1, 500))).toEqual([
      "  1 │ key({",
      "    │ ^^^^^",
      "  2 │   digest,",
    ]);
  });

  test("puts one caret behind a line for a column beyond it", () => {
    expect(frameOf("abc", at(1, 50, 4))).toEqual(["  1 │ abc", "    │    ^"]);
  });

  test("expands tabs and stays aligned", () => {
    expect(frameOf("\ta\tbad", at(1, 4, 3))).toEqual(["  1 │     a   bad", "    │         ^^^"]);
  });

  test("counts wide characters twice", () => {
    expect(frameOf('["日本", bad]', at(1, 8, 3))).toEqual(['  1 │ ["日本", bad]', "    │          ^^^"]);
    expect(frameOf("[日本]", at(1, 2, 2))[1]).toBe("    │  ^^^^");
  });

  test("takes a family of code points for one character", () => {
    const family = "👩‍👩‍👧";
    expect(frameOf(`${family}bad`, at(1, family.length + 1, 3))[1]).toBe("    │   ^^^");
    expect(frameOf(`${family}bad`, at(1, 3, 1))[1]).toBe("    │ ^^");
  });

  test("aligns line numbers of different widths", () => {
    const source = "line\n".repeat(12_000);
    expect(frameOf(source, at(9_999, 1, 4))).toEqual([
      " 9998 │ line",
      " 9999 │ line",
      "      │ ^^^^",
      "10000 │ line",
    ]);
  });

  test("understands every kind of line break and a byte order mark", () => {
    expect(frameOf("\ufeffa\r\nb\rc\u2028d", at(3, 1))).toEqual(["  2 │ b", "  3 │ c", "    │ ^", "  4 │ d"]);
  });

  test("clips a long line around the column", () => {
    const source = `short\nconst long = "${"x".repeat(200)}", bad, "${"y".repeat(200)}";\nshort`;
    const [shown, carets, ...rest] = frameOf(source, at(2, 218, 3), 60);
    expect(rest).toEqual([]);
    expect(shown).toMatch(/^ {2}2 │ …x+", bad, "y+…$/);
    expect(shown?.length).toBeLessThanOrEqual(60);
    expect(shown?.indexOf("bad")).toBe(carets?.indexOf("^^^") ?? -1);
  });

  test("clips only the end when the fault is near the start", () => {
    expect(frameOf(`bad(${"z, ".repeat(100)})`, at(1, 1, 3), 40)[0]).toMatch(/^ {2}1 │ bad\(z, .*…$/);
  });

  test("is quick and whole in a file of one enormous line", () => {
    const source = `${"x,".repeat(1_000_000)}bad,${"y,".repeat(1_000_000)}`;
    const [shown, carets] = frameOf(source, at(1, 2_000_001, 3), 60);
    expect(shown?.indexOf("bad")).toBe(carets?.indexOf("^^^") ?? -1);
  });

  test("keeps within the width and under what it means, whatever the line", () => {
    const line = fc.string({
      unit: fc.constantFrom("a", "b", " ", "日", "é", "\t", "\u0007", ","),
      maxLength: 200,
    });
    fc.assert(
      fc.property(line, line, fc.integer({ min: 30, max: 120 }), (before, after, width) => {
        const frame = frameOf(`${before}@@@${after}`, at(1, before.length + 1, 3), width);
        const [shown, carets] = [frame[0] ?? "", frame[1] ?? ""];
        expect(Bun.stringWidth(shown)).toBeLessThanOrEqual(width);
        const columns = (text: string, mark: string): number =>
          Bun.stringWidth(text.slice(0, text.indexOf(mark)));
        expect(columns(shown, "@@@")).toBe(columns(carets, "^^^"));
      }),
    );
  });
});

describe("what is quoted", () => {
  const esc = "\u001b";

  test("cannot use the terminal", () => {
    const text = renderDiagnostics(
      [
        finding({
          message: `bad ${esc}[2Jname`,
          path: `tenants.${esc}]0;title\u0007`,
          place: at(1, 1, 1, `a${esc}.ts`),
          notes: [{ message: `back\bspace` }],
          suggestion: "\u202eevil",
        }),
      ],
      { sources: () => `const a = "${esc}[31m\u009b31m\u202e";`, colour: false },
    );
    expect(text).not.toMatch(/[^\n\P{Cc}]/u);
    expect(text).not.toContain("\u202e");
    expect(text).toContain("bad ␛[2Jname");
    expect(text).toContain("<U+009B>");
    expect(text).toContain("<U+202E>evil");
  });

  test("cannot pass as another diagnostic", () => {
    const text = renderDiagnostics([finding({ message: "thrown:\nerror LK1000: fake\r\nx" })], plain);
    expect(text.split("\n").filter((line) => line.startsWith("error"))).toHaveLength(1);
    expect(text).toContain("\n  error LK1000: fake\n  x\n");
  });

  test("is well-formed text", () => {
    const text = renderDiagnostics([finding({ message: "half \ud800 a pair" })], plain);
    expect(text.isWellFormed()).toBe(true);
  });
});

describe("several diagnostics", () => {
  const mixed = [
    finding({ message: "placeless" }),
    finding({ message: "fourth", place: at(1, 1, 1, "models.ts") }),
    finding({ message: "third", place: at(5, 23), code: "LK1301" }),
    finding({ message: "second", place: at(5, 23), severity: "warning" }),
    finding({ message: "first", place: at(5, 3) }),
  ];
  const order = ["first", "second", "third", "fourth", "placeless"];

  test("are sorted by file, line, column and code, and counted", () => {
    const text = renderDiagnostics(mixed, plain);
    expect([...text.matchAll(/^(?:error|warning) LK\d+: (.*)$/gm)].map((match) => match[1])).toEqual(order);
    expect(text).toEndWith("\n\n4 errors, 1 warning\n");
  });

  test("give the same text in any order", () => {
    const expected = renderDiagnostics(mixed, plain);
    fc.assert(
      fc.property(fc.shuffledSubarray(mixed, { minLength: mixed.length }), (shuffled) => {
        expect(renderDiagnostics(shuffled, plain)).toBe(expected);
      }),
    );
  });

  test("become data for machines", () => {
    const report = diagnosticsToJson(mixed);
    expect({ errors: report.errors, warnings: report.warnings }).toEqual({ errors: 4, warnings: 1 });
    expect(report.diagnostics.map(({ message }) => message)).toEqual(order);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test("none give no text", () => {
    expect(renderDiagnostics([], plain)).toBe("");
    expect(diagnosticsToJson([])).toEqual({ errors: 0, warnings: 0, notes: 0, diagnostics: [] });
  });
});

describe("colour", () => {
  const diagnostics = [
    finding({
      place: at(5, 23, 4),
      path: "services.texts",
      suggestion: "do this",
      notes: [{ message: "so" }],
    }),
    finding({ severity: "warning", place: at(4, 3, 5) }),
  ];

  test("is only dress: without it the text is the same", () => {
    const coloured = renderDiagnostics(diagnostics, { ...plain, colour: true });
    expect(coloured).not.toBe(renderDiagnostics(diagnostics, plain));
    expect(Bun.stripANSI(coloured)).toBe(renderDiagnostics(diagnostics, plain));
  });

  test("tells errors from warnings", () => {
    const coloured = renderDiagnostics(diagnostics, { ...plain, colour: true });
    expect(coloured).toContain("\u001b[1;31merror LK1203");
    expect(coloured).toContain("\u001b[1;33mwarning LK1203");
  });

  test("never leaks when it is off", () => {
    expect(renderDiagnostics(diagnostics, plain)).not.toContain("\u001b");
  });
});
