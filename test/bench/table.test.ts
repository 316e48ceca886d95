import { expect, test } from "bun:test";
import { renderMarkdown, renderText } from "../../bench/support/table.ts";

const table = {
  title: "Things",
  columns: ["name", "count"],
  rows: [
    ["a", "1"],
    ["longer name", "22,000"],
  ],
};

test("the text form aligns names left and figures right", () => {
  expect(renderText(table).split("\n")).toEqual([
    "Things",
    "",
    "name          count",
    "-----------  ------",
    "a                 1",
    "longer name  22,000",
  ]);
});

test("the text form has no blanks at the ends of lines", () => {
  const lines = renderText({ ...table, rows: [["a", ""]] }).split("\n");
  expect(lines.filter((line) => line.endsWith(" "))).toEqual([]);
});

test("the Markdown form has a heading, a rule that aligns, and a line for each row", () => {
  expect(renderMarkdown(table).split("\n")).toEqual([
    "### Things",
    "",
    "| name        |  count |",
    "| :--- | ---: |",
    "| a           |      1 |",
    "| longer name | 22,000 |",
  ]);
});

test("a pipe in a cell does not end the cell", () => {
  expect(renderMarkdown({ ...table, rows: [["a|b", "1"]] })).toContain("a\\|b");
});

test("a missing cell is empty", () => {
  expect(renderMarkdown({ ...table, rows: [["a"]] })).toEndWith("| a    |       |");
});
