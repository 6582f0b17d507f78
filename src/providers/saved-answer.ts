import * as l10n from '@vscode/l10n';
import { CallError } from '../core/errors';
import type { ProviderId } from '../core/ids';
import { parseJson } from './http/body';
import { readAnswer } from './mediamelon/answer';
import { found, member } from './records';
import { isParticipantAnswer } from './whereby/report/recognize';

/** Whose answer a file holds, and its body in the form in which the provider sends it. */
export interface SavedAnswer {
  provider: ProviderId;
  body: Uint8Array;
}

/**
 * Tells whose answer was saved to a file: a RealtimeKit peer report (as the API or a webhook sends it), 100ms peer
 * statistics, a Whereby participant's samples, or MediaMelon sessions. `value` is the body, parsed; `name` is the file's, for
 * sentences. Throws `BadInput` that says what the file looks like instead.
 */
export function recognizeAnswer(value: unknown, body: Uint8Array, name: string): SavedAnswer {
  const participant = participantWithReport(value);
  if (participant !== undefined) {
    const asSent = member(member(value, 'data'), 'participant') === participant;
    return { provider: 'realtimekit', body: asSent ? body : encode({ data: { participant } }) };
  }
  if (member(value, 'publisher') !== undefined || member(value, 'subscriber') !== undefined) {
    return { provider: '100ms', body };
  }
  if (isParticipantAnswer(value)) return { provider: 'whereby', body };
  if (holdsPlaybacks(body, name)) return { provider: 'mediamelon', body };
  throw new CallError(
    'BadInput',
    l10n.t(
      '{0} holds JSON ({1}), but no call report that is known: expected a report saved by Peerscope, or as the API sends it a RealtimeKit peer report, 100ms peer stats, a Whereby participant or MediaMelon sessions.',
      name,
      found(value),
    ),
    { field: 'file' },
  );
}

/** A file's content as JSON. Throws `BadInput` that says what the file is instead. */
export function readJsonFile(body: Uint8Array, name: string): unknown {
  if (body.byteLength === 0) throw new CallError('BadInput', l10n.t('{0} is empty.', name), { field: 'file' });
  if (body.includes(0)) {
    throw new CallError('BadInput', l10n.t('{0} is a binary file. Open the JSON that the provider sent.', name), {
      field: 'file',
    });
  }
  try {
    return parseJson(body, name);
  } catch {
    const text = l10n.t("{0} is no complete JSON. It may have been cut off: save the provider's answer again.", name);
    throw new CallError('BadInput', text, { field: 'file' });
  }
}

/** The object that holds `peer_report`: `data.participant` of the API, or nearer to the top in a webhook. */
function participantWithReport(value: unknown): unknown {
  const places = [
    value,
    member(value, 'participant'),
    member(value, 'data'),
    member(member(value, 'data'), 'participant'),
  ];
  return places.find((place) => member(place, 'peer_report') !== undefined);
}

function holdsPlaybacks(body: Uint8Array, name: string): boolean {
  try {
    const { rows } = readAnswer(body, { who: name, what: l10n.t('this file'), metrics: [] });
    return rows.some(({ cells }) => cells.has('sessionid'));
  } catch {
    return false;
  }
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
