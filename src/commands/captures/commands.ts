import type { SessionRef } from '../../core/ids';
import type { ReportPanels } from '../../panel/index';
import { isNode } from '../../tree/nodes';
import type { CommandRegistry } from '../register';
import type { CaptureFiles } from './files';
import type { OpenedCaptures } from './opened';

/** What opening files needs. */
export interface CaptureDependencies {
  panels: () => Promise<ReportPanels>;
  /** Loaded on first use. */
  files: () => Promise<CaptureFiles>;
  opened: OpenedCaptures;
  /** Selects a file's row, where it can be seen. */
  select: (uri: string) => Promise<void>;
  /** Shows a saved session. */
  openSession: (ref: SessionRef, title: string) => Promise<void>;
}

/**
 * Registers the commands that open a file, as a report or as the page of a saved session, and that take it off the list. Their
 * work is loaded on first use.
 */
export function registerCaptureCommands(commands: CommandRegistry, needs: CaptureDependencies): void {
  commands.add('peerscope.openCapture', async (argument) => (await import('../actions')).openCapture(needs, argument));
  commands.add('peerscope.removeCapture', async (argument) => {
    if (isNode(argument) && argument.kind === 'capture') await needs.opened.remove(argument.capture.uri);
  });
}
