import { toPlainError } from '../core/errors';
import type { ParticipantRef } from '../core/ids';
import type { CallReport } from '../core/model';
import { sessionDescriptions } from '../core/session-descriptions';
import { assertNever } from '../protocol/bridge';
import type { PanelAction } from '../protocol/messages';
import type { ReportSurface } from './report-surface';
import type { ReportServices } from './services';

/** What a button of the page can do to the page itself. */
export interface ActionTarget {
  readonly ref: ParticipantRef | undefined;
  refresh(): void;
  /** Ends the reading that runs. */
  stop(): void;
}

/** Does what a button of a report page stands for. Never throws: what fails is logged. */
export function act(
  action: PanelAction,
  target: ActionTarget,
  services: Pick<ReportServices, 'runCommand' | 'log'>,
  surface: Pick<ReportSurface, 'copyText' | 'togglePin'>,
): void {
  const { ref } = target;
  const run = (work: Thenable<unknown>): void => logged(work, services);
  switch (action) {
    case 'cancel':
      target.stop();
      break;
    case 'compare':
      // Without an argument it asks with whom: this report is the one in front.
      run(services.runCommand('peerscope.compareParticipants'));
      break;
    case 'copyId':
      if (ref) run(surface.copyText(ref.participantId));
      break;
    case 'editConnection':
      if (ref) run(services.runCommand('peerscope.editConnection', { id: ref.connectionId }));
      break;
    case 'openRaw':
      if (ref) run(services.runCommand('peerscope.openRaw', ref));
      break;
    case 'refresh':
      target.refresh();
      break;
    case 'showCalls':
      run(services.runCommand('peerscope.calls.focus'));
      break;
    case 'showLog':
      run(services.runCommand('peerscope.showLog'));
      break;
    case 'stopWaiting':
      if (ref) run(services.runCommand('peerscope.stopWaiting', ref));
      break;
    case 'tellWhenReady':
      if (ref) run(services.runCommand('peerscope.tellWhenReady', ref));
      break;
    case 'togglePin':
      surface.togglePin();
      break;
    default:
      assertNever(action);
      break;
  }
}

/**
 * Compares both ends of a stream that was received. Only one that is shown, and whose sender is known: what the page says is
 * not taken on trust.
 */
export function compareEnds(
  streamId: string,
  ref: ParticipantRef | undefined,
  report: CallReport | undefined,
  services: Pick<ReportServices, 'runCommand' | 'log'>,
): void {
  const stream = report?.streams.find(({ id }) => id === streamId);
  const senderId = stream?.remoteParticipantId;
  if (!ref || !stream || senderId === undefined || stream.direction !== 'receive') return;
  const { kind, source } = stream;
  const pair = [{ ...ref, participantId: senderId }, ref];
  logged(services.runCommand('peerscope.compareParticipants', pair, { stream: { senderId, kind, source } }), services);
}

function logged(work: Thenable<unknown>, { log }: Pick<ReportServices, 'log'>): void {
  work.then(undefined, (error: unknown) => {
    log('warn', `Report page: an action failed (${toPlainError(error).kind}).`);
  });
}

/** Shows what changed from the former session description of the same end to the one of this index. */
export function compareDescriptions(
  index: number,
  report: CallReport | undefined,
  services: Pick<ReportServices, 'showDifference' | 'log'>,
): void {
  const all = sessionDescriptions(report?.connectivity ?? []);
  const latter = all[index];
  const former = all[latter?.former ?? -1];
  if (!latter || !former) return;
  services.showDifference?.(former, latter).then(undefined, () => {
    services.log('warn', 'Report page: the session descriptions could not be compared.');
  });
}
