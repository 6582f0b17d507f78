import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatMoment, formatNumber } from '../format';
import { Icon } from '../icons';
import { usePage } from '../page';
import { outlineSdp, type SdpOutline } from '../sdp';

/** With more parts than this they start folded: an SFU's description has one for each track. */
const OPEN_UP_TO = 4;

interface SdpViewerProps {
  /** Among the report's descriptions. */
  index: number;
  name: string;
  /** Name of the description that it took the place of. */
  former?: string;
  /** When it was recorded, epoch ms. */
  at?: number;
  text: string;
}

/** One session description: its parts fold, each says what matters of it; with search and copy. */
export function SdpViewer({ index, name, former, at, text }: SdpViewerProps): JSX.Element {
  const [opened, setOpened] = useState(false);
  const outline = useMemo(() => outlineSdp(text), [text]);
  const media = outline.sections.slice(1).map(({ title }) => title);
  const kinds = [...new Set(media)].map((kind) => {
    const count = media.filter((each) => each === kind).length;
    return count > 1 ? `${count} ${kind}` : kind;
  });
  const notes = [at !== undefined && formatMoment(at), outline.role, kinds.join(', ')].filter(Boolean);
  return (
    <details class="sdp" data-field="sdp" onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary>
        {outline.lines === 1
          ? l10n.t('{0} (1 line)', name)
          : l10n.t('{0} ({1} lines)', name, formatNumber(outline.lines))}{' '}
        <span class="muted">{notes.join(' · ')}</span>
      </summary>
      {opened && <SdpBody index={index} name={name} former={former} text={text} outline={outline} />}
    </details>
  );
}

interface SdpBodyProps {
  index: number;
  name: string;
  former?: string;
  text: string;
  outline: SdpOutline;
}

function SdpBody({ index, name, former, text, outline: { sections } }: SdpBodyProps): JSX.Element {
  const { host, announce } = usePage();
  const [query, setQuery] = useState('');
  const [wanted, setWanted] = useState(0);
  const [open, setOpen] = useState<ReadonlySet<number>>(
    () => new Set(sections.length <= OPEN_UP_TO ? sections.keys() : []),
  );
  const [said, setSaid] = useState('');
  const root = useRef<HTMLDivElement>(null);
  const sought = query.trim().toLowerCase();
  const matches = useMemo(
    () =>
      sought === ''
        ? []
        : sections.flatMap(({ lines, start }, section) =>
            lines.flatMap((line, index) =>
              line.toLowerCase().includes(sought) ? [{ section, line: start + index }] : [],
            ),
          ),
    [sections, sought],
  );
  const current = matches[Math.min(wanted, matches.length - 1)];
  const count =
    sought === ''
      ? ''
      : matches.length === 0
        ? l10n.t('No results')
        : l10n.t('{0} of {1}', matches.indexOf(current as never) + 1, matches.length);
  const fold = (section: number, shown: boolean) => {
    if (open.has(section) === shown) return;
    setOpen(new Set(shown ? [...open, section] : [...open].filter((each) => each !== section)));
  };
  const go = (way: number) => setWanted((wanted + way + matches.length) % Math.max(1, matches.length));

  useEffect(() => {
    announce(count);
    if (current) fold(current.section, true);
  }, [count]);
  useEffect(() => {
    root.current?.querySelector('.sdp-line.current')?.scrollIntoView({ block: 'nearest' });
  }, [current, open]);

  const copy = () =>
    host.requests.ask({ kind: 'copyText', text }).then(
      () => setSaid(l10n.t('Copied')),
      () => setSaid(l10n.t('Could not copy')),
    );
  const all = open.size === sections.length;
  return (
    <div class="sdp-body" ref={root}>
      <search class="raw-bar">
        <input
          type="search"
          aria-label={l10n.t('Search in {0}', name)}
          placeholder={l10n.t('Search')}
          spellcheck={false}
          value={query}
          onInput={({ currentTarget }) => {
            setQuery(currentTarget.value);
            setWanted(0);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            go(event.shiftKey ? -1 : 1);
          }}
        />
        <span class="raw-count" data-field="sdp.matches">
          {count}
        </span>
        <button type="button" onClick={() => setOpen(new Set(all ? [] : sections.keys()))}>
          {all ? l10n.t('Fold all') : l10n.t('Unfold all')}
        </button>
        <button type="button" onClick={() => void copy()}>
          <Icon name="copy" />
          {l10n.t('Copy SDP')}
        </button>
        {former && (
          <button
            type="button"
            title={l10n.t('Compare with {0}', former)}
            onClick={() => host.compareDescriptions(index)}
          >
            <Icon name="compare" />
            {l10n.t('What changed')}
          </button>
        )}
        <span class="muted" role="status">
          {said}
        </span>
      </search>
      {sections.map(({ title, facts, lines, start }, section) => (
        <details
          key={start}
          class="sdp-part"
          open={open.has(section)}
          onToggle={({ currentTarget }) => fold(section, currentTarget.open)}
        >
          <summary>
            {title} <span class="muted">{facts.join(' · ')}</span>
          </summary>
          <div class="sdp-lines">
            {lines.map((line, index) => (
              <div key={index} class={current?.line === start + index ? 'sdp-line current' : 'sdp-line'}>
                <Marked text={line} sought={sought} />
              </div>
            ))}
          </div>
        </details>
      ))}
    </div>
  );
}

/** A line with what is sought marked. */
function Marked({ text, sought }: { text: string; sought: string }): JSX.Element {
  const parts: (string | JSX.Element)[] = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (let at = sought ? lower.indexOf(sought) : -1; at >= 0; at = lower.indexOf(sought, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + sought.length)}</mark>);
    from = at + sought.length;
  }
  return (
    <span>
      {parts}
      {text.slice(from)}
    </span>
  );
}
