import type * as vscode from 'vscode';
import type { StateStore } from '../../connections/store';
import { Emitter } from '../../core/emitter';
import type { CaptureSource, OpenedCapture } from '../../tree/captures';

const KEY = 'peerscope.openedCaptures';
/** Of the files opened before, so many stay listed. */
const MOST = 30;
const MAX_LABEL = 200;
/** A file with more peer connections than that lists the first ones; its page offers all. */
const MOST_CONNECTIONS = 200;

/**
 * The captures and saved files that were opened in this workspace, the latest first: their addresses and what is in them, so
 * that the tree lists them without reading them again. What cannot be read of the kept state is left out.
 */
export class OpenedCaptures implements CaptureSource {
  readonly #changed = new Emitter<void>();

  constructor(private readonly state: StateStore) {}

  onDidChange(listener: () => void): { dispose(): void } {
    return this.#changed.event(listener);
  }

  list(): OpenedCapture[] {
    const stored = this.state.get(KEY);
    return Array.isArray(stored) ? stored.flatMap((entry) => readEntry(entry) ?? []) : [];
  }

  async add(uri: vscode.Uri, { name, format, saved, connections }: Omit<OpenedCapture, 'uri'>): Promise<void> {
    const entry: OpenedCapture = {
      uri: uri.toString(),
      name: name.slice(0, MAX_LABEL),
      format,
      ...(saved && { saved }),
      connections: connections
        .slice(0, MOST_CONNECTIONS)
        .map(({ id, label }) => ({ id, label: label.slice(0, MAX_LABEL) })),
    };
    const before = this.list();
    // Opened again, a file keeps its place, so that rows do not jump under the pointer.
    const known = before.some(({ uri: other }) => other === entry.uri);
    const next = known ? before.map((other) => (other.uri === entry.uri ? entry : other)) : [entry, ...before];
    await this.#keep(next.slice(0, MOST));
  }

  async remove(uri: string): Promise<void> {
    await this.#keep(this.list().filter((entry) => entry.uri !== uri));
  }

  async #keep(entries: OpenedCapture[]): Promise<void> {
    await this.state.update(KEY, entries);
    this.#changed.fire();
  }
}

function readEntry(entry: unknown): OpenedCapture | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { uri, name, format, saved, connections } = entry as Record<string, unknown>;
  if (typeof uri !== 'string' || typeof name !== 'string' || typeof format !== 'string') return undefined;
  if (!Array.isArray(connections)) return undefined;
  const kind = saved === 'session' || saved === 'report' ? { saved } : undefined;
  return { uri, name, format, ...kind, connections: connections.filter(isConnection) } as OpenedCapture;
}

function isConnection(value: unknown): value is OpenedCapture['connections'][number] {
  if (typeof value !== 'object' || value === null) return false;
  const { id, label } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof label === 'string';
}
