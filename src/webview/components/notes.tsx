import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { displayText } from '../../core/text';
import type { ReportModel } from '../report-model';
import { Section } from './section';

/** What was taken for granted to read the figures, and what could not be read. */
export function Notes({ model: { report, subject, playback } }: { model: ReportModel }): JSX.Element {
  const { assumptions, issues } = report;
  const { cannotTell = {} } = subject;
  // Of a playback these have no section where the sentence could stand.
  const untold = (['connection', 'deviceChanges', 'events', 'aggregates'] as const).flatMap((part) =>
    playback && cannotTell[part] ? [cannotTell[part]] : [],
  );
  const count = assumptions.length + issues.length;
  return (
    <Section name="notes" title={l10n.t('Notes')} note={`${count}`}>
      {() => (
        <>
          <h3>{l10n.t('Assumptions')}</h3>
          {assumptions.length === 0 ? (
            <p class="empty">{l10n.t('None: every figure is as the provider defines it.')}</p>
          ) : (
            <ul class="sentences" data-field="assumptions">
              {assumptions.map((sentence, index) => (
                <li key={index}>{displayText(sentence, 600)}</li>
              ))}
            </ul>
          )}
          {untold.length > 0 && (
            <>
              <h3>{l10n.t('What cannot be told')}</h3>
              <ul class="sentences" data-field="untold">
                {untold.map((sentence) => (
                  <li key={sentence}>{displayText(sentence, 400)}</li>
                ))}
              </ul>
            </>
          )}
          <h3>{l10n.t('Unreadable fields')}</h3>
          {issues.length === 0 ? (
            <p class="empty">{l10n.t('None: everything in the answer was read.')}</p>
          ) : (
            <ul class="sentences" data-field="issues">
              {issues.map(({ path, message }, index) => (
                <li key={index}>
                  <code>{displayText(path, 200)}</code> {displayText(message, 400)}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Section>
  );
}
