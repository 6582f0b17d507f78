/** The one reading that runs for a page. Whatever a former one still brings is dropped by whoever began it. */
export class RunningLoad {
  #controller?: AbortController;
  #quiet = false;

  get running(): boolean {
    return this.#controller !== undefined;
  }

  /** The one that was begun last was not asked for by the person: nothing on the page tells of it. */
  get quiet(): boolean {
    return this.#quiet;
  }

  /** Begins a reading, in place of the one that runs. */
  begin(quiet: boolean): AbortController {
    this.#controller?.abort();
    this.#controller = new AbortController();
    this.#quiet = quiet;
    return this.#controller;
  }

  /** Whether no other reading took the place of this one. */
  is(load: AbortController): boolean {
    return this.#controller === load;
  }

  /** Says that a reading is over. False when another one took its place. */
  end(load: AbortController): boolean {
    if (!this.is(load)) return false;
    this.#controller = undefined;
    return true;
  }

  /** Gives up the one that runs, which is still to say that it is over. */
  abort(): void {
    this.#controller?.abort();
  }

  /** Gives up the one that runs, and what it still says is of no account. */
  drop(): void {
    this.abort();
    this.#controller = undefined;
  }
}
