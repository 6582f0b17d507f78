import type { PlainError } from '../core/errors';
import type { Confidence, Finding, NotEvaluated, Severity } from '../core/finding';
import type { ParticipantRef } from '../core/ids';
import type { Session } from '../core/model';
import type { OthersAway } from '../core/others-away';
import type { SeriesLimit } from '../core/series-limit';
import type { PackedFacts } from './pack';

/** Raised when a message changes its meaning; a webview of another version is told to reload. */
export const PROTOCOL_VERSION = 1;

/** A part of a report, or of a list, that a provider may be unable to tell. */
export type ToldPart =
  | 'live'
  | 'quality'
  | 'connection'
  | 'network'
  | 'device'
  | 'deviceChanges'
  | 'events'
  | 'aggregates';

/** Who is shown and where they come from, as far as it is known. */
export interface ReportSubject {
  ref?: ParticipantRef;
  title: string;
  connectionLabel?: string;
  providerName?: string;
  appName?: string;
  session?: Session;
  /** Names of other participants by their id. */
  participantNames?: Record<string, string>;
  /** When those were out of the call whose media was received, as far as it is known. */
  othersAway?: OthersAway;
  /** `playback` of a recording or a stream by one viewer. Missing: a call. */
  media?: 'call' | 'playback';
  /** One sentence for each part that the provider cannot tell, to stand where it would be shown. */
  cannotTell?: Readonly<Partial<Record<ToldPart, string>>>;
  /** It was opened from a saved report. */
  saved?: SavedNote;
  /** The page is the editor of a file. */
  ofFile?: true;
  /** All peer connections of the capture file that the report comes from, this one included, in the order of the file. */
  peerConnections?: readonly PeerConnectionChoice[];
}

/** A peer connection of a capture file, to choose from. */
export interface PeerConnectionChoice {
  /** The participant id of its report. */
  id: string;
  label: string;
}

/** What the page says of a report that comes from its saved file. */
export interface SavedNote {
  /** Epoch ms. */
  at: number;
  /** Personal data were masked when it was saved. */
  masked: boolean;
  /** The findings are those of that time. */
  findings: boolean;
}

/** What was found in a report, ready to show. */
export interface ShownDiagnosis {
  /** One sentence on the worst of it; missing where nothing is claimed. */
  verdict?: { sentence: string; severity: Severity; sideText: string; confidence: Confidence };
  /** Too little was measured to call the stay good. */
  thin: boolean;
  /** Worst first. */
  findings: Finding[];
  /** Rules that gave no answer. */
  notEvaluated: NotEvaluated[];
  /** What the rules in force hold a report's series against. */
  limits?: SeriesLimit[];
}

/** What a button of the page asks the extension to do. */
export type PanelAction =
  | 'cancel'
  | 'compare'
  | 'copyId'
  | 'editConnection'
  | 'openRaw'
  | 'refresh'
  | 'showCalls'
  | 'showLog'
  | 'stopWaiting'
  | 'tellWhenReady'
  | 'togglePin';

/** What goes on with a report that is shown, or waited for. */
export interface ReportStatus {
  /** Epoch ms when the provider answered last, where that was later than the report on screen: it brought nothing new. */
  readAt?: number;
  /** It is read again by itself so often, seconds; missing where it is not. */
  followsEvery?: number;
  /** Why the last reading that nobody asked for failed. */
  problem?: string;
  /** The person is told when it is ready. */
  waiting?: boolean;
}

/** What VS Code's context menu asks of a chart. */
export type ChartAction = 'table' | 'csv' | 'image';

/** Questions of the webview that want an answer. */
export type WebviewRequest =
  | { kind: 'raw' }
  | { kind: 'copyText'; text: string }
  | { kind: 'saveImage'; name: string; png: ArrayBuffer };

/** The answer to each kind of {@link WebviewRequest}. */
export interface WebviewResults {
  /** The provider's answer, UTF-8. */
  raw: { bytes: Uint8Array };
  copyText: { done: true };
  /** `saved` is false when the person closed the dialog. */
  saveImage: { saved: boolean };
}

export type WebviewResult = WebviewResults[keyof WebviewResults];

/** Extension to webview. */
export type ToWebview =
  /** `keep`: a refresh; what is on screen stays until the answer is here. */
  | { v: number; type: 'loading'; subject: ReportSubject; pinned: boolean; keep: boolean }
  | {
      v: number;
      type: 'report';
      subject: ReportSubject;
      pinned: boolean;
      /** Epoch ms when the provider answered. */
      readAt: number;
      facts: PackedFacts;
      columns: ArrayBuffer;
      rawBytes: number;
      diagnosis?: ShownDiagnosis;
    }
  | { v: number; type: 'failed'; subject: ReportSubject; pinned: boolean; error: PlainError; keep: boolean }
  | { v: number; type: 'pinned'; pinned: boolean }
  /** Asked for in the context menu; `chart` is the key of its metric. */
  | { v: number; type: 'chart'; chart: string; action: ChartAction }
  | { v: number; type: 'status'; status: ReportStatus }
  /** Moves the cursor of all charts, epoch ms. */
  | { v: number; type: 'cursor'; at: number }
  | { v: number; type: 'reply'; id: string; result: WebviewResult }
  | { v: number; type: 'error'; id: string; error: PlainError };

/** Webview to extension. */
export type FromWebview =
  | { v: number; type: 'ready'; client: string }
  | { v: number; type: 'action'; action: PanelAction }
  /** Compare this participant with the one who sent a stream that was received. */
  | { v: number; type: 'compareEnds'; streamId: string }
  /** Where the cursor rests, epoch ms; null: it is away. */
  | { v: number; type: 'cursor'; at: number | null }
  /** Search the workspace's logs around this moment, epoch ms. */
  | { v: number; type: 'findInLogs'; at: number }
  /** Show what changed from the former session description to this one. */
  | { v: number; type: 'compareDescriptions'; index: number }
  /** Another peer connection of the same capture file was chosen. */
  | { v: number; type: 'choosePeerConnection'; id: string }
  /** Time from the data's arrival to the first painted chart, ms. */
  | { v: number; type: 'painted'; ms: number }
  | { v: number; type: 'request'; id: string; request: WebviewRequest }
  | { v: number; type: 'abandon'; id: string };
