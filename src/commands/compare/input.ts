import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import { type ParticipantRef, participantKey } from '../../core/ids';
import { readParticipantRef } from '../../core/ref-input';
import type { WantedStream } from '../../protocol/compare-state';
import { isNode } from '../../tree/nodes';
import { isFromPage } from '../register';

/** Who is to be compared, as far as the argument says: two, one, or nobody yet. */
export type Chosen = readonly [ParticipantRef, ParticipantRef] | readonly [ParticipantRef] | readonly [];

/**
 * Reads whom to compare: a list of two participants, or the rows that are selected in the tree. Throws `BadInput` for
 * anything else, for more than two, and for one participant twice.
 */
export function readChosen(argument: unknown, selected: unknown): Chosen {
  if (argument === undefined || isFromPage(argument)) return [];
  if (isNode(argument)) {
    const rows = Array.isArray(selected) && selected.length > 1 ? selected : [argument];
    const refs = rows.flatMap((row) => (isNode(row) && row.kind === 'participant' ? [row.ref] : []));
    if (refs.length !== rows.length || refs.length > 2) {
      throw new CallError('BadInput', l10n.t('Select two participants to compare.'), { field: 'argument' });
    }
    return different(refs);
  }
  if (!Array.isArray(argument) || argument.length !== 2) {
    throw new CallError('BadInput', l10n.t('Expected a list of two participants.'), { field: 'argument' });
  }
  return different(argument.map(readParticipantRef));
}

/** Reads the stream whose ends are wanted, from the second argument. Throws `BadInput`. */
export function readWanted(options: unknown): WantedStream | undefined {
  if (typeof options !== 'object' || options === null || !('stream' in options)) return undefined;
  const { senderId, kind, source } = (options.stream ?? {}) as Partial<Record<keyof WantedStream, unknown>>;
  const known = (value: unknown, all: readonly string[]) => typeof value === 'string' && all.includes(value);
  if (
    typeof senderId !== 'string' ||
    !known(kind, ['audio', 'video', 'all']) ||
    !known(source, ['camera-mic', 'screen', 'all'])
  ) {
    throw new CallError('BadInput', l10n.t('stream: expected senderId, kind and source.'), { field: 'stream' });
  }
  return { senderId, kind: kind as WantedStream['kind'], source: source as WantedStream['source'] };
}

function different(refs: ParticipantRef[]): Chosen {
  const [first, second] = refs;
  if (!first || !second) return first ? [first] : [];
  if (participantKey(first) === participantKey(second)) {
    throw new CallError('BadInput', l10n.t('Choose two different participants: this is the same one twice.'), {
      field: 'argument',
    });
  }
  return [first, second];
}
