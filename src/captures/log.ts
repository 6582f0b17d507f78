/** One entry of a connection's log: an API call, its outcome, or an event. */
export interface LogEntry {
  /** Epoch ms; NaN where the entry does not tell. */
  at: number;
  /** As recorded: `setLocalDescription`, `oniceconnectionstatechange`. */
  method: string;
  /** Parsed where it was JSON. */
  value: unknown;
}

/** What is known of one peer connection before it becomes a report. */
export interface RawConnection {
  id: string;
  url?: string;
  /** `RTCConfiguration` as recorded. */
  configuration?: unknown;
  /** Legacy constraints. */
  constraints?: unknown;
  log: LogEntry[];
}

/** Reads JSON that stands in a text; what is none is the text itself. */
export function parseNested(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const first = value.trimStart()[0];
  if (first !== '{' && first !== '[' && first !== '"') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Member of an unknown value; undefined where there is none. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** A member that is a text. */
export function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** A member that is a finite number. */
export function numberMember(value: unknown, name: string): number | undefined {
  const found = member(value, name);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** Whether it is an object that is no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
