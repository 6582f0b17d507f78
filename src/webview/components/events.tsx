import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { inSentence } from '../../core/in-sentence';
import { localNumber } from '../../core/locale';
import type { CallEvent } from '../../core/model';
import { displayText } from '../../core/text';
import { formatOffset } from '../../core/time';
import { formatMoment, formatYesNo, MISSING } from '../format';
import { allEvents, LANE_LABELS } from '../lanes';
import type { ReportModel } from '../report-model';
import { type Cell, PagedTable } from './paged-table';
import { countNote, Section } from './section';
import { Told } from './told';

/** Longer values fold: an ICE failure brings all its candidates in one text. */
const FOLDS_FROM = 160;
const MAX_VALUE = 20_000;

/** Everything that happened, with all that the provider says of it. */
export function Events({ model }: { model: ReportModel }): JSX.Element {
  const events = useMemo(() => allEvents(model.report), [model]);
  return (
    <Section name="events" title={l10n.t('Events')} note={countNote(events.length)}>
      {() => (
        <Told model={model} part="events" none={l10n.t('No events were recorded.')}>
          {events.length > 0 && (
            <PagedTable
              caption={l10n.t('Events')}
              head={[l10n.t('Time'), l10n.t('Into call'), l10n.t('Lane'), l10n.t('Event'), l10n.t('Details')]}
              numeric={(column) => column === 1}
              count={events.length}
              row={(index) => eventRow(events[index] as CallEvent, model.origin)}
            />
          )}
        </Told>
      )}
    </Section>
  );
}

function eventRow({ at, lane, name, details }: CallEvent, origin: number): Cell[] {
  const facts = Object.entries(details ?? {});
  return [
    formatMoment(at),
    formatOffset(at - origin),
    inSentence(LANE_LABELS[lane]),
    displayText(name, 120),
    facts.length === 0 ? MISSING : <Details facts={facts} />,
  ];
}

function Details({ facts }: { facts: [string, string | number | boolean | null][] }): JSX.Element {
  const texts = facts.map(([key, value]) => ({ key: displayText(key, 80), text: detailText(value) }));
  const short = texts.filter(({ text }) => text.length < FOLDS_FROM).map(({ key, text }) => `${key}: ${text}`);
  return (
    <>
      {short.join('  ·  ')}
      {texts
        .filter(({ text }) => text.length >= FOLDS_FROM)
        .map(({ key, text }) => (
          <details key={key}>
            <summary>
              {key}: {displayText(text, 80)}
            </summary>
            <pre>{text}</pre>
          </details>
        ))}
    </>
  );
}

function detailText(value: string | number | boolean | null): string {
  if (value === null) return MISSING;
  if (typeof value === 'boolean') return formatYesNo(value).toLowerCase();
  if (typeof value === 'number') return localNumber(value);
  // Lines stay lines, each fit to show.
  const lines = value.slice(0, MAX_VALUE).split(/\r\n|\r|\n/);
  return lines.map((line) => displayText(line, MAX_VALUE)).join('\n') || MISSING;
}
