/** A typed array that grows by doubling. */
export class Growing<T extends Uint8Array | Uint32Array | Float64Array> {
  #values: T;
  readonly #grow: (length: number) => T;

  constructor(create: (length: number) => T) {
    this.#grow = create;
    this.#values = create(16);
  }

  /** The value at an index that was set, or 0. */
  get(index: number): number {
    return index < this.#values.length ? this.#values[index] : 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const grown = this.#grow(Math.max(index + 1, this.#values.length * 2));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[index] = value;
  }

  /** The first `length` values in an array of their own, 0 where none was set. */
  take(length: number): T {
    const taken = this.#grow(length);
    taken.set(this.#values.subarray(0, length));
    return taken;
  }
}
