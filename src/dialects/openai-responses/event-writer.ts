/** Writes the events of one stream and numbers them. */
export class EventWriter {
  #sequence = 0;

  /** The number of the next event. */
  get next(): number {
    return this.#sequence;
  }

  /** An event. @param members JSON text of its further members, without braces */
  event(type: string, members: string): string {
    const number = this.#sequence++;
    return `event: ${type}\ndata: {"type":"${type}","sequence_number":${number},${members}}\n\n`;
  }
}
