interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What either side of a link sends: the protocol's version and the kind of message. */
interface Message {
  v: number;
  type: string;
}

/** A page's link to the extension: the same for every kind of page. */
export class PageLink<To extends Message, From extends Message, State> {
  readonly #api = acquireVsCodeApi();
  readonly #types: ReadonlySet<unknown>;

  /** `types`: all that the extension sends in this version of the protocol. */
  constructor(
    private readonly version: number,
    types: readonly To['type'][],
  ) {
    this.#types = new Set(types);
  }

  /** What this page left here before it was hidden. The extension checks it again before it restores a panel. */
  readState(): State | undefined {
    const state = this.#api.getState();
    return isState(state) ? (state as State) : undefined;
  }

  writeState(state: State): void {
    this.#api.setState(state);
  }

  protected listen(onMessage: (message: To) => void): void {
    addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (this.#isMessage(data)) onMessage(data);
    });
  }

  protected post(message: From): void {
    this.#api.postMessage(message);
  }

  /** The extension is trusted; other frames' messages and other versions are not ours. */
  #isMessage(data: unknown): data is To {
    return (
      typeof data === 'object' &&
      data !== null &&
      'v' in data &&
      data.v === this.version &&
      'type' in data &&
      this.#types.has(data.type)
    );
  }
}

function isState(state: unknown): boolean {
  return (
    typeof state === 'object' &&
    state !== null &&
    'version' in state &&
    state.version === 1 &&
    ('ref' in state || 'refs' in state) &&
    'view' in state
  );
}
