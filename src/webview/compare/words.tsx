import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { displayText } from '../../core/text';
import type { CompareScreen } from '../../protocol/compare-messages';
import { useComparePage } from './page';

/** Shown at once; the others on demand. */
const FIRST_SENTENCES = 8;

/** The differences in sentences, and what to be careful about; on demand what is alike and what cannot be told. */
export function Words({ screen }: { screen: CompareScreen }): JSX.Element {
  const { announce } = useComparePage();
  const { comparison } = screen;
  useEffect(() => {
    if (comparison) announce(countDifferences(comparison.differences));
  }, [comparison]);
  if (!comparison) {
    const loading = screen.sides.some(({ phase }) => phase === 'loading');
    return (
      <section class="words" data-section="words" aria-label={l10n.t('Differences')}>
        <p class="empty">
          {loading
            ? l10n.t('The differences follow when both reports are here.')
            : l10n.t('With one report there is nothing to compare; what is here is shown below.')}
        </p>
      </section>
    );
  }
  const { differences, alike, notComparable, cautions } = comparison;
  return (
    <section class="words" data-section="words" aria-label={l10n.t('Differences')}>
      {cautions.map((caution) => (
        <p key={caution} class="caution" data-field="caution">
          <span aria-hidden="true">⚠ </span>
          <span class="sr-only">{l10n.t('Caution:')} </span>
          {displayText(caution, 400)}
        </p>
      ))}
      {differences.length === 0 ? (
        <p data-field="noDifference">{l10n.t('No difference worth a word was found in what both reports measured.')}</p>
      ) : (
        <>
          <h2>{countDifferences(differences)}</h2>
          <Sentences sentences={differences} field="difference" />
        </>
      )}
      <More title={l10n.t('Alike')} sentences={alike} field="alike" />
      <More title={l10n.t('Could not be compared')} sentences={notComparable} field="notComparable" />
    </section>
  );
}

function countDifferences({ length }: readonly string[]): string {
  if (length === 0) return l10n.t('No difference');
  return length === 1 ? l10n.t('1 difference') : l10n.t('{0} differences', length);
}

interface SentencesProps {
  sentences: readonly string[];
  field: string;
}

function Sentences({ sentences, field }: SentencesProps): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = all ? sentences : sentences.slice(0, FIRST_SENTENCES);
  return (
    <ul class="sentences">
      {shown.map((sentence, index) => (
        <li key={index} data-field={field}>
          <Sentence text={displayText(sentence, 500)} />
        </li>
      ))}
      {shown.length < sentences.length && (
        <li>
          <button type="button" class="text-button" onClick={() => setAll(true)}>
            {l10n.t('Show {0} more', sentences.length - shown.length)}
          </button>
        </li>
      )}
    </ul>
  );
}

/** What a sentence is about stands before its first colon, and is set off. */
function Sentence({ text }: { text: string }): JSX.Element {
  const at = text.indexOf(': ');
  if (at < 0) return <>{text}</>;
  return (
    <>
      <span class="muted">{text.slice(0, at + 1)}</span>
      {text.slice(at + 1)}
    </>
  );
}

function More({ title, ...list }: SentencesProps & { title: string }): JSX.Element | null {
  if (list.sentences.length === 0) return null;
  return (
    <details class="more-words" data-more={list.field}>
      <summary>
        {title} ({list.sentences.length})
      </summary>
      <Sentences {...list} />
    </details>
  );
}
