import * as l10n from '@vscode/l10n';
import type { CaptureFormat } from '../core/ids';

/** What each format is called where people see it. Light: free of the code that reads captures. */
export const CAPTURE_LABELS: Readonly<Record<CaptureFormat, string>> = {
  'webrtc-internals': l10n.t('webrtc-internals dump'),
  rtcstats: l10n.t('rtcstats file'),
};
