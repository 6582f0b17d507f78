import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../../core/model';
import { CELL_FIELDS, type CellField, LIMITATIONS, type Limitation, type RawStream, type Row } from './fields';
import { Tally } from './tally';

/** Where the column of each field stands. */
const AT = {
  mos_quality: 0,
  jitter: 1,
  rtt: 2,
  frame_width: 3,
  frame_height: 4,
  frames_per_second: 5,
  packets_sent: 6,
  bytes_sent: 7,
  packets_received: 8,
  bytes_received: 9,
  frames_encoded: 10,
  frames_decoded: 11,
  jitter_buffer_delay: 12,
  jitter_buffer_emitted_count: 13,
  packets_lost: 14,
  concealment_events: 15,
  key_frames_encoded: 16,
  key_frames_decoded: 17,
  frames_dropped: 18,
  fir_count: 19,
  pli_count: 20,
  quality_limitation_resolution_changes: 21,
} as const satisfies Record<CellField, number>;
const LIMITED = { cpu: 22, bandwidth: 23, other: 24, none: 25 } as const satisfies Record<Limitation, number>;
const COLUMNS = 26;

/** What could not be read in one array of samples, by field. */
export class BadCells {
  readonly cells = Array.from({ length: COLUMNS }, () => new Tally());
  readonly durations = new Tally();

  /** `path` names the array. */
  report(path: string, issues: ItemIssue[]): void {
    const report = (at: number, field: string) =>
      this.cells[at]?.report(issues, path, field, (count) =>
        l10n.t('{0} cells are no usable numbers, the first one here; left empty.', count),
      );
    for (const field of CELL_FIELDS) report(AT[field], `.${field}`);
    const durations = '.quality_limitation_durations';
    this.durations.report(issues, path, durations, (count) =>
      l10n.t('{0} cells are no objects, the first one here; left empty.', count),
    );
    for (const name of LIMITATIONS) report(LIMITED[name], `${durations}.${name}`);
  }
}

/**
 * The columns of one stream while its samples come in. Each sample is read once, with the name of every field written
 * out: the engine then finds a field at a known place, where a computed name costs a search, a million times in a large
 * report. A column exists from its first measured cell on.
 */
export class StreamColumns {
  readonly #bad: BadCells;
  #capacity = 16;
  #length = 0;
  #times = new Float64Array(this.#capacity);
  readonly #columns = new Array<Float64Array | undefined>(COLUMNS).fill(undefined);
  #reasons: (string | undefined)[] | undefined;

  constructor(bad: BadCells) {
    this.#bad = bad;
  }

  /** Takes one sample; `place` is where it stands in its array, `time` is in epoch ms. */
  add(row: Row, time: number, place: number): void {
    if (this.#length === this.#capacity) this.#grow();
    const i = this.#length++;
    this.#times[i] = time;
    this.#cell(AT.mos_quality, row.mos_quality, i, place);
    this.#cell(AT.jitter, row.jitter, i, place);
    this.#cell(AT.rtt, row.rtt, i, place);
    this.#cell(AT.frame_width, row.frame_width, i, place);
    this.#cell(AT.frame_height, row.frame_height, i, place);
    this.#cell(AT.frames_per_second, row.frames_per_second, i, place);
    this.#cell(AT.packets_sent, row.packets_sent, i, place);
    this.#cell(AT.bytes_sent, row.bytes_sent, i, place);
    this.#cell(AT.packets_received, row.packets_received, i, place);
    this.#cell(AT.bytes_received, row.bytes_received, i, place);
    this.#cell(AT.frames_encoded, row.frames_encoded, i, place);
    this.#cell(AT.frames_decoded, row.frames_decoded, i, place);
    this.#cell(AT.jitter_buffer_delay, row.jitter_buffer_delay, i, place);
    this.#cell(AT.jitter_buffer_emitted_count, row.jitter_buffer_emitted_count, i, place);
    this.#cell(AT.packets_lost, row.packets_lost, i, place);
    this.#cell(AT.concealment_events, row.concealment_events, i, place);
    this.#cell(AT.key_frames_encoded, row.key_frames_encoded, i, place);
    this.#cell(AT.key_frames_decoded, row.key_frames_decoded, i, place);
    this.#cell(AT.frames_dropped, row.frames_dropped, i, place);
    this.#cell(AT.fir_count, row.fir_count, i, place);
    this.#cell(AT.pli_count, row.pli_count, i, place);
    const { quality_limitation_resolution_changes: changes, quality_limitation_durations: spent } = row;
    this.#cell(AT.quality_limitation_resolution_changes, changes, i, place);
    if (spent !== undefined && spent !== null) this.#durations(spent, i, place);
    const { quality_limitation_reason: reason } = row;
    if (typeof reason === 'string') {
      this.#reasons ??= [];
      this.#reasons[i] = reason;
    }
  }

  #durations(spent: unknown, i: number, place: number): void {
    if (typeof spent !== 'object' || Array.isArray(spent)) {
      this.#bad.durations.add(place);
      return;
    }
    const { cpu, bandwidth, other, none } = spent as Row;
    this.#cell(LIMITED.cpu, cpu, i, place);
    this.#cell(LIMITED.bandwidth, bandwidth, i, place);
    this.#cell(LIMITED.other, other, i, place);
    this.#cell(LIMITED.none, none, i, place);
  }

  #cell(at: number, value: unknown, i: number, place: number): void {
    if (value === undefined || value === null) return;
    // The difference is 0 for finite numbers only: JSON's 1e999 is read as Infinity. Only the loss may be negative:
    // late and duplicate packets count against it (RFC 3550, 6.4.1).
    if (typeof value === 'number' && value - value === 0 && (value >= 0 || at === AT.packets_lost)) {
      const column = this.#columns[at] ?? this.#newColumn(at);
      column[i] = value;
    } else {
      this.#bad.cells[at]?.add(place);
    }
  }

  #newColumn(at: number): Float64Array {
    const column = new Float64Array(this.#capacity).fill(Number.NaN);
    this.#columns[at] = column;
    return column;
  }

  #grow(): void {
    const length = this.#capacity;
    this.#capacity *= 4;
    const times = new Float64Array(this.#capacity);
    times.set(this.#times);
    this.#times = times;
    this.#columns.forEach((column, at) => {
      if (!column) return;
      const larger = new Float64Array(this.#capacity);
      larger.set(column);
      larger.fill(Number.NaN, length);
      this.#columns[at] = larger;
    });
  }

  /** What came, in the order of time; of two samples with one time the later in the array stands. */
  end(): Pick<RawStream, 'times' | 'cells' | 'limitations' | 'reasons'> {
    const order = this.#order();
    const exact = (column: Float64Array) =>
      order ? Float64Array.from(order, (index) => column[index] as number) : column.slice(0, this.#length);
    const times = exact(this.#times);
    const cells: RawStream['cells'] = {};
    for (const field of CELL_FIELDS) {
      const column = this.#columns[AT[field]];
      if (column) cells[field] = exact(column);
    }
    const limitations: RawStream['limitations'] = {};
    for (const name of LIMITATIONS) {
      const column = this.#columns[LIMITED[name]];
      if (column) limitations[name] = exact(column);
    }
    return { times, cells, limitations, reasons: this.#changes(times, order) };
  }

  /** Places in the order of time, or undefined when they came so. */
  #order(): number[] | undefined {
    const times = this.#times;
    let rising = true;
    for (let i = 1; i < this.#length && rising; i++) rising = (times[i - 1] as number) < (times[i] as number);
    if (rising) return undefined;
    const order = Array.from({ length: this.#length }, (_, index) => index);
    order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
    return order.filter((index, i) => i + 1 === order.length || times[index] !== times[order[i + 1] as number]);
  }

  #changes(times: Float64Array, order: number[] | undefined): RawStream['reasons'] {
    const changes: RawStream['reasons'] = [];
    if (!this.#reasons) return changes;
    let last: string | undefined;
    for (let i = 0; i < times.length; i++) {
      const value = this.#reasons[order ? (order[i] as number) : i];
      if (value === undefined || value === last) continue;
      changes.push({ at: times[i] as number, value });
      last = value;
    }
    return changes;
  }
}
