import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { localNumber } from '../../core/locale';
import type { Figure } from '../../core/model';
import { displayText } from '../../core/text';
import { formatNumber, MISSING } from '../format';
import type { ReportModel } from '../report-model';
import { Section } from './section';

const HEAD = [l10n.t('Figure'), l10n.t('Value'), l10n.t('Unit'), l10n.t('Meaning')];

/** Figures of the whole, as the provider gives them, each with what it means. */
export function Figures({ model }: { model: ReportModel }): JSX.Element {
  const { figures = [] } = model.report;
  return (
    <Section
      name="figures"
      title={model.playback ? l10n.t('Figures of this playback') : l10n.t('Figures of this stay')}
      note={`${figures.length}`}
    >
      {() =>
        figures.length === 0 ? (
          <p class="empty">{l10n.t('The provider gave no figures.')}</p>
        ) : (
          <div class="scroll">
            <table class="figures">
              <caption class="sr-only">{l10n.t('Figures of the whole')}</caption>
              <thead>
                <tr>
                  {HEAD.map((text, index) => (
                    <th key={text} scope="col" class={index === 1 ? 'number' : undefined}>
                      {text}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {figures.map((figure) => (
                  <Row key={figure.name} figure={figure} />
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </Section>
  );
}

function Row({ figure }: { figure: Figure }): JSX.Element {
  const { name, label, value, unit, meaning, flagged } = figure;
  const says = [meaning && displayText(meaning, 300), worseWords(figure)].filter(Boolean).join(' ');
  return (
    <tr data-figure={displayText(name, 100)} class={flagged ? 'flagged' : undefined} title={says || undefined}>
      <th scope="row">{displayText(label, 80)}</th>
      <td class="number figure-value" data-field="value" data-value={typeof value === 'number' ? value : undefined}>
        {flagged && <span aria-hidden="true">⚠ </span>}
        {valueText(figure)}
      </td>
      <td class="unit">{displayText(unit, 20)}</td>
      <td class="figure-meaning">
        {says || <span class="muted">{l10n.t('As the provider reports it.')}</span>}
        {flagged && (
          <strong class="differs" data-field="flagged">
            {l10n.t('Doubtful: {0}', displayText(flagged, 300))}
          </strong>
        )}
      </td>
    </tr>
  );
}

function worseWords({ worse }: Figure): string {
  if (!worse) return '';
  return worse === 'high' ? l10n.t('Higher is worse.') : l10n.t('Lower is worse.');
}

/** The value in its fixed digits; one whose digits are not known as it came. */
function valueText({ value, decimals }: Figure): string {
  if (typeof value === 'string') return displayText(value, 200) || MISSING;
  return decimals === undefined ? localNumber(value) : formatNumber(value, decimals);
}
