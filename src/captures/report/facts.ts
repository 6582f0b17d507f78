import * as l10n from '@vscode/l10n';
import Bowser from 'bowser';
import type { BrowserInfo, DeviceChange, DeviceInfo, Fact } from '../../core/model';
import type { MediaRequest } from '../capture';
import { textMember } from '../log';
import { lastNumber, lastText, ofType, type StatObjects } from '../objects';
import { serverUrls } from './connectivity';
import { stated } from './pairs';

/** What the user agent says, and how many processors there were. */
export function mapClient(
  userAgent: string | undefined,
  cpus: number | undefined,
): { browser?: BrowserInfo; device?: DeviceInfo } {
  if (!userAgent) return cpus === undefined ? {} : { device: { cpus } };
  const { browser, os, platform, engine } = Bowser.parse(userAgent.slice(0, 1000));
  return {
    browser: stated({ name: browser.name, version: browser.version, engine: engine.name, userAgent }),
    device: stated({
      type: platform.type,
      vendor: platform.vendor,
      model: platform.model,
      os: os.name,
      osVersion: os.version,
      cpus,
      isMobile: platform.type === undefined ? undefined : platform.type === 'mobile' || platform.type === 'tablet',
    }),
  };
}

/** Devices that were given to the page. */
export function mapDevices(requests: readonly MediaRequest[]): DeviceChange[] {
  return requests.flatMap(({ at, method, tracks = [] }) =>
    tracks.map(({ kind, label }): DeviceChange => {
      const device = method === 'getDisplayMedia' ? 'screen' : `${kind}input`;
      return { at, change: 'selected', kind: device, ...(label !== '' && { label }) };
    }),
  );
}

/** Facts of the connection that have no place of their own: its settings, how it is secured, its data channels. */
export function mapFacts(stats: StatObjects, configuration: unknown, url: string | undefined): Fact[] {
  const facts: Fact[] = [];
  const add = (label: string, value: string | number | undefined, personal = false) => {
    if (value === undefined || value === '') return;
    facts.push({ label, value: String(value), ...(personal && { personal }) });
  };
  add(l10n.t('Page'), url, true);
  add(l10n.t('ICE servers'), serverUrls(configuration).join(', '), true);
  add(l10n.t('ICE transport policy'), textMember(configuration, 'iceTransportPolicy'));
  add(l10n.t('Bundle policy'), textMember(configuration, 'bundlePolicy'));
  for (const transport of ofType(stats, 'transport')) {
    add(l10n.t('ICE role'), lastText(transport, 'iceRole'));
    add('DTLS', [lastText(transport, 'dtlsState'), lastText(transport, 'dtlsCipher')].filter(Boolean).join(', '));
    add(l10n.t('SRTP cipher'), lastText(transport, 'srtpCipher'));
    add(l10n.t('Changes of the selected pair'), lastNumber(transport, 'selectedCandidatePairChanges'));
  }
  for (const channel of ofType(stats, 'data-channel')) {
    const figure = (name: string) => lastNumber(channel, name) ?? 0;
    const state = lastText(channel, 'state');
    const words = [
      l10n.t('{0} sent ({1} B)', figure('messagesSent'), figure('bytesSent')),
      l10n.t('{0} received ({1} B)', figure('messagesReceived'), figure('bytesReceived')),
      ...(state === undefined ? [] : [state]),
    ];
    add(l10n.t('Data channel {0}', lastText(channel, 'label') ?? channel.id), words.join(', '));
  }
  return facts;
}
