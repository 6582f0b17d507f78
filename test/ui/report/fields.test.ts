import assert from 'node:assert/strict';
import { SERIES_NAMES } from '../../../src/core/series';
import type { LoadedReport } from '../../../src/panel/services';
import { disposeReportReader } from '../../../src/providers/index';
import { ScriptedServer } from '../../service/http/server';
import type { Field } from '../../service/realtimekit/field-table';
import { REF, ReportPage } from './harness';
import { markedReports } from './marked';

const SECTIONS = [
  'figures',
  'trend',
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

/** What stands at one place: its text, and the unrounded figures of its cells. */
interface Shown {
  text: string;
  values: number[];
}

/** Opens the page with every section and every chart open, in UTC. */
async function openAll(loaded: LoadedReport): Promise<ReportPage> {
  const { participant } = loaded.result.report;
  const ref = { ...REF, sessionId: loaded.session?.id ?? REF.sessionId, participantId: participant.id };
  const sections = Object.fromEntries(SECTIONS.map((name) => [name, true]));
  const view = { sections, timeMode: 'clock', extraMetrics: [...SERIES_NAMES] };
  const state = { version: 1, ref, title: 'Marked', pinned: false, view };
  const page = await ReportPage.open({
    load: async () => loaded,
    state,
    timezone: 'UTC',
    viewport: { width: 1400, height: 1000 },
  });
  page.show(ref);
  await page.ready();
  await page.page.locator('details').evaluateAll((all) => {
    for (const each of all) (each as HTMLDetailsElement).open = true;
  });
  return page;
}

async function read(page: ReportPage, selector: string): Promise<Shown> {
  const found = await page.page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => ({
      // Marks on the time axis have their text where it is hovered over and read aloud.
      text: [element as HTMLElement, ...element.querySelectorAll<HTMLElement>('.mark')]
        .map((each) => `${each.innerText} ${each.ariaLabel ?? ''}`)
        .join('\n'),
      values: [...element.querySelectorAll('[data-value]')].map((cell) => Number(cell.getAttribute('data-value'))),
    })),
  );
  return { text: found.map(({ text }) => text).join('\n'), values: found.flatMap(({ values }) => values) };
}

/** Turns every chart into its table, so that its figures can be read. */
async function chartsAsTables(page: ReportPage): Promise<void> {
  for (const chart of await page.page.locator('[data-chart]').all()) {
    if ((await chart.locator('canvas').count()) === 0) continue;
    await chart.getByRole('button', { name: /: actions$/ }).click();
    await page.page.getByRole('menuitem', { name: 'View as table' }).click();
    await chart.getByRole('table').waitFor();
  }
}

/** Words are written with capitals and spaces: `local-1` may stand as `Local 1`. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[-_]/g, ' ');
}

function isShown({ text, values }: Shown, value: unknown, { type, path, as }: Field): boolean {
  if (typeof value === 'boolean') return new RegExp(value ? '\\byes\\b|reach' : '\\bno\\b', 'i').test(text);
  if (typeof value === 'string') {
    if (type !== 'time' && type !== 'time text') return plain(text).includes(plain(value));
    // Kept as text to the second, or read as a moment and shown by the clock.
    return plain(text).includes(plain(value.slice(0, 19))) || text.includes(value.slice(11, 19));
  }
  if (typeof value !== 'number') throw new Error(`${path}: no way to look for ${String(value)}`);
  if (/^(?:time|epoch m?s)$/.test(type ?? '') || as === 'added to timeStamp')
    return text.includes(new Date(value).toISOString().slice(11, 19));
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

describe('the tables of fields, on screen', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });
  let looked = 0;

  for (const { provider, name, fields, load } of markedReports()) {
    it(`${provider}, ${name}: every field stands at its place`, async () => {
      const { loaded, expected } = await load(server);
      const page = await openAll(loaded);
      try {
        await chartsAsTables(page);
        const places = new Map<string, Shown>();
        const at = async (place: string): Promise<Shown> => {
          const [, section = '', metric] = place.split(':');
          const known = places.get(place);
          if (known) return known;
          const within = `[data-section="${section}"]`;
          const shown = await read(page, metric ? `${within} [data-chart="${metric}"]` : within);
          places.set(place, shown);
          return shown;
        };
        const missing: string[] = [];
        for (const field of fields) {
          for (const place of field.shown ?? []) {
            if (!place.startsWith('panel:') || place === 'panel:raw') continue;
            looked += 1;
            if (!isShown(await at(place), expected(field, place), field)) {
              missing.push(`${field.path}: ${String(expected(field, place))} is not at ${place}`);
            }
          }
        }
        assert.deepEqual(missing, []);
        assert.deepEqual(page.complaints, []);
      } finally {
        await page.close();
      }
    });
  }

  it('are all looked through', () => {
    assert.ok(looked > 900, `${looked} places`);
  });

  it('finds nothing where nothing is, so that it can fail', async () => {
    const shown = { text: 'Round-trip time 135.7 ms', values: [135.7009] };
    const field = { path: 'x', type: 'ms' };
    assert.equal(isShown(shown, 135.7009, field), true);
    assert.equal(isShown(shown, 35.7, field), false);
    assert.equal(isShown(shown, 5.7, field), false);
    assert.equal(isShown(shown, 'rtt-1', { path: 'x', type: 'text' }), false);
  });
});
