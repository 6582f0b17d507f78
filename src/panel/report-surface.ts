import * as l10n from '@vscode/l10n';
import { CallError } from '../core/errors';
import { displayText } from '../core/text';
import type { ToWebview, WebviewRequest, WebviewResult } from '../protocol/messages';

/** What a report page does to its surroundings: a VS Code panel, or a test's page. */
export interface ReportSurface {
  /** May be called at any time; what cannot be delivered is dropped. */
  post(message: ToWebview): void;
  /** The title of the tab. */
  setTitle(title: string): void;
  /** The page is the editor of a file, which cannot be pinned. */
  readonly ofFile?: boolean;
  togglePin(): void;
  copyText(text: string): Promise<void>;
  /** Asks where to, and writes. False when the person closed the dialog. */
  saveImage(name: string, png: Uint8Array): Promise<boolean>;
}

/** Answers what the page asked. `raw` is the provider's answer, while there is one. Rejects with a `CallError`. */
export async function answerRequest(
  request: WebviewRequest,
  surface: Pick<ReportSurface, 'copyText' | 'saveImage'>,
  raw: Uint8Array | undefined,
): Promise<WebviewResult> {
  switch (request.kind) {
    case 'raw': {
      if (!raw) throw new CallError('NotYetAvailable', l10n.t('The answer is not here any more. Refresh the report.'));
      // A view into a larger buffer would take the whole buffer across.
      return { bytes: raw.byteLength === raw.buffer.byteLength ? raw : raw.slice() };
    }
    case 'copyText':
      await surface.copyText(request.text);
      return { done: true };
    case 'saveImage':
      return { saved: await surface.saveImage(imageName(request.name), new Uint8Array(request.png)) };
  }
}

/** A file name without anything that a file system reads. */
function imageName(name: string): string {
  const safe = displayText(name, 80).replace(/[^\p{L}\p{N} _.-]+/gu, '_');
  return `${safe.replace(/^\.+/, '') || 'chart'}.png`;
}
