import * as l10n from '@vscode/l10n';
import Bowser from 'bowser';
import type { BrowserInfo, DeviceInfo } from '../../../core/model';

/** A longer text is no user agent; parsing it would take long. */
const LONGEST = 1000;

/** Systems whose version Chromium and Safari no longer tell: they always name the same one. */
const FROZEN: readonly (readonly [pattern: RegExp, system: string])[] = [
  [/Windows NT 10\.0/, l10n.t('Windows 11 names itself Windows 10')],
  [/Mac OS X 10[._]15[._]7/, l10n.t('macOS names itself 10.15.7 since that version')],
  [/Android 10; K\)/, l10n.t('Android names itself 10 in Chrome')],
];

/** Browser, system and device by the user agents of the connections; the last one that has any counts. */
export function readClient(agents: readonly (string | null | undefined)[]): {
  info: { browser?: BrowserInfo; device?: DeviceInfo };
  assumptions: string[];
} {
  const known = [...new Set(agents.filter((agent): agent is string => !!agent?.trim()))];
  const userAgent = known.at(-1);
  if (userAgent === undefined) return { info: {}, assumptions: [] };
  const assumptions: string[] = [];
  if (known.length > 1) {
    assumptions.push(
      l10n.t('The connections came from {0} different user agents; the last one is shown.', known.length),
    );
  }
  if (userAgent.length > LONGEST) return { info: { browser: { userAgent } }, assumptions };
  const { browser, os, platform, engine } = Bowser.parse(userAgent);
  const frozen = FROZEN.find(([pattern]) => pattern.test(userAgent));
  if (frozen) {
    assumptions.push(
      l10n.t('The version of the system is what the user agent says, and it may be newer: {0}.', frozen[1]),
    );
  }
  const device: DeviceInfo = {
    ...(platform.type && { type: platform.type, isMobile: platform.type === 'mobile' || platform.type === 'tablet' }),
    ...(platform.vendor && { vendor: platform.vendor }),
    ...(platform.model && { model: platform.model }),
    ...(os.name && { os: os.name }),
    ...(osVersion(os) && { osVersion: osVersion(os) }),
  };
  return {
    info: {
      browser: {
        ...(browser.name && { name: browser.name }),
        ...(browser.version && { version: browser.version }),
        ...(engine.name && { engine: engine.name }),
        userAgent,
      },
      ...(Object.keys(device).length > 0 && { device }),
    },
    assumptions,
  };
}

/** The version as people say it: Windows calls its own `NT 10.0`. */
function osVersion({ version, versionName }: { version?: string; versionName?: string }): string | undefined {
  return version?.startsWith('NT ') && versionName ? versionName : version;
}
