import * as l10n from '@vscode/l10n';
import type { CallEvent, Participant } from '../../core/model';
import { compareNumbers, smallest } from '../../core/order';
import { parseTime } from '../../core/time';
import { facts, rating } from './facts';
import type { ParticipantRecord } from './schema';

/** Roles that Whereby gives to its own machinery. */
const MACHINES: ReadonlySet<string> = new Set(['recorder', 'streamer', 'captioner', 'assistant']);

/** What stands for a name when the account hides names. */
const REDACTED = '[[redacted]]';

/** A name that can be shown; undefined when there is none or it is hidden. */
export function shownName(name: string | null | undefined): string | undefined {
  return name && name !== REDACTED ? name : undefined;
}

/**
 * One participant from the rows of their connections, at least one, in the order of joining. `number` is their place in
 * the session, for a name that is hidden; undefined where the order does not tell it.
 */
export function mapParticipant(records: readonly ParticipantRecord[], number?: number): Participant {
  const ordered = records.toSorted((a, b) => compareNumbers(parseTime(a.joinedAt), parseTime(b.joinedAt)));
  const last = ordered.at(-1) as ParticipantRecord;
  const latest = <K extends keyof ParticipantRecord>(field: K): ParticipantRecord[K] | undefined =>
    ordered.findLast((record) => isGiven(record[field]))?.[field];
  const stays = ordered.map((record) => ({ joined: parseTime(record.joinedAt), left: parseTime(record.leftAt) }));
  const joins = stays.flatMap(({ joined }) => joined ?? []);
  const leaves = stays.flatMap(({ left }) => left ?? []);
  const hidden = ordered.some((record) => record.displayName === REDACTED);
  const role = latest('roleName') ?? undefined;
  const name = shownName(latest('displayName'));
  return {
    id: participantId(last) ?? '',
    name: name ?? (number === undefined ? undefined : l10n.t('Participant {0}', number)),
    userId: latest('userId') ?? undefined,
    customId: latest('externalId') ?? undefined,
    role,
    joinedAt: smallest(joins),
    leftAt: leaves.length === stays.length ? Math.max(...leaves) : undefined,
    durationMs: stays.length > 1 ? total(stays) : undefined,
    events: stays.length > 1 ? events(stays) : undefined,
    facts: facts([
      [l10n.t('Kind'), role && MACHINES.has(role) ? l10n.t('not a person: {0}', role) : undefined],
      [l10n.t('Name'), hidden && !name ? l10n.t('hidden by the privacy settings of the Whereby account') : undefined],
      [l10n.t('Connections'), stays.length > 1 ? stays.length : undefined],
      [l10n.t('Device ID'), latest('deviceId'), true],
      [l10n.t('Rating'), rating(latest('rating'), undefined)],
      [l10n.t('Rating tags'), latest('tags')?.join(', ')],
      [l10n.t('Rating comment'), latest('comment'), true],
    ]),
  };
}

/** What a participant is told apart by; undefined when the row has no id at all. */
export function participantId(record: ParticipantRecord): string | undefined {
  return record.participantId || record.deviceId || undefined;
}

interface Stay {
  joined?: number;
  left?: number;
}

function total(stays: readonly Stay[]): number | undefined {
  let sum = 0;
  for (const { joined, left } of stays) {
    if (joined === undefined || left === undefined) return undefined;
    sum += Math.max(0, left - joined);
  }
  return sum;
}

function events(stays: readonly Stay[]): CallEvent[] {
  const list = stays.flatMap(({ joined, left }, index): CallEvent[] => [
    ...(joined === undefined
      ? []
      : [{ at: joined, name: index === 0 ? 'joined' : 'rejoined', lane: 'presence' as const }]),
    ...(left === undefined ? [] : [{ at: left, name: 'left', lane: 'presence' as const }]),
  ]);
  return list.sort((a, b) => a.at - b.at);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
