import type { CaptureFormat } from '../core/ids';
import type { CallEvent, CallReport, ItemIssue } from '../core/model';

/** A capture file as it was read: one report for each peer connection in it. Times are epoch ms. */
export interface Capture {
  format: CaptureFormat;
  /** The file's name, for sentences. */
  name: string;
  /** When the file was saved, where it says so; else the last moment that it tells of. */
  createdAt?: number;
  userAgent?: string;
  /** In the order of the file. Empty for a dump of a page without a call. */
  connections: CaptureConnection[];
  /** `getUserMedia` and `getDisplayMedia`, in the order of time. */
  mediaRequests: MediaRequest[];
  /** What could not be read, of the file as a whole. Each report has its own besides. */
  issues: ItemIssue[];
  /** Sentences: what was taken for granted, and what the file looks like where it is old or foreign. */
  assumptions: string[];
  /** Bytes of the file, unpacked. */
  bytes: number;
}

/** One `RTCPeerConnection`. */
export interface CaptureConnection {
  /** The file's own: `8-1`, `PC_0`. Unique within the capture. */
  id: string;
  /** What tells it apart, for a list: `8-1 · meet.example.com · 2 min · connected`. */
  label: string;
  /** Address of the page that held it, as recorded. */
  url?: string;
  /** As {@link CallReport}: streams, candidate pairs, events. */
  report: CallReport;
  /** Session descriptions in the order in which they were set or made. */
  descriptions: SessionDescription[];
  /** API calls and state changes: the same as in the report. */
  events: readonly CallEvent[];
  /**
   * All that was recorded of it in short, as JSON (UTF-8): the configuration, the last reading of every statistics object
   * with every member, and the log as it came.
   */
  raw: Uint8Array;
}

/** A session description that one of the methods took or gave. */
export interface SessionDescription {
  at: number;
  /** `setLocalDescription`, `setRemoteDescription`, `createOffer`, `createAnswer`. */
  method: string;
  end: 'local' | 'remote';
  type: string;
  sdp: string;
}

/** One request for a camera, a microphone or a screen. */
export interface MediaRequest {
  at: number;
  method: 'getUserMedia' | 'getDisplayMedia';
  /** As asked for, or what came of it. */
  kind: 'request' | 'success' | 'failure';
  /** Constraints as text, by medium; empty text for "any". */
  audio?: string;
  video?: string;
  /** Tracks that were given. */
  tracks?: { kind: 'audio' | 'video'; id: string; label: string }[];
  error?: string;
}

/** Where a capture is read from: a local file as a stream, or bytes that are given away. */
export type CaptureSource = { path: string } | { bytes: Uint8Array };

/** How far reading has come. */
export interface CaptureProgress {
  /** Bytes of the file that were read, packed ones where it is packed. */
  read: number;
  /** Its size. */
  total: number;
}

/** How a capture is to be read. */
export interface CaptureOptions {
  /** The file's name, for sentences. */
  name: string;
  signal: AbortSignal;
  /** Bundle of the thread that reads. */
  workerPath: string;
  progress?: (progress: CaptureProgress) => void;
  /** The person agreed to a file above {@link LARGE_BYTES}. */
  large?: boolean;
}

/** Files above this, unpacked, are refused unless the person agrees: `BadInput` with the field `size`. */
export const LARGE_BYTES = 256_000_000;
