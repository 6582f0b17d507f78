import { toPlainError } from '../core/errors';
import type { ParticipantRef } from '../core/ids';
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
  const run = (work: Thenable<unknown>): void => {
    work.then(undefined, (error: unknown) => {
      services.log('warn', `Report page: an action failed (${toPlainError(error).kind}).`);
    });
  };
  switch (action) {
    case 'cancel':
      target.stop();
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
    case 'togglePin':
      surface.togglePin();
      break;
    default:
      assertNever(action);
      break;
  }
}
