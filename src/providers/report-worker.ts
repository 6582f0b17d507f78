import { type MessagePort, parentPort } from 'node:worker_threads';
import { toPlainError } from '../core/errors';
import type { CallReport } from '../core/model';
import { readReport as readStatistics } from './hms/report/read';
import { readPlayback } from './mediamelon/report';
import { readReport } from './realtimekit/report/read';
import type { ReportJob, ReportOutcome, SavedJob } from './report-job';
import { recognizeAnswer } from './saved-answer';
import { readReport as readParticipant } from './whereby/report/read';

/** Every column's memory, so that it moves instead of being copied. */
function columnBuffers(report: CallReport): Set<ArrayBufferLike> {
  const buffers = new Set<ArrayBufferLike>();
  const add = (column: Float64Array | undefined) => column && buffers.add(column.buffer);
  for (const { times, series } of [...report.streams, ...report.transports]) {
    add(times);
    for (const column of Object.values(series ?? {})) add(column);
  }
  return buffers;
}

function read(job: ReportJob): CallReport {
  switch (job.provider) {
    case 'realtimekit':
      return readReport(job.body, job);
    case '100ms':
      return readStatistics(job.body, job);
    case 'mediamelon':
      return readPlayback(job.body, job);
    case 'whereby':
      return readParticipant(job.body, job);
    case 'saved':
      return readSaved(job);
  }
}

/** Reads a file as the provider's own answer would be read; who it is about is what the file says. */
function readSaved({ body: file, who, now }: SavedJob): CallReport {
  const { provider, body } = recognizeAnswer(file, who);
  switch (provider) {
    case 'realtimekit':
      return readReport(body, { who, participantId: '', now });
    case '100ms':
      return readStatistics(body, { who, participantId: '' });
    case 'whereby':
      return readParticipant(body, { who, participantId: '', now, lossUnit: 'auto' });
    case 'mediamelon':
      return readPlayback(body, { who, metrics: [] });
  }
}

function answer(port: MessagePort, job: ReportJob): void {
  const { body } = job;
  try {
    const report = read(job);
    const outcome: ReportOutcome = { report, body };
    port.postMessage(outcome, [...columnBuffers(report).add(body.buffer)] as ArrayBuffer[]);
  } catch (error) {
    const outcome: ReportOutcome = { error: toPlainError(error) };
    port.postMessage(outcome);
  }
}

const port = parentPort;
port?.on('message', (job: ReportJob) => answer(port, job));
