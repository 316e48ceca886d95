import type { StoredArtifact } from "../artifact/artifact.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Outbox } from "../notify/outbox.ts";
import type { Overlay } from "../overlay/overlay.ts";
import type { RecordStore } from "../stores/record-store.ts";
import type { Logger } from "../telemetry/logger.ts";

/** What the admin operations stand on. */
export interface AdminParts {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The artifact in force now. */
  readonly artifact: () => Pick<StoredArtifact, "artifact" | "hash">;
  /** What is in force: the artifact and the records laid over it. */
  readonly overlay: () => Overlay;
  /** Resolves when every serving thread goes by what the records hold now. */
  readonly applied: () => Promise<void>;
  readonly outbox: Outbox;
}
