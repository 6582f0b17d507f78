import type { JSX } from 'preact';
import { displayText } from '../../core/text';
import { formatMoment, formatNumber, formatYesNo, MISSING } from '../format';
import { deviceWord } from '../lanes';
import type { ReportModel } from '../report-model';
import { Facts } from './facts';
import { countNote, Section } from './section';
import { Told } from './told';

/** What the participant used: machine, browser, SDK. */
export function Client({ model }: { model: ReportModel }): JSX.Element {
  const { device = {}, browser = {}, sdk = {} } = model.report;
  const known = [device, browser, sdk].some((each) => Object.values(each).some((value) => value !== undefined));
  return (
    <Section name="client" title="Device and client">
      {() => (
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
      )}
    </Section>
  );
}

/** Which devices came, went and were chosen. */
export function Devices({ model }: { model: ReportModel }): JSX.Element {
  const changes = [...model.report.deviceChanges].sort((a, b) => a.at - b.at);
  return (
    <Section name="devices" title="Devices" note={countNote(changes.length, 'change', 'changes')}>
      {() => (
        <Told model={model} part="deviceChanges" none="No device was added, removed or selected during the call.">
          {changes.length > 0 && (
            <div class="scroll">
              <table>
                <caption class="sr-only">Device changes</caption>
                <thead>
                  <tr>
                    {['Time', 'Change', 'Kind', 'Label', 'Device id'].map((text) => (
                      <th key={text} scope="col">
                        {text}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {changes.map(({ at, change, kind, label, deviceId }, index) => (
                    <tr key={index}>
                      <th scope="row" data-field="at">
                        {formatMoment(at)}
                      </th>
                      <td data-field="change">{change}</td>
                      <td data-field="kind">{kind ? deviceWord(kind) : MISSING}</td>
                      <td data-field="label">{displayText(label ?? '', 200) || MISSING}</td>
                      <td data-field="deviceId" class="mono">
                        {displayText(deviceId ?? '', 200) || MISSING}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Told>
      )}
    </Section>
  );
}
