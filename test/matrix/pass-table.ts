/** Counts what has passed, by client and vendor. */
export class PassTable {
  readonly #counts = new Map<string, Map<string, { worked: number; refused: number }>>();

  /** Notes a feature that has passed: it works, or is refused as it has to be. */
  add(client: string, vendor: string, works: boolean): void {
    const row = this.#counts.get(client) ?? new Map<string, { worked: number; refused: number }>();
    const cell = row.get(vendor) ?? { worked: 0, refused: 0 };
    if (works) cell.worked++;
    else cell.refused++;
    this.#counts.set(client, row.set(vendor, cell));
  }

  /** A line for each client: features that work and, behind a plus, those that are refused by name. */
  text(): string {
    const vendors = [...new Set([...this.#counts.values()].flatMap((row) => [...row.keys()]))];
    const rows = [...this.#counts].map(([client, row]) => [
      client,
      ...vendors.map((vendor) => {
        const { worked, refused } = row.get(vendor) ?? { worked: 0, refused: 0 };
        return refused === 0 ? String(worked) : `${worked}+${refused}`;
      }),
    ]);
    const all = [["features that pass", ...vendors], ...rows];
    const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
    return all
      .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
      .join("\n");
  }
}
