import { CallError } from '../core/errors';

const MAX_ID_LENGTH = 500;

/** What a model gives a tool. Host and model promise to keep to the schema of the manifest; this makes sure. */
export class ToolInput {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(input: unknown) {
    this.#values = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  }

  /** Throws `BadInput` that names the parameter when it is missing. */
  id(name: string): string {
    const value = this.optional(name);
    if (value === undefined)
      throw new CallError('BadInput', `${name}: expected an id; it is missing.`, { field: name });
    return value;
  }

  /** An empty text counts as missing: models fill in what they do not know. */
  optional(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' || value.length > MAX_ID_LENGTH) {
      throw new CallError('BadInput', `${name}: expected a text of at most ${MAX_ID_LENGTH} characters.`, {
        field: name,
      });
    }
    return value.trim() || undefined;
  }
}
