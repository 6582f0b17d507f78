import * as l10n from '@vscode/l10n';
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
    <Section name="network" title={l10n.t('Network')}>
      {() => (
        <>
          <Told model={model} part="network" none={l10n.t('The provider told nothing of the network.')}>
            {network && (
              <div class="fact-columns">
                <Facts
                  brief={model.playback}
                  title={l10n.t('Address and place')}
                  rows={[
                    { label: l10n.t('IP address'), field: 'ip', value: network.ip },
                    { label: l10n.t('City'), field: 'city', value: network.city },
                    { label: l10n.t('Region'), field: 'region', value: network.region },
                    { label: l10n.t('Country'), field: 'country', value: network.country },
                    { label: l10n.t('Time zone'), field: 'timezone', value: network.timezone },
                  ]}
                />
                <Facts
                  brief={model.playback}
                  title={l10n.t('Internet provider')}
                  rows={[
                    { label: l10n.t('Organization'), field: 'organization', value: network.organization },
                    { label: 'ASN', field: 'asn', value: network.asn },
                    { label: l10n.t('ASN name'), field: 'asnName', value: network.asnName },
                    { label: l10n.t('ASN domain'), field: 'asnDomain', value: network.asnDomain },
                    { label: l10n.t('ASN route'), field: 'asnRoute', value: network.asnRoute },
                    { label: l10n.t('ASN type'), field: 'asnType', value: network.asnType },
                  ]}
                />
              </div>
            )}
          </Told>
          <History title={l10n.t('Network over time')} rows={history} origin={model.origin} />
        </>
      )}
    </Section>
  );
}
