import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { DeviceChange } from '../../core/model';
import { displayText } from '../../core/text';
import { formatDuration, formatOffset } from '../../core/time';
import { type Selection, selectionsOf } from '../device-history';
import { formatMoment, MISSING } from '../format';
import { deviceWord } from '../lanes';
import type { ReportModel } from '../report-model';
import { Scroll } from './scroll';
import { countNote, Section } from './section';
import { Told } from './told';

const SELECTED = ['Kind', 'Device', 'Selected at', 'Until', 'For', 'Why it ended'];
const CHANGES = ['Time', 'Into call', 'Change', 'Kind', 'Label', 'Device id'];

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
  return (
    <Scroll label="Selected devices">
      <table class="device-selections">
        <caption class="sr-only">Which device was selected when</caption>
        <Head texts={SELECTED} numeric="For" />
        <tbody>
          {selections.map((selection, index) => {
            const { kind, label, deviceId, from, to } = selection;
            return (
              <tr key={index} data-selection={kind}>
                <th scope="row">{deviceWord(kind)}</th>
                <td data-field="label" title={displayText(deviceId ?? '', 200) || undefined}>
                  {displayText(label || deviceId || '', 200) || MISSING}
                </td>
                <td data-field="from">{formatMoment(from)}</td>
                <td data-field="to">{formatMoment(to)}</td>
                <td class="number" data-field="for">
                  {to === undefined ? MISSING : formatDuration(to - from)}
                </td>
                <td data-field="end" class={selection.end === 'removed' ? 'differs' : undefined}>
                  {endWords(selection)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
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
  return (
    <Scroll label="All device changes">
      <table class="device-changes">
        <caption class="sr-only">Device changes</caption>
        <Head texts={CHANGES} numeric="Into call" />
        <tbody>
          {changes.map(({ at, change, kind, label, deviceId }, index) => (
            <tr key={index}>
              <th scope="row" data-field="at">
                {formatMoment(at)}
              </th>
              <td class="number">{formatOffset(at - origin)}</td>
              <td data-field="change">{change}</td>
              <td data-field="kind">{kind ? deviceWord(kind) : MISSING}</td>
              <td data-field="label">{displayText(label ?? '', 200) || MISSING}</td>
              <td data-field="deviceId" class="mono">
                {displayText(deviceId ?? '', 200) || MISSING}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Head({ texts, numeric }: { texts: readonly string[]; numeric: string }): JSX.Element {
  return (
    <thead>
      <tr>
        {texts.map((text) => (
          <th key={text} scope="col" class={text === numeric ? 'number' : undefined}>
            {text}
          </th>
        ))}
      </tr>
    </thead>
  );
}
