import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ShownDiagnosis } from '../../protocol/messages';
import { Timeline } from '../charts/timeline';
import { usePage } from '../page';
import type { ReportModel } from '../report-model';
import { Aggregates } from './aggregates';
import { Client, Devices } from './client';
import { Connection } from './connection';
import { Events } from './events';
import { Explorer } from './explorer';
import { Findings } from './findings';
import { Network } from './network';
import { Notes } from './notes';
import { People } from './people';
import { Raw } from './raw';
import { Summary } from './summary';

interface ReportBodyProps {
  model: ReportModel;
  readAt: number;
  rawBytes: number;
  diagnosis?: ShownDiagnosis;
}

/** Charts first; the sections below them are built once the first chart is on screen. */
export function ReportBody({ model, readAt, rawBytes, diagnosis }: ReportBodyProps): JSX.Element {
  const { host, view } = usePage();
  const timeline = useMemo(() => new Timeline(model.span, view.range), [model]);
  const [painted, setPainted] = useState(false);
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
      <Explorer model={model} timeline={timeline} painted={painted} onDraw={onDraw} />
      {painted && (
        <div class="sections">
          <Summary model={model} />
          <Aggregates model={model} />
          <Connection model={model} />
          <Client model={model} />
          <Devices model={model} />
          <Network model={model} />
          <Events model={model} />
          <People model={model} />
          <Raw bytes={rawBytes} readAt={readAt} />
          <Notes model={model} />
        </div>
      )}
    </>
  );
}
