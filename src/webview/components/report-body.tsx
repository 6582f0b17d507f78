import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShownDiagnosis } from '../../protocol/messages';
import { useLogTimes } from '../log-times';
import { usePage } from '../page';
import type { ReportModel } from '../report-model';
import { useReportTimeline } from '../report-timeline';
import { Aggregates } from './aggregates';
import { Client } from './client';
import { Connection } from './connection';
import { Devices } from './devices';
import { Events } from './events';
import { Explorer } from './explorer';
import { Figures } from './figures';
import { Findings } from './findings';
import { Network } from './network';
import { Notes } from './notes';
import { People } from './people';
import { Raw } from './raw';
import { Summary } from './summary';
import { Untold } from './told';
import { AssetTrend } from './trend';

interface ReportBodyProps {
  model: ReportModel;
  readAt: number;
  rawBytes: number;
  diagnosis?: ShownDiagnosis;
  /** Where the cursor is to go, epoch ms; a new object each time. */
  goTo?: { at: number };
}

/** Charts first; the sections below them are built once the first chart is on screen. */
export function ReportBody({ model, readAt, rawBytes, diagnosis, goTo }: ReportBodyProps): JSX.Element {
  const { host, view, remember } = usePage();
  const timeline = useReportTimeline(model, view, (cursor) => {
    remember({ cursor });
    host.cursorRests(cursor);
  });
  useLogTimes(timeline, goTo);
  const [painted, setPainted] = useState(false);
  const { report } = model;
  const charted = model.sources.length > 0 || !model.playback;
  // A playback has none of what makes a call; what came all the same is shown.
  const shows = (...lists: readonly unknown[][]) => !model.playback || lists.some(({ length }) => length > 0);
  const drawn = useRef<ReportModel | undefined>(undefined);

  const onDraw = () => {
    if (drawn.current === model) return;
    drawn.current = model;
    // The frame after the drawing is the one that people see.
    requestAnimationFrame(() => {
      setTimeout(() => {
        const { duration } = performance.measure('peerscope:first-chart', 'peerscope:data');
        host.painted(duration);
        setPainted(true);
      });
    });
  };
  useEffect(() => {
    // Without a chart there is nothing to wait for; a hidden page draws no frame.
    const timer = setTimeout(() => setPainted(true), model.coreMetrics.length === 0 ? 0 : 1000);
    return () => clearTimeout(timer);
  }, [model]);

  return (
    <>
      {diagnosis && <Findings diagnosis={diagnosis} model={model} timeline={timeline} />}
      {model.playback && (
        <div class="playback-note" data-field="playback">
          <p>This is video playback by one viewer, not a call: nothing was sent to other people.</p>
          <Untold model={model} part="quality" />
        </div>
      )}
      {charted && (
        <Explorer model={model} diagnosis={diagnosis} timeline={timeline} painted={painted} onDraw={onDraw} />
      )}
      {painted && (
        <div class="sections">
          {(report.figures || model.playback) && <Figures model={model} />}
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
      )}
    </>
  );
}
