/** Pieces of a stream (bytes or text), of which the first can be looked at before they are taken. */
export class Peekable<T extends { readonly length: number }> implements AsyncIterable<T> {
  readonly #pieces: AsyncGenerator<T>;
  readonly #held: T[] = [];

  constructor(pieces: AsyncGenerator<T>) {
    this.#pieces = pieces;
  }

  /** The first pieces, `length` bytes or characters in all, or more, or all there are. They stay to be taken. */
  async peek(length: number): Promise<readonly T[]> {
    let sum = this.#held.reduce((total, piece) => total + piece.length, 0);
    while (sum < length) {
      const { done, value } = await this.#pieces.next();
      if (done) break;
      this.#held.push(value);
      sum += value.length;
    }
    return this.#held;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    try {
      for (let piece = this.#held.shift(); piece !== undefined; piece = this.#held.shift()) yield piece;
      yield* this.#pieces;
    } finally {
      await this.close();
    }
  }

  /** Lets the source go, also where nothing was taken from it. */
  async close(): Promise<void> {
    await this.#pieces.return(undefined);
  }
}
