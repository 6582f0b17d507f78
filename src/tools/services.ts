import type { ConnectionRecord } from '../connections/record';
import type { Redactor } from '../core/redact';
import type { CallProvider } from '../providers/contract';

/** What the tools need of the extension. */
export interface ToolServices {
  records(): readonly ConnectionRecord[];
  provider(connectionId: string): Promise<CallProvider>;
  redactor: Redactor;
  /** Masked by the log itself. */
  log(level: 'info' | 'warn', line: string): void;
}
