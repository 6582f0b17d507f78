import assert from 'node:assert/strict';
import type { CallReport } from '../../../src/core/model';
import { SERIES_NAMES } from '../../../src/core/series';
import type { LoadedReport } from '../../../src/panel/services';
import { readReport } from '../../../src/providers/realtimekit/report/read';
import {
  converted,
  ENDPOINTS,
  type Endpoint,
  type Field,
  INTERVAL_S,
  markedAnswer,
} from '../../service/realtimekit/field-table';
import { REF, ReportPage } from './harness';

const SECTIONS = [
  'summary',
  'aggregates',
  'connection',
  'devices',
  'client',
  'network',
  'events',
  'participant',
  'notes',
];
const CONTEXT = { who: 'RealtimeKit', participantId: 'p1', now: Date.UTC(2024, 4, 7) };
const peerReport = ENDPOINTS.find(({ name }) => name === 'Peer report') as Endpoint;

/** What stands at one place: its text, and the unrounded figures of its cells. */
interface Shown {
  text: string;
  values: number[];
}

/** What a field becomes in the chart of a series that is computed from it. */
const DERIVED: Record<string, (value: number, sibling: (name: string) => number) => number> = {
  bitrate: (bytes) => (bytes * 8) / INTERVAL_S,
  packetLoss: (lost, sibling) => {
    const sent = sibling('packets_sent');
    return Number.isNaN(sent)
      ? (100 * lost) / (lost + sibling('packets_received'))
      : Math.min(100, (100 * lost) / sent);
  },
};

/** The value that a field has at one of its places. */
type Expected = (field: Field, place: string) => unknown;

function load(flag: boolean): { loaded: LoadedReport; expected: Expected } {
  const { body, markers } = markedAnswer(peerReport, flag);
  const raw = new TextEncoder().encode(JSON.stringify(body));
  const report: CallReport = readReport(raw, CONTEXT);
  const expected: Expected = (field, place) => {
    const sibling = (name: string) => markers.get(field.path.replace(/[^.]+$/, name));
    const derive = field.model?.includes(`.${place.split(':')[2]}`) ? undefined : DERIVED[place.split(':')[2] ?? ''];
    const value = markers.get(field.path);
    return derive ? derive(value as number, (name) => Number(sibling(name))) : converted(field, value, sibling);
  };
  return { loaded: { result: { report, raw }, connectionLabel: 'Acme', providerName: 'RealtimeKit' }, expected };
}

/** Opens the page with every section and every chart open, in UTC. */
async function openAll(loaded: LoadedReport): Promise<ReportPage> {
  const sections = Object.fromEntries(SECTIONS.map((name) => [name, true]));
  const view = { sections, timeMode: 'clock', extraMetrics: [...SERIES_NAMES] };
  const state = { version: 1, ref: REF, title: 'Marked', pinned: false, view };
  const page = await ReportPage.open({
    load: async () => loaded,
    state,
    timezone: 'UTC',
    viewport: { width: 1400, height: 1000 },
  });
  page.show();
  await page.ready();
  await page.page.locator('details').evaluateAll((all) => {
    for (const each of all) (each as HTMLDetailsElement).open = true;
  });
  return page;
}

async function read(page: ReportPage, selector: string): Promise<Shown> {
  const found = await page.page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => ({
      text: (element as HTMLElement).innerText,
      values: [...element.querySelectorAll('[data-value]')].map((cell) => Number(cell.getAttribute('data-value'))),
    })),
  );
  return { text: found.map(({ text }) => text).join('\n'), values: found.flatMap(({ values }) => values) };
}

/** Turns a chart into its table, so that its figures can be read. */
async function chartAsTable(page: ReportPage, metric: string): Promise<Shown> {
  const chart = page.chart(metric);
  if ((await chart.getByRole('table').count()) === 0) {
    await chart.getByRole('button', { name: /: actions$/ }).click();
    await page.page.getByRole('menuitem', { name: 'View as table' }).click();
    await chart.getByRole('table').waitFor();
  }
  return read(page, `[data-chart="${metric}"]`);
}

/** Words are written with capitals and spaces: `local-1` may stand as `Local 1`. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[-_]/g, ' ');
}

function isShown({ text, values }: Shown, value: unknown, { type, path }: Field): boolean {
  if (typeof value === 'boolean') return new RegExp(value ? '\\byes\\b|reach' : '\\bno\\b', 'i').test(text);
  if (typeof value === 'string') return plain(text).includes(plain(type === 'time text' ? value.slice(0, 19) : value));
  if (typeof value !== 'number') throw new Error(`${path}: no way to look for ${String(value)}`);
  if (type === 'time' || type === 'epoch ms') return text.includes(new Date(value).toISOString().slice(11, 19));
  const close = (candidate: number): boolean => Math.abs(candidate - value) <= 1e-9 * Math.max(1, Math.abs(value));
  return values.some(close) || spellings(value).some((spelling) => holds(text, spelling));
}

/** How a figure may be written: as it is, in thousands, in percent or in minutes, with up to three decimals. */
function spellings(value: number): string[] {
  return [value, value / 1000, value * 100, value / 60_000].flatMap((scaled) =>
    [0, 1, 2, 3].flatMap((decimals) => {
      const plain = scaled.toFixed(decimals);
      if (Number(plain) === 0) return [];
      return [
        plain,
        scaled.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
      ];
    }),
  );
}

function holds(text: string, figure: string): boolean {
  return new RegExp(`(?<![\\d.,])${figure.replaceAll('.', '\\.')}(?![\\d]|[.,]\\d)`).test(text);
}

describe('the table of RealtimeKit’s fields, on screen', () => {
  for (const flag of [true, false]) {
    it(`every field of the peer report stands at its place (flags ${flag})`, async () => {
      const { loaded, expected } = load(flag);
      const page = await openAll(loaded);
      try {
        const places = new Map<string, Shown>();
        const at = async (place: string): Promise<Shown> => {
          const [, section = '', metric] = place.split(':');
          const known = places.get(place);
          if (known) return known;
          const shown = metric ? await chartAsTable(page, metric) : await read(page, `[data-section="${section}"]`);
          places.set(place, shown);
          return shown;
        };
        const missing: string[] = [];
        let looked = 0;
        for (const field of peerReport.fields) {
          for (const place of field.shown ?? []) {
            if (place === 'panel:raw') continue;
            looked += 1;
            if (!isShown(await at(place), expected(field, place), field)) {
              missing.push(`${field.path}: ${String(expected(field, place))} is not at ${place}`);
            }
          }
        }
        assert.deepEqual(missing, []);
        assert.ok(looked > 300, `${looked} places`);
        assert.deepEqual(page.complaints, []);
      } finally {
        await page.close();
      }
    });
  }

  it('finds nothing where nothing is, so that it can fail', async () => {
    const shown = { text: 'Round-trip time 135.7 ms', values: [135.7009] };
    const field = { path: 'x', type: 'ms' };
    assert.equal(isShown(shown, 135.7009, field), true);
    assert.equal(isShown(shown, 35.7, field), false);
    assert.equal(isShown(shown, 5.7, field), false);
    assert.equal(isShown(shown, 'rtt-1', { path: 'x', type: 'text' }), false);
  });
});
