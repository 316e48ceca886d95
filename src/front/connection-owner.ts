import type { JoinRoom } from "../http/socket-writer.ts";
import type { BodyDeadlines } from "./body-deadlines.ts";
import type { FrontConnection } from "./front-connection.ts";
import type { FrontHandler } from "./front-handler.ts";
import type { FrontTiming } from "./front-timing.ts";

/** What a connection needs of its listener. */
export interface ConnectionOwner {
  readonly handler: FrontHandler;
  readonly deadlines: BodyDeadlines;
  readonly timing: FrontTiming;
  /** Where replies are put together. */
  readonly room: JoinRoom;
  /** Whether connections end with the request that they are at. */
  readonly isDraining: boolean;
  /** The `date` header line of this second. */
  readonly dateLine: string;
  readonly onGone: (connection: FrontConnection) => void;
}
