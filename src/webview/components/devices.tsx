import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { DeviceChange } from '../../core/model';
import { displayText } from '../../core/text';
import { formatDuration, formatOffset } from '../../core/time';
import { type Selection, selectionsOf } from '../device-history';
import { formatMoment, MISSING } from '../format';
import { deviceWord } from '../lanes';
import type { ReportModel } from '../report-model';
import { PagedTable } from './paged-table';
import { countNote, Section } from './section';
import { Told } from './told';

/** Which devices were selected when, and all that came and went. */
export function Devices({ model }: { model: ReportModel }): JSX.Element {
  const { deviceChanges, endedAt, participant } = model.report;
  const end = participant.leftAt ?? endedAt;
  const changes = useMemo(() => [...deviceChanges].sort((a, b) => a.at - b.at), [deviceChanges]);
  const selections = useMemo(() => selectionsOf(deviceChanges, end), [deviceChanges, end]);
  return (
    <Section name="devices" title="Devices" note={countNote(changes.length, 'change', 'changes')}>
      {() => (
        <Told model={model} part="deviceChanges" none="No device was added, removed or selected during the call.">
          {changes.length > 0 && (
            <>
              <h3>Selected</h3>
              {selections.length > 0 ? (
                <SelectionTable selections={selections} />
              ) : (
                <p class="empty">Which device was selected is not stated; below is what came and went.</p>
              )}
              <h3>All changes</h3>
              <ChangeTable changes={changes} origin={model.origin} />
            </>
          )}
        </Told>
      )}
    </Section>
  );
}

function SelectionTable({ selections }: { selections: readonly Selection[] }): JSX.Element {
  const row = (index: number): string[] => {
    const selection = selections[index] as Selection;
    const { kind, label, deviceId, from, to } = selection;
    return [
      deviceWord(kind),
      displayText(label || deviceId || '', 200) || MISSING,
      formatMoment(from),
      formatMoment(to),
      to === undefined ? MISSING : formatDuration(to - from),
      endWords(selection),
    ];
  };
  return (
    <PagedTable
      caption="Which device was selected when"
      head={['Kind', 'Device', 'Selected at', 'Until', 'For', 'Why it ended']}
      numeric={(column) => column === 4}
      count={selections.length}
      row={row}
    />
  );
}

function endWords({ end, backAt }: Selection): string {
  switch (end) {
    case 'another':
      return 'Another was selected';
    case 'removed':
      return backAt === undefined ? '⚠ It was removed' : `⚠ It was removed; it was back at ${formatMoment(backAt)}`;
    case 'callEnded':
      return 'The stay ended';
    case 'goesOn':
      return 'Still selected';
  }
}

function ChangeTable({ changes, origin }: { changes: readonly DeviceChange[]; origin: number }): JSX.Element {
  const row = (index: number): string[] => {
    const { at, change, kind, label, deviceId } = changes[index] as DeviceChange;
    return [
      formatMoment(at),
      formatOffset(at - origin),
      change,
      kind ? deviceWord(kind) : MISSING,
      displayText(label ?? '', 200) || MISSING,
      displayText(deviceId ?? '', 200) || MISSING,
    ];
  };
  return (
    <PagedTable
      caption="Device changes"
      head={['Time', 'Into call', 'Change', 'Kind', 'Label', 'Device id']}
      numeric={(column) => column === 1}
      count={changes.length}
      row={row}
    />
  );
}
