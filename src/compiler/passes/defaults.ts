/** Time limits where the config names none, milliseconds. */
export const defaultTimeouts = {
  request: 30_000,
  connect: 10_000,
  firstToken: 60_000,
  idle: 60_000,
  total: 600_000,
} as const;

/** Sizes where the config names none, bytes. */
export const defaultSizes = {
  maxRequestBytes: 10 * 1024 ** 2,
  maxResponseBytes: 100 * 1024 ** 2,
} as const;

/** Connections to one provider per worker thread. */
export const defaultMaxConnections = 256;

/** How long people stay signed in where the config does not say, milliseconds. */
export const defaultSessions = { sessionMs: 12 * 3_600_000, idleMs: 2 * 3_600_000 } as const;

/** How long before its end a key is warned of where its tenant does not say, milliseconds. */
export const defaultKeyWarningMs: number = 14 * 86_400_000;

/** How upstreams of a backend are asked whether they are well where it does not say; times in milliseconds. */
export const defaultHealth = {
  every: 10_000,
  timeout: 2_000,
  healthyAfter: 2,
  unhealthyAfter: 3,
  status: [200, 399],
} as const;
