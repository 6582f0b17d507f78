import type { PlainError } from '../core/errors';
import type { SessionRef } from '../core/ids';
import type { ItemIssue, Participant, Session } from '../core/model';
import type { KeptThing } from '../core/talk';
import type { ShownDiagnosis } from './messages';

/** Raised when a message changes its meaning; a webview of another version is told to reload. */
export const SESSION_PROTOCOL_VERSION = 1;

/** Metrics at a glance, worst news first. */
export const GLANCE_METRICS = ['packetLoss', 'rtt', 'mos'] as const;
export type GlanceMetric = (typeof GLANCE_METRICS)[number];

/**
 * From where on a sample is worth a look where no rule says so, in the unit of core/series. Loss and MOS: Twilio Voice Insights' warnings; RTT: the
 * call-quality threshold that Sinch publishes (ITU-T G.114 finds delay beyond it hard to talk with).
 */
export const GLANCE_LIMITS: Readonly<Record<GlanceMetric, number>> = { packetLoss: 3, rtt: 300, mos: 3.5 };

/** Which session is shown and where it comes from, as far as it is known. */
export interface SessionSubject {
  ref?: SessionRef;
  title: string;
  connectionLabel?: string;
  providerName?: string;
  appName?: string;
  /** `playback`: one viewer of a recording or stream, with no call quality to read. Missing: a call. */
  media?: 'call' | 'playback';
  /** What the provider keeps of a session beside its figures: each has a button. */
  keeps?: readonly KeptThing[];
  /** There is a page of the provider's dashboard to open. */
  dashboard: boolean;
  /** It comes from a file, and nobody is asked for it. */
  saved?: SavedWhen;
  /** Starred; missing where it cannot be. */
  favorite?: boolean;
}

/** When a session was saved to the file that it comes from; empty while that is not read. */
export interface SavedWhen {
  /** Epoch ms. */
  at?: number;
  /** Personal data were masked. */
  masked?: boolean;
}

/** The participants as far as they were read. */
export interface StayList {
  items: readonly Participant[];
  /** In all, where the provider says so. */
  total?: number;
  /** There are further ones to read. */
  more: boolean;
  reading: boolean;
  error?: PlainError;
  issues: readonly ItemIssue[];
}

/** All that the page shows beside the reports' figures. */
export interface SessionScreen {
  subject: SessionSubject;
  pinned: boolean;
  busy: boolean;
  session?: Session;
  stays?: StayList;
  /** Epoch ms when the provider answered. */
  readAt?: number;
  /** Nothing can be shown; or, with a session, the last refresh failed. */
  error?: PlainError;
  /** How often a live session is read again while it is visible, seconds; 0 is never. */
  refreshSeconds: number;
}

/** One metric over all samples of one report, in the unit of core/series. */
export interface GlanceFigure {
  median: number;
  worst: number;
  /** Share (0..1) of the samples beyond the limits. */
  beyond: number;
  /** What the samples were held against; none where the rules for it are turned off. */
  limits: readonly number[];
  /** Epoch ms of the worst sample. */
  worstAt: number;
  /** Which stream it was: `sent video`. */
  worstIn: string;
}

/** What one report says at a glance. */
export interface ReportDigest {
  /** `Chrome 153 · Windows 11`. */
  client?: string;
  figures: Partial<Record<GlanceMetric, GlanceFigure>>;
}

/** A report's digest, or why there is none. */
export type DigestOutcome = { digest: ReportDigest } | { error: PlainError };

/** How far reading the reports is. */
export interface ReportsState {
  /** By participant id. */
  outcomes: Record<string, DigestOutcome>;
  running: boolean;
  done: number;
  total: number;
  /** Why reading stopped before the end, in a sentence. */
  stopped?: string;
  /** What was found in the reports that were read, all of them together. */
  diagnosis?: ShownDiagnosis;
}

/** What a button of the page asks the extension to do. */
export type SessionAction =
  | 'cancel'
  | 'copyId'
  | 'copyLink'
  | 'editConnection'
  | 'loadMore'
  | 'openChat'
  | 'openInDashboard'
  | 'openRecordings'
  | 'openSummary'
  | 'openTranscript'
  | 'readReports'
  | 'refresh'
  | 'saveSession'
  | 'showCalls'
  | 'showLog'
  | 'stopReports'
  | 'toggleFavorite'
  | 'togglePin';

/** Extension to webview. Each replaces the one before of its type. */
export type ToSessionPage =
  | { v: number; type: 'screen'; screen: SessionScreen }
  | { v: number; type: 'reports'; reports: ReportsState };

/** Webview to extension. */
export type FromSessionPage =
  | { v: number; type: 'ready' }
  | { v: number; type: 'action'; action: SessionAction }
  | { v: number; type: 'openParticipant'; participantId: string }
  | { v: number; type: 'compare'; participantIds: [string, string] }
  /** A breakout room, by its session id. */
  | { v: number; type: 'openSession'; sessionId: string };
