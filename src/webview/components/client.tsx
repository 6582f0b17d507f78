import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatNumber, formatYesNo } from '../format';
import type { ReportModel } from '../report-model';
import { Facts } from './facts';
import { eventHistory, History } from './history';
import { Section } from './section';
import { Told } from './told';

/** What the participant used: machine, browser, SDK; and what the page went through. */
export function Client({ model }: { model: ReportModel }): JSX.Element {
  const { device = {}, browser = {}, sdk = {} } = model.report;
  const history = useMemo(() => eventHistory(model.report, 'page'), [model]);
  const known = [device, browser, sdk].some((each) => Object.values(each).some((value) => value !== undefined));
  return (
    <Section name="client" title={l10n.t('Device and client')}>
      {() => (
        <>
          <Told model={model} part="device" none={l10n.t('The provider told nothing of the device and the client.')}>
            {known && (
              <div class="fact-columns">
                <Facts
                  brief={model.playback}
                  title={l10n.t('Device')}
                  rows={[
                    { label: l10n.t('Type'), field: 'deviceType', value: device.type },
                    { label: l10n.t('Vendor'), field: 'deviceVendor', value: device.vendor },
                    { label: l10n.t('Model'), field: 'deviceModel', value: device.model },
                    { label: l10n.t('System'), field: 'os', value: device.os },
                    { label: l10n.t('System version'), field: 'osVersion', value: device.osVersion },
                    { label: l10n.t('CPUs'), field: 'cpus', value: formatNumber(device.cpus) },
                    { label: l10n.t('Mobile'), field: 'isMobile', value: formatYesNo(device.isMobile) },
                    { label: l10n.t('Audio encoder'), field: 'audioEncoder', value: device.audioEncoder },
                    { label: l10n.t('Video encoder'), field: 'videoEncoder', value: device.videoEncoder },
                  ]}
                />
                <Facts
                  brief={model.playback}
                  title={l10n.t('Browser')}
                  rows={[
                    { label: l10n.t('Browser'), field: 'browser', value: browser.name },
                    { label: l10n.t('Version'), field: 'browserVersion', value: browser.version },
                    { label: l10n.t('Engine'), field: 'engine', value: browser.engine },
                    { label: 'WebGL', field: 'webgl', value: formatYesNo(browser.webgl) },
                    { label: l10n.t('User agent'), field: 'userAgent', value: browser.userAgent },
                  ]}
                />
                <Facts
                  brief={model.playback}
                  title="SDK"
                  rows={[
                    { label: l10n.t('Name'), field: 'sdkName', value: sdk.name },
                    { label: l10n.t('Type'), field: 'sdkType', value: sdk.type },
                    { label: l10n.t('Version'), field: 'sdkVersion', value: sdk.version },
                    { label: l10n.t('View type'), field: 'viewType', value: sdk.viewType },
                  ]}
                />
              </div>
            )}
          </Told>
          <History title={l10n.t('The page over time')} rows={history} origin={model.origin} />
        </>
      )}
    </Section>
  );
}
