import type { CaptureFormat } from '../core/ids';

/** What each format is called where people see it. Light: free of the code that reads captures. */
export const CAPTURE_LABELS: Readonly<Record<CaptureFormat, string>> = {
  'webrtc-internals': 'webrtc-internals dump',
  rtcstats: 'rtcstats file',
};
