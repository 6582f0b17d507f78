import * as l10n from '@vscode/l10n';

/** Tokens of browsers in user agents, the more special before what it is built on. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:Edg|EdgA|EdgiOS)\/(\d+)/, 'Edge'],
  [/\b(?:OPR|OPiOS)\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//, 'Safari'],
];

/** Likewise for systems: Android says "Linux" too, an iPhone "like Mac OS X". */
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What a user agent says of browser and system, and no more: `Chrome 126 on Windows`. Model names and app names are left out. */
export function readClient(userAgent: string): string {
  const { browser, version } = BROWSERS.flatMap(([token, name]) => {
    const found = token.exec(userAgent);
    return found ? [{ browser: name, version: found[1] }] : [];
  })[0] ?? { browser: l10n.t('a browser'), version: undefined };
  const system = SYSTEMS.find(([token]) => token.test(userAgent))?.[1];
  const client = `${browser}${version ? ` ${version}` : ''}`;
  return system ? l10n.t('{0} on {1}', client, system) : client;
}
