import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShownDiagnosis } from '../../protocol/messages';
import { useLogTimes } from '../log-times';
import { usePage } from '../page';
import type { ReportModel } from '../report-model';
import { useReportTimeline } from '../report-timeline';
import { Explorer } from './explorer';
import { Findings } from './findings';
import { Sections } from './sections';
import { Untold } from './told';

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
  const charted = model.sources.length > 0 || !model.playback;
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
          <p>{l10n.t('This is video playback by one viewer, not a call: nothing was sent to other people.')}</p>
          <Untold model={model} part="quality" />
        </div>
      )}
      {charted && (
        <Explorer model={model} diagnosis={diagnosis} timeline={timeline} painted={painted} onDraw={onDraw} />
      )}
      {painted && <Sections model={model} readAt={readAt} rawBytes={rawBytes} diagnosis={diagnosis} />}
    </>
  );
}
