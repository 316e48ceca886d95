/** The part of a socket that stops and goes on reading. */
export interface PausableSocket {
  readonly pause: () => void;
  readonly resume: () => void;
}

/** Whether a socket is read from: each change reaches it once, and none after the end. */
export class ReadSwitch {
  readonly #socket: PausableSocket;
  #isPaused = false;
  #isOver = false;

  constructor(socket: PausableSocket) {
    this.#socket = socket;
  }

  pause(): void {
    if (this.#isPaused || this.#isOver) return;
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#isPaused || this.#isOver) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  /** The socket is closed. */
  end(): void {
    this.#isOver = true;
  }
}
