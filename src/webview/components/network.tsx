import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ReportModel } from '../report-model';
import { Facts } from './facts';
import { History, networkHistory } from './history';
import { Section } from './section';
import { Told } from './told';

/** Where the participant came from, as the provider resolved it, and what became of the network. */
export function Network({ model }: { model: ReportModel }): JSX.Element {
  const { network } = model.report;
  const history = useMemo(() => networkHistory(model.report), [model]);
  return (
    <Section name="network" title="Network">
      {() => (
        <>
          <Told model={model} part="network" none="The provider told nothing of the network.">
            {network && (
              <div class="fact-columns">
                <Facts
                  brief={model.playback}
                  title="Address and place"
                  rows={[
                    { label: 'IP address', field: 'ip', value: network.ip },
                    { label: 'City', field: 'city', value: network.city },
                    { label: 'Region', field: 'region', value: network.region },
                    { label: 'Country', field: 'country', value: network.country },
                    { label: 'Time zone', field: 'timezone', value: network.timezone },
                  ]}
                />
                <Facts
                  brief={model.playback}
                  title="Internet provider"
                  rows={[
                    { label: 'Organization', field: 'organization', value: network.organization },
                    { label: 'ASN', field: 'asn', value: network.asn },
                    { label: 'ASN name', field: 'asnName', value: network.asnName },
                    { label: 'ASN domain', field: 'asnDomain', value: network.asnDomain },
                    { label: 'ASN route', field: 'asnRoute', value: network.asnRoute },
                    { label: 'ASN type', field: 'asnType', value: network.asnType },
                  ]}
                />
              </div>
            )}
          </Told>
          <History title="Network over time" rows={history} origin={model.origin} />
        </>
      )}
    </Section>
  );
}
