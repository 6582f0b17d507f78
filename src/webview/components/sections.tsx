import type { JSX } from 'preact';
import type { ShownDiagnosis } from '../../protocol/messages';
import type { ReportModel } from '../report-model';
import { Aggregates } from './aggregates';
import { Client } from './client';
import { Connection } from './connection';
import { Devices } from './devices';
import { Events } from './events';
import { Figures } from './figures';
import { Network } from './network';
import { Notes } from './notes';
import { People } from './people';
import { Raw } from './raw';
import { Summary } from './summary';
import { AssetTrend } from './trend';

interface SectionsProps {
  model: ReportModel;
  readAt: number;
  rawBytes: number;
  diagnosis?: ShownDiagnosis;
}

/** All that stands below the charts. None of it is needed for the first chart. */
export function Sections({ model, readAt, rawBytes, diagnosis }: SectionsProps): JSX.Element {
  const { report } = model;
  const charted = model.sources.length > 0 || !model.playback;
  // A playback has none of what makes a call; what came all the same is shown.
  const shows = (...lists: readonly unknown[][]) => !model.playback || lists.some(({ length }) => length > 0);
  return (
    <div class="sections">
      {(report.figures ?? model.playback) && <Figures model={model} />}
      {model.trend && <AssetTrend model={model} trend={model.trend} />}
      {charted && <Summary model={model} limits={diagnosis?.limits} />}
      {shows(report.aggregates) && <Aggregates model={model} />}
      {shows(report.transports, report.connectivity) && <Connection model={model} />}
      <Client model={model} />
      {shows(report.deviceChanges) && <Devices model={model} />}
      <Network model={model} />
      {shows(report.events) && <Events model={model} />}
      <People model={model} />
      <Raw bytes={rawBytes} readAt={readAt} />
      <Notes model={model} />
    </div>
  );
}
