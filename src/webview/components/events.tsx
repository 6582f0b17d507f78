import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { CallEvent } from '../../core/model';
import { displayText } from '../../core/text';
import { formatInto, formatMoment, MISSING } from '../format';
import { allEvents } from '../lanes';
import type { ReportModel } from '../report-model';
import { PagedTable } from './paged-table';
import { Section } from './section';

/** Everything that happened, with all that the provider says of it. */
export function Events({ model }: { model: ReportModel }): JSX.Element {
  const events = useMemo(() => allEvents(model.report), [model]);
  return (
    <Section name="events" title="Events" note={`${events.length}`}>
      {() =>
        events.length === 0 ? (
          <p class="empty">No events were recorded.</p>
        ) : (
          <PagedTable
            caption="Events"
            head={['Time', 'Into call', 'Lane', 'Event', 'Details']}
            numeric={(column) => column === 1}
            count={events.length}
            row={(index) => eventRow(events[index] as CallEvent, model.origin)}
          />
        )
      }
    </Section>
  );
}

function eventRow({ at, lane, name, details }: CallEvent, origin: number): string[] {
  const facts = Object.entries(details ?? {}).map(
    ([key, value]) => `${displayText(key, 80)}: ${value === null ? MISSING : displayText(String(value), 300)}`,
  );
  return [formatMoment(at), formatInto(at - origin), lane, displayText(name, 120), facts.join('  ·  ') || MISSING];
}
