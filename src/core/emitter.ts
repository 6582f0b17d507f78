/** Stops what it stands for; calling it again does nothing. */
export interface Disposable {
  dispose(): void;
}

/** A list of listeners, in the shape of VS Code's events but without VS Code. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Subscribes; dispose the answer to stop. */
  readonly event = (listener: (value: T) => void): Disposable => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
