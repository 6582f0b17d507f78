import { type MessagePort, parentPort } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { CallError, toPlainError } from '../core/errors';
import type { CallReport } from '../core/model';
import type { SavedFacts } from '../core/saved-report';
import { isSavedReport, readSavedReport } from '../export/read-json';
import { isSavedSession, readSavedSession } from '../export/read-session';
import { readReport as readStatistics } from '../providers/hms/report/read';
import { readPlayback } from '../providers/mediamelon/report';
import { readReport } from '../providers/realtimekit/report/read';
import type { ReportJob, ReportOutcome, SavedJob, SavedSessionJob } from '../providers/report-job';
import { readJsonFile, recognizeAnswer } from '../providers/saved-answer';
import { readReport as readParticipant } from '../providers/whereby/report/read';

/** What was read; `saved` where it came from a saved report. */
interface Read {
  report: CallReport;
  saved?: SavedFacts;
}

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

function read(job: ReportJob): Read {
  switch (job.provider) {
    case 'realtimekit':
      return { report: readReport(job.body, job) };
    case '100ms':
      return { report: readStatistics(job.body, job) };
    case 'mediamelon':
      return { report: readPlayback(job.body, job) };
    case 'whereby':
      return { report: readParticipant(job.body, job) };
    case 'saved':
      return readSaved(job);
  }
}

/** Reads a file: a saved report of ours, or a provider's own answer. Who it is about is what the file says. */
function readSaved({ body: file, who, now }: SavedJob): Read {
  const value = readJsonFile(file, who);
  if (isSavedReport(value)) return readSavedReport(value, who);
  if (isSavedSession(value))
    throw new CallError('BadInput', l10n.t('{0} holds a whole session.', who), { field: 'file' });
  const { provider, body } = recognizeAnswer(value, file, who);
  switch (provider) {
    case 'realtimekit':
      return { report: readReport(body, { who, participantId: '', now }) };
    case '100ms':
      return { report: readStatistics(body, { who, participantId: '' }) };
    case 'whereby':
      return { report: readParticipant(body, { who, participantId: '', now, lossUnit: 'auto' }) };
    case 'mediamelon':
      return { report: readPlayback(body, { who, metrics: [] }) };
  }
}

/** What is told, and the memory that moves with it. */
function outcomeOf(job: ReportJob | SavedSessionJob): [ReportOutcome, Set<ArrayBufferLike>] {
  const { body } = job;
  if (job.provider === 'savedSession') {
    const session = readSavedSession(readJsonFile(body, job.who), job.who);
    return [{ session }, new Set(session.reports.flatMap((report) => [...columnBuffers(report)]))];
  }
  const { report, saved } = read(job);
  return [{ report, saved, body }, columnBuffers(report).add(body.buffer)];
}

function answer(port: MessagePort, job: ReportJob | SavedSessionJob): void {
  try {
    const [outcome, buffers] = outcomeOf(job);
    port.postMessage(outcome, [...buffers] as ArrayBuffer[]);
  } catch (error) {
    const outcome: ReportOutcome = { error: toPlainError(error) };
    port.postMessage(outcome);
  }
}

const port = parentPort;
port?.on('message', (job: ReportJob | SavedSessionJob) => answer(port, job));
