import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { toPlainError } from '../../core/errors';
import { formatBytes } from '../format';
import { Icon } from '../icons';
import { usePage } from '../page';
import { findMatches, layOut, lineOf, MAX_MATCHES, type RawLines } from '../raw-lines';
import { RawList } from './raw-list';
import { Section } from './section';

/** The provider's answer as it came, fetched when it is first opened. */
export function Raw({ bytes, readAt }: { bytes: number; readAt: number }): JSX.Element {
  return (
    <Section name="raw" title={l10n.t('Raw JSON')} note={formatBytes(bytes)} open={false}>
      {() => <RawBody key={readAt} />}
    </Section>
  );
}

function RawBody(): JSX.Element {
  const { host } = usePage();
  const [lines, setLines] = useState<RawLines>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    const controller = new AbortController();
    host.requests.ask({ kind: 'raw' }, { signal: controller.signal }).then(
      ({ bytes }) => setLines(layOut(new TextDecoder().decode(bytes))),
      (error: unknown) => {
        const { kind, text } = toPlainError(error);
        if (kind !== 'Cancelled') setFailed(text);
      },
    );
    return () => controller.abort();
  }, []);
  if (failed)
    return (
      <p class="empty" role="alert">
        {failed}
      </p>
    );
  if (!lines)
    return (
      <p class="empty" role="status">
        {l10n.t('Fetching the answer…')}
      </p>
    );
  return <RawView lines={lines} />;
}

function RawView({ lines }: { lines: RawLines }): JSX.Element {
  const { host, announce } = usePage();
  const [query, setQuery] = useState('');
  const [settled, setSettled] = useState('');
  const [wanted, setCurrent] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(query);
      setCurrent(0);
    }, 150);
    return () => clearTimeout(timer);
  }, [query]);
  const matches = useMemo(() => findMatches(lines, settled), [lines, settled]);
  const current = matches.length === 0 ? -1 : Math.min(wanted, matches.length - 1);
  const line = current < 0 ? undefined : lineOf(lines, matches[current] as number);
  const total = matches.length === MAX_MATCHES ? `${MAX_MATCHES}+` : String(matches.length);
  const count =
    settled.trim() === '' ? '' : matches.length === 0 ? l10n.t('No results') : l10n.t('{0} of {1}', current + 1, total);
  const go = (way: number) => {
    if (matches.length > 0) setCurrent((current + way + matches.length) % matches.length);
  };
  useEffect(() => announce(count), [count]);
  return (
    <div class="raw">
      <search class="raw-bar">
        <input
          type="search"
          aria-label={l10n.t('Search in the raw JSON')}
          placeholder={l10n.t('Search')}
          spellcheck={false}
          value={query}
          onInput={({ currentTarget }) => setQuery(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            go(event.shiftKey ? -1 : 1);
          }}
        />
        <span class="raw-count" data-field="raw.matches">
          {count}
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={l10n.t('Previous match')}
          title={l10n.t('Previous (Shift+Enter)')}
          disabled={matches.length === 0}
          onClick={() => go(-1)}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={l10n.t('Next match')}
          title={l10n.t('Next (Enter)')}
          disabled={matches.length === 0}
          onClick={() => go(1)}
        >
          <Icon name="down" />
        </button>
        <span class="spring" />
        <button type="button" class="text-button" onClick={() => host.act('openRaw')}>
          <Icon name="raw" />
          {l10n.t('Open in Editor')}
        </button>
      </search>
      <RawList lines={lines} query={settled} line={line} />
    </div>
  );
}
