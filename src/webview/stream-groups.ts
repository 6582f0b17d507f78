import * as l10n from '@vscode/l10n';
import { plainLabel, type Source, type SourceGroup } from './sources';

/** Streams that belong together: the layers and successors of one camera, or all that came from one person. */
export interface StreamPart {
  /** Missing for a single stream, which has its whole name itself. */
  title?: string;
  members: readonly { source: Source /** What tells it apart in its part. */; name: string }[];
}

/** The streams of one direction. */
export interface StreamGroup {
  group: SourceGroup;
  title: string;
  parts: readonly StreamPart[];
}

const TITLES: readonly (readonly [SourceGroup, string])[] = [
  ['sent', l10n.t('Sent')],
  ['received', l10n.t('Received')],
  ['transport', l10n.t('Transport')],
];

/**
 * Sources by direction; in it what was sent by medium (microphone, camera, screen), and what was received by whom it came
 * from, in the order in which they first appear.
 */
export function groupStreams(sources: readonly Source[]): StreamGroup[] {
  return TITLES.flatMap(([group, title]) => {
    const parts = new Map<string, Source[]>();
    for (const source of sources) {
      if (source.group !== group) continue;
      const key = partKey(source);
      const part = parts.get(key);
      if (part) part.push(source);
      else parts.set(key, [source]);
    }
    return parts.size === 0 ? [] : [{ group, title, parts: [...parts.values()].map(partOf) }];
  });
}

function partKey({ id, words, stream }: Source): string {
  if (!words || !stream) return id;
  return words.who === undefined
    ? `what ${plainLabel(stream)}`
    : `who ${stream.remoteParticipantId ?? ''} ${words.who}`;
}

function partOf(members: readonly Source[]): StreamPart {
  const [first] = members;
  if (members.length === 1 || !first?.words)
    return { members: members.map((source) => ({ source, name: source.label })) };
  const { who, what } = first.words;
  return {
    title: who ?? what,
    members: members.map((source) => ({ source, name: nameInPart(source, who === undefined ? what : undefined) })),
  };
}

/** `180p (2)` below "Camera", `Camera · 180p` below a person's name. */
function nameInPart({ label, words }: Source, title: string | undefined): string {
  const number = / \(\d+\)$/.exec(label)?.[0] ?? '';
  const parts = [words?.what === title ? undefined : words?.what, words?.layer].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') + number : `${title ?? ''}${number}`;
}
