/** A route's handler with the names of its `{placeholders}` filled in. */
export interface Match<Handler> {
  handler: Handler;
  params: Readonly<Record<string, string>>;
}

interface Route<Handler> {
  parts: readonly string[];
  handler: Handler;
}

/** Finds the handler of a path. A fixed segment wins over a placeholder when it was declared first. */
export class Router<Handler> {
  readonly #routes: Route<Handler>[];

  /** Keys are paths without a leading slash, such as `meetings/{meeting}/participants`. */
  constructor(routes: Readonly<Record<string, Handler>>) {
    this.#routes = Object.entries(routes).map(([path, handler]) => ({ parts: path.split('/'), handler }));
  }

  /** The first route that fits, or undefined. */
  match(segments: readonly string[]): Match<Handler> | undefined {
    for (const { parts, handler } of this.#routes) {
      if (parts.length !== segments.length) continue;
      const params: Record<string, string> = {};
      const fits = parts.every((part, index) => {
        const segment = segments[index] as string;
        if (!part.startsWith('{')) return part === segment;
        params[part.slice(1, -1)] = segment;
        return segment !== '';
      });
      if (fits) return { handler, params };
    }
    return undefined;
  }
}
