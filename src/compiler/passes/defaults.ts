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

/** What tenants let keys be where they do not say. */
export const defaultKeyPolicy = {
  maxPerApp: null,
  maxLifetimeMs: null,
  environments: null,
  namePattern: null,
  allowUnscoped: true,
  warnBeforeMs: 14 * 86_400_000,
} as const;
