import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { FILE_CONNECTION } from '../../core/ids';
import type { CallReport } from '../../core/model';
import { displayText } from '../../core/text';
import type { CompareScreen, CompareSide, SideIndex } from '../../protocol/compare-messages';
import { ClientFacts } from '../components/header';
import { ErrorActions, failureTitle } from '../components/states';
import { formatStay, timeZoneName } from '../format';
import { Icon } from '../icons';
import { CommonContext, type CommonPage, useCommonPage } from '../page';
import { type Reports, sideNames } from './model';
import { useComparePage } from './page';

/** Who is compared with whom, and what can be done with the page. */
export function CompareHeader({ screen, known }: { screen: CompareScreen; known: boolean }): JSX.Element {
  const { link } = useComparePage();
  const [one, other] = sideNames(screen);
  const busy = screen.sides.some(({ phase }) => phase === 'loading');
  return (
    <header class="header" data-section="header">
      <div class="title-row">
        <h1 data-field="name">{known ? `${one} ↔ ${other}` : l10n.t('Comparison')}</h1>
        <span class="spring" />
        {known && (
          <div class="actions" role="toolbar" aria-label={l10n.t('Comparison')}>
            <button type="button" title={l10n.t('Let the second come first')} onClick={() => link.act('swap')}>
              <Icon name="swap" />
              <span>{l10n.t('Swap')}</span>
            </button>
            <button
              type="button"
              title={busy ? l10n.t('Stop reading') : l10n.t('Read both reports again')}
              onClick={() => link.act(busy ? 'cancel' : 'refresh')}
            >
              <Icon name="refresh" />
              <span>{busy ? l10n.t('Reading… Cancel') : l10n.t('Refresh')}</span>
            </button>
          </div>
        )}
      </div>
    </header>
  );
}

/** The two side by side: when, with what, from where; or why there is no report. */
export function Sides({ screen, reports }: { screen: CompareScreen; reports: Reports }): JSX.Element {
  const names = sideNames(screen);
  return (
    <div class="sides">
      {screen.sides.map((side, index) => (
        <Side
          key={index}
          side={side}
          index={index as SideIndex}
          name={names[index as SideIndex]}
          report={reports[index]}
        />
      ))}
    </div>
  );
}

interface SideProps {
  side: CompareSide;
  index: SideIndex;
  name: string;
  report?: CallReport;
}

function Side({ side, index, name, report }: SideProps): JSX.Element {
  const { link } = useComparePage();
  const common = useCommonPage();
  const { subject, phase, error } = side;
  // The buttons of an error are about this side only.
  const page = useMemo<CommonPage>(
    () => ({
      ...common,
      act: (action) => {
        if (action === 'refresh') link.actOn(index, 'retry');
        else if (action === 'editConnection') link.actOn(index, 'editConnection');
        else link.act(action);
      },
    }),
    [common, index],
  );
  const facts = phase === 'report' ? report : undefined;
  return (
    <section class="side" data-side={index} aria-label={name}>
      <div class="side-head">
        <h2>{name}</h2>
        <button
          type="button"
          class="text-button"
          title={l10n.t('Open this participant’s report')}
          onClick={() => link.actOn(index, 'open')}
        >
          {l10n.t('Open report')}
        </button>
      </div>
      <ul class="head-facts">
        {facts && <StayFacts report={facts} />}
        {facts && <ClientFacts report={facts} />}
        {placeOf(side).map((place) => (
          <li key={place} class="muted">
            {place}
          </li>
        ))}
      </ul>
      {phase === 'loading' && (
        <div role="status" data-state="loading">
          <div class="progress" aria-hidden="true" />
          <p class="muted">{l10n.t('Reading the report…')}</p>
        </div>
      )}
      {error && (
        <CommonContext.Provider value={page}>
          <div class="side-error" role="alert" data-state={error.kind}>
            <strong>
              {phase === 'report'
                ? l10n.t('The report could not be read again')
                : failureTitle(error, subject, Date.now())}
            </strong>
            <p data-field="error">{error.text}</p>
            <ErrorActions error={error} known />
          </div>
        </CommonContext.Provider>
      )}
    </section>
  );
}

function StayFacts({ report: { participant, startedAt, endedAt } }: { report: CallReport }): JSX.Element | null {
  const from = participant.joinedAt ?? startedAt;
  if (from === undefined) return null;
  return (
    <li data-field="when" title={timeZoneName()}>
      {formatStay(from, participant.leftAt ?? endedAt)}
    </li>
  );
}

function placeOf({ subject: { ref, session, providerName, connectionLabel, appName } }: CompareSide): string[] {
  const from = ref?.connectionId === FILE_CONNECTION ? l10n.t('file {0}', connectionLabel ?? '') : connectionLabel;
  const parts = [session?.roomName, [providerName, from, appName].filter(Boolean).join(' · ')];
  return parts.map((part) => displayText(part ?? '', 160)).filter(Boolean);
}
