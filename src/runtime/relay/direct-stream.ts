/** What a producer writes to; the caller's pace comes back through `pause` and `resume`. */
export interface StreamSink {
  readonly write: (bytes: Uint8Array) => void;
  /** Sends what was written on its way now. */
  readonly flush: () => void;
  /** The answer is complete. */
  readonly close: () => void;
  /** The answer is not complete, and the caller has to see it: the connection is cut. */
  readonly fail: (error: Error) => void;
}

/** How a producer is driven. */
export interface StreamProducer {
  /** Called once, when the caller is ready. Nothing may be written after `close` or `fail`. */
  readonly start: (sink: StreamSink) => void;
  /** The caller is slower than the producer. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** The caller has left. */
  readonly leave: () => void;
}

/** Bun's direct stream controller, as far as it is used here. */
interface DirectController {
  write(bytes: Uint8Array): number | Promise<number>;
  flush(): number | Promise<number>;
  close(): void;
}

/**
 * A body that is pushed piece by piece without a promise per piece: Bun's `type: "direct"` stream costs about
 * half of a standard one per piece. Its `write` answers a promise when the socket is full.
 */
export function directStream(producer: StreamProducer): ReadableStream<Uint8Array> {
  let over = false;
  const source = {
    type: "direct" as const,
    pull(controller: DirectController): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      let full = false;
      const drained = (): void => {
        full = false;
        if (!over) producer.resume();
      };
      producer.start({
        write(bytes) {
          const written = controller.write(bytes);
          if (typeof written === "number" || full) return;
          full = true;
          producer.pause();
          written.then(drained, drained);
        },
        flush: () => void controller.flush(),
        close() {
          over = true;
          controller.close();
          resolve();
        },
        fail(error) {
          over = true;
          reject(error);
        },
      });
      return promise;
    },
    cancel() {
      if (over) return;
      over = true;
      producer.leave();
    },
  };
  return new ReadableStream<Uint8Array>(source as unknown as Bun.DirectUnderlyingSource<Uint8Array>);
}
