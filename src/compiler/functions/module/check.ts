import type { ValidationIssue } from "../../../artifact/function-ref.ts";
import { issuePath } from "./issue-path.ts";

/** Checks a value, puts in defaults and drops unknown fields in place, and answers the value to go on with. */
export type Check = (value: unknown, found: Issues) => unknown;

/** The part of JSON Schema that Zod's plain types come out as, with the compiler's own two keywords. */
export interface CheckedSchema {
  readonly [keyword: string]: unknown;
}

/** Issues kept at most: an answer shows no more, and a hostile body must not fill the memory. */
const MOST_ISSUES = 20;

/** What was found wrong so far, and where the check is. */
export class Issues {
  readonly list: ValidationIssue[] = [];
  readonly path: PropertyKey[];

  constructor(path: readonly PropertyKey[] = []) {
    this.path = [...path];
  }

  /** Whether there is no point in looking further. */
  get isFull(): boolean {
    return this.list.length >= MOST_ISSUES;
  }

  /** Something wrong with the value at the current path, or with one of its fields. */
  add(message: string, field?: string): void {
    if (this.isFull) return;
    this.list.push({ path: issuePath(field === undefined ? this.path : [...this.path, field]), message });
  }

  /** Runs a check one step further in. */
  at(step: string | number, check: Check, value: unknown): unknown {
    this.path.push(step);
    const checked = check(value, this);
    this.path.pop();
    return checked;
  }
}

/** Whether a value is an object in JSON's sense. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
