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
    <Section name="client" title="Device and client">
      {() => (
        <>
          <Told model={model} part="device" none="The provider told nothing of the device and the client.">
            {known && (
              <div class="fact-columns">
                <Facts
                  brief={model.playback}
                  title="Device"
                  rows={[
                    { label: 'Type', field: 'deviceType', value: device.type },
                    { label: 'Vendor', field: 'deviceVendor', value: device.vendor },
                    { label: 'Model', field: 'deviceModel', value: device.model },
                    { label: 'System', field: 'os', value: device.os },
                    { label: 'System version', field: 'osVersion', value: device.osVersion },
                    { label: 'CPUs', field: 'cpus', value: formatNumber(device.cpus) },
                    { label: 'Mobile', field: 'isMobile', value: formatYesNo(device.isMobile) },
                    { label: 'Audio encoder', field: 'audioEncoder', value: device.audioEncoder },
                    { label: 'Video encoder', field: 'videoEncoder', value: device.videoEncoder },
                  ]}
                />
                <Facts
                  brief={model.playback}
                  title="Browser"
                  rows={[
                    { label: 'Browser', field: 'browser', value: browser.name },
                    { label: 'Version', field: 'browserVersion', value: browser.version },
                    { label: 'Engine', field: 'engine', value: browser.engine },
                    { label: 'WebGL', field: 'webgl', value: formatYesNo(browser.webgl) },
                    { label: 'User agent', field: 'userAgent', value: browser.userAgent },
                  ]}
                />
                <Facts
                  brief={model.playback}
                  title="SDK"
                  rows={[
                    { label: 'Name', field: 'sdkName', value: sdk.name },
                    { label: 'Type', field: 'sdkType', value: sdk.type },
                    { label: 'Version', field: 'sdkVersion', value: sdk.version },
                    { label: 'View type', field: 'viewType', value: sdk.viewType },
                  ]}
                />
              </div>
            )}
          </Told>
          <History title="The page over time" rows={history} origin={model.origin} />
        </>
      )}
    </Section>
  );
}
