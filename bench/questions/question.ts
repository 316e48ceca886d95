import type { BenchOptions } from "../support/options.ts";
import type { ProcessGroup } from "../support/process-group.ts";
import type { Table } from "../support/table.ts";
import type { Tool } from "../support/tools.ts";

/** What a question is given to answer itself. */
export interface QuestionContext {
  readonly options: BenchOptions;
  /** Empty folder of this run, inside the checkout, so that configs in it resolve `latchkey/config`. */
  readonly folder: string;
  /** Starts processes; all of them end with the run. */
  readonly processes: ProcessGroup;
  /** Says what is being done, for a person who waits. */
  readonly progress: (text: string) => void;
}

/** What came out. */
export interface Answer {
  readonly tables: readonly Table[];
  /** How to read the tables: set-up and units. */
  readonly notes: readonly string[];
  /** Reasons for which the figures must not be used; empty when they may. */
  readonly problems: readonly string[];
  /** Every single measurement, kept as JSON. */
  readonly rounds: readonly object[];
  /** The figures of the tables as numbers. */
  readonly summary: readonly object[];
}

/** Something that the bench can measure. */
export interface Question {
  /** Word by which it is asked for on the command line. */
  readonly name: string;
  /** One sentence for the help text and the heading of the results. */
  readonly summary: string;
  /** Programs that must be on the machine. */
  readonly tools: readonly Tool[];
  /**
   * Measures.
   * @throws BenchError when it cannot, for a reason that the user can act on
   */
  readonly run: (context: QuestionContext) => Promise<Answer>;
}
