import type { CaptureFormat } from '../core/ids';
import type { ItemIssue } from '../core/model';
import type { MediaRequest } from './capture';
import type { RawConnection } from './log';
import type { StatObjects } from './objects';

/** A peer connection with its statistics. */
export interface RawConnectionWithStats extends RawConnection {
  stats: StatObjects;
  issues: ItemIssue[];
}

/** What either format comes to, before it becomes reports. */
export interface RawCapture {
  format: CaptureFormat;
  /** Epoch ms. */
  createdAt?: number;
  userAgent?: string;
  /** Of the machine: its processors and what `navigator.userAgentData` says. */
  client: { cpus?: number; hints?: unknown };
  connections: RawConnectionWithStats[];
  mediaRequests: MediaRequest[];
  issues: ItemIssue[];
  assumptions: string[];
  /** There are statistics of Chrome's callback API, which the standard ones replaced. */
  legacy: boolean;
  /** Nothing in the file belongs to the format. */
  foreign: boolean;
}
