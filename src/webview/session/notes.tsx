import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { displayText } from '../../core/text';
import type { StayList } from '../../protocol/session-messages';
import { Section } from '../components/section';
import type { SessionModel } from './model';

/** What was taken for granted, and what could not be read. */
export function SessionNotes({ stays, model }: { stays: StayList; model: SessionModel }): JSX.Element | null {
  const guessed = model.people.filter(({ knownBy, participants }) => knownBy === 'name' && participants.length > 1);
  const notes = [
    ...(guessed.length > 0
      ? [l10n.t('Stays without an id of the person were taken for one person’s where name and role are the same.')]
      : []),
    ...stays.issues.map(({ path, message }) => `${displayText(path, 200)}: ${displayText(message, 400)}`),
  ];
  if (notes.length === 0) return null;
  return (
    <Section name="notes" title={l10n.t('Notes')} note={`${notes.length}`} open={false}>
      {() => (
        <ul class="sentences">
          {notes.map((text, index) => (
            <li key={index}>{text}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
