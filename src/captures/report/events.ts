import * as l10n from '@vscode/l10n';
import type { CallEvent, ItemIssue } from '../../core/model';
import type { MediaRequest } from '../capture';
import type { LogEntry } from '../log';
import { candidateDetails } from './candidate-line';
import { candidateIn, descriptionIn, flatDetails } from './log-values';
import { stated } from './pairs';

/** Words of a method's name that tell where it belongs, the first that fits. */
const LANES: readonly [RegExp, CallEvent['lane']][] = [
  [/^(?:create|close)$/, 'presence'],
  [/ice|candidate|connectionstate|dtls/i, 'network'],
  [/track|transceiver|stream|media|datachannel|setParameters|codec|mute|resize/i, 'media'],
];

/** The lane of a method or event by its name. */
export function laneOf(method: string): CallEvent['lane'] {
  return LANES.find(([pattern]) => pattern.test(method))?.[1] ?? 'other';
}

/** API calls, their outcomes and events as they were logged, in the order of time. */
export function mapEvents(log: readonly LogEntry[], issues: ItemIssue[]): CallEvent[] {
  const events: CallEvent[] = [];
  let before = Number.NaN;
  let timeless = 0;
  for (const { at, method, value } of log) {
    // An entry without a time came with the one before it.
    if (Number.isFinite(at)) before = at;
    if (Number.isNaN(before)) {
      timeless += 1;
      continue;
    }
    const details = detailsOf(method, value);
    const known = Object.keys(details).length > 0;
    events.push({ at: before, name: method, lane: laneOf(method), ...(known && { details }) });
  }
  if (timeless > 0) issues.push({ path: 'log', message: timelessWords(timeless) });
  return events.sort((a, b) => a.at - b.at);
}

function timelessWords(count: number): string {
  return count === 1
    ? l10n.t('1 entry without a time was left out.')
    : l10n.t('{0} entries without a time were left out.', count);
}

function detailsOf(method: string, value: unknown): NonNullable<CallEvent['details']> {
  const description = descriptionIn(value);
  if (description) {
    const sections = description.sdp.match(/^m=/gm)?.length ?? 0;
    return {
      type: description.type,
      lines: description.sdp.trimEnd().split(/\r\n|\r|\n/).length,
      mediaSections: sections,
    };
  }
  const candidate = candidateIn(value);
  if (candidate) {
    return candidate.candidate === ''
      ? { endOfCandidates: true }
      : stated({ ...candidateDetails(candidate.candidate), url: candidate.url });
  }
  if (typeof value === 'string' && value !== '') {
    if (/statechange$/i.test(method)) return { state: value.slice(0, 100) };
    if (method.endsWith('Failure')) return { error: value.slice(0, 1000) };
  }
  return flatDetails(value);
}

/** Requests for cameras, microphones and screens, as events. */
export function requestEvents(requests: readonly MediaRequest[]): CallEvent[] {
  return requests.map(({ at, method, kind, audio, video, tracks, error }): CallEvent => {
    const name = kind === 'request' ? method : `${method}On${kind === 'success' ? 'Success' : 'Failure'}`;
    const asked = (constraints: string | undefined) =>
      constraints === '' ? l10n.t('any') : constraints?.slice(0, 300);
    const details: CallEvent['details'] =
      kind === 'request'
        ? stated({ audio: asked(audio), video: asked(video) })
        : kind === 'failure'
          ? { error: (error ?? '').slice(0, 1000) }
          : { tracks: (tracks ?? []).map((track) => track.kind).join(', ') };
    return { at, name, lane: 'media', details };
  });
}
