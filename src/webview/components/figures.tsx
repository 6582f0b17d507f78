import type { JSX } from 'preact';
import type { Figure } from '../../core/model';
import { displayText } from '../../core/text';
import { formatNumber, MISSING } from '../format';
import type { ReportModel } from '../report-model';
import { Section } from './section';

const HEAD = ['Figure', 'Value', 'Unit', 'Meaning'];

/** Figures of the whole, as the provider gives them, each with what it means. */
export function Figures({ model }: { model: ReportModel }): JSX.Element {
  const { figures = [] } = model.report;
  return (
    <Section
      name="figures"
      title={model.playback ? 'Figures of this playback' : 'Figures of this stay'}
      note={`${figures.length}`}
    >
      {() =>
        figures.length === 0 ? (
          <p class="empty">The provider gave no figures.</p>
        ) : (
          <div class="scroll">
            <table class="figures">
              <caption class="sr-only">Figures of the whole</caption>
              <thead>
                <tr>
                  {HEAD.map((text) => (
                    <th key={text} scope="col" class={text === 'Value' ? 'number' : undefined}>
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
        {says || <span class="muted">As the provider reports it.</span>}
        {flagged && (
          <strong class="differs" data-field="flagged">
            Doubtful: {displayText(flagged, 300)}
          </strong>
        )}
      </td>
    </tr>
  );
}

function worseWords({ worse }: Figure): string {
  return worse ? `${worse === 'high' ? 'Higher' : 'Lower'} is worse.` : '';
}

/** The value in its fixed digits; one whose digits are not known as it came. */
function valueText({ value, decimals }: Figure): string {
  if (typeof value === 'string') return displayText(value, 200) || MISSING;
  return decimals === undefined ? String(value) : formatNumber(value, decimals);
}
