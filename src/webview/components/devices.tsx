import * as l10n from '@vscode/l10n';
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
    <Section
      name="devices"
      title={l10n.t('Devices')}
      note={countNote(changes.length, l10n.t('1 change'), l10n.t('{0} changes', changes.length))}
    >
      {() => (
        <Told
          model={model}
          part="deviceChanges"
          none={l10n.t('No device was added, removed or selected during the call.')}
        >
          {changes.length > 0 && (
            <>
              <h3>{l10n.t('Selected')}</h3>
              {selections.length > 0 ? (
                <SelectionTable selections={selections} />
              ) : (
                <p class="empty">{l10n.t('Which device was selected is not stated; below is what came and went.')}</p>
              )}
              <h3>{l10n.t('All changes')}</h3>
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
      caption={l10n.t('Which device was selected when')}
      head={[
        l10n.t('Kind'),
        l10n.t('Device'),
        l10n.t('Selected at'),
        l10n.t('Until'),
        l10n.t({ message: 'For', comment: ['how long'] }),
        l10n.t('Why it ended'),
      ]}
      numeric={(column) => column === 4}
      count={selections.length}
      row={row}
    />
  );
}

function endWords({ end, backAt }: Selection): string {
  switch (end) {
    case 'another':
      return l10n.t('Another was selected');
    case 'removed':
      return backAt === undefined
        ? l10n.t('⚠ It was removed')
        : l10n.t('⚠ It was removed; it was back at {0}', formatMoment(backAt));
    case 'callEnded':
      return l10n.t('The stay ended');
    case 'goesOn':
      return l10n.t('Still selected');
  }
}

const CHANGES: Readonly<Record<DeviceChange['change'], string>> = {
  added: l10n.t('added'),
  removed: l10n.t('removed'),
  selected: l10n.t('selected'),
};

function ChangeTable({ changes, origin }: { changes: readonly DeviceChange[]; origin: number }): JSX.Element {
  const row = (index: number): string[] => {
    const { at, change, kind, label, deviceId } = changes[index] as DeviceChange;
    return [
      formatMoment(at),
      formatOffset(at - origin),
      CHANGES[change],
      kind ? deviceWord(kind) : MISSING,
      displayText(label ?? '', 200) || MISSING,
      displayText(deviceId ?? '', 200) || MISSING,
    ];
  };
  return (
    <PagedTable
      caption={l10n.t('Device changes')}
      head={[
        l10n.t('Time'),
        l10n.t('Into call'),
        l10n.t('Change'),
        l10n.t('Kind'),
        l10n.t('Label'),
        l10n.t('Device id'),
      ]}
      numeric={(column) => column === 1}
      count={changes.length}
      row={row}
    />
  );
}
