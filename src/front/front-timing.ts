/** Time limits of connections, milliseconds. */
export interface FrontTiming {
  /** After which a connection without a request is closed. */
  readonly idleMs: number;
  /** Within which a head has to be whole, from its first byte on. */
  readonly headMs: number;
  /** Within which a caller has to take some of what is sent to it. */
  readonly stalledMs: number;
  /** After which a caller that is not sending any more is let go after its reply. */
  readonly lingerMs: number;
  /** For which a caller that goes on sending is listened to after its reply. */
  readonly maxLingerMs: number;
  /** Between two looks at what takes too long. */
  readonly sweepMs: number;
}

/** What holds where nothing else is said. */
export const FRONT_TIMING: FrontTiming = {
  idleMs: 120_000,
  headMs: 30_000,
  stalledMs: 120_000,
  lingerMs: 2_000,
  maxLingerMs: 30_000,
  sweepMs: 1_000,
};
