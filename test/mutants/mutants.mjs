/**
 * Small mistakes that a person could make in units, mappings and diagnosis. Each stands for a kind of mistake; the tests
 * of its group have to notice it.
 */

/**
 * @typedef {object} Mutant
 * @property {string} file     below `src`
 * @property {string} from     stands in the file exactly once
 * @property {string} to
 */

/** Tests that are run for the mutants of a group, as parts of their paths below `test`. @type {Record<string, string[]>} */
export const TESTS = {
  core: ['unit/core/', 'unit/providers/http.test'],
  realtimekit: [
    'unit/providers/units.test',
    'unit/providers/published-report.test',
    'unit/providers/hostile-report.test',
  ],
  hms: ['unit/hms/'],
  whereby: ['unit/whereby/'],
  mediamelon: ['unit/mediamelon/'],
  diagnosis: ['unit/diagnosis/'],
};

/** @type {Record<string, Mutant[]>} */
export const MUTANTS = {
  core: [
    { file: 'providers/http/retry.ts', from: 'return Number(text) * 1000;', to: 'return Number(text);' },
    { file: 'providers/http/retry.ts', from: 'base * 2 ** attempt', to: 'base * (attempt + 1)' },
    { file: 'core/page.ts', from: 'repeats ? undefined : page.next', to: 'page.next' },
    {
      file: 'core/page.ts',
      from: '!this.#seen.has(item.id) && this.#seen.add(item.id)',
      to: 'this.#seen.add(item.id)',
    },
    { file: 'core/redact.ts', from: 'toBase64(secret)];', to: 'secret];' },
    { file: 'core/text.ts', from: '.toWellFormed()\n    .replace(/\\s+/g', to: '.replace(/\\s+/g' },
  ],
  realtimekit: [
    { file: 'core/counters.ts', from: '* 8000)', to: '* 1000)' },
    { file: 'providers/realtimekit/report/derive.ts', from: '(received ? lost : 0)', to: '(received ? 0 : lost)' },
    { file: 'providers/realtimekit/report/derive.ts', from: '(100 * lost) / whole', to: 'lost / whole' },
    { file: 'providers/realtimekit/report/derive.ts', from: 'Math.min(100, ', to: 'Math.min(1000, ' },
    {
      file: 'providers/realtimekit/report/derive.ts',
      from: '(column[i] as number) * factor',
      to: '(column[i] as number) / factor',
    },
    {
      file: 'providers/realtimekit/report/derive.ts',
      from: "['packets_sent', 'packetsSent']",
      to: "['packets_sent', 'packetsReceived']",
    },
    {
      file: 'providers/realtimekit/report/derive.ts',
      from: "put('mos', cells.mos_quality)",
      to: "put('mos', cells.frames_per_second)",
    },
    {
      file: 'providers/realtimekit/report/units.ts',
      from: 'rtt: { max: 10, median: 2 }',
      to: 'rtt: { max: 1, median: 2 }',
    },
    {
      file: 'providers/realtimekit/report/units.ts',
      from: 'jitter: { max: 5, median: 0.5 }',
      to: 'jitter: { max: 5, median: 50 }',
    },
    {
      file: 'providers/realtimekit/report/units.ts',
      from: 'factor: seconds < milliseconds ? 1000 : 1',
      to: 'factor: seconds < milliseconds ? 1 : 1000',
    },
    {
      file: 'providers/realtimekit/report/counters.ts',
      from: 'falls / changes >= FALLING_SHARE',
      to: 'falls / changes <= FALLING_SHARE',
    },
    {
      file: 'providers/realtimekit/report/counters.ts',
      from: 'running: difference > 0, sum',
      to: 'running: difference < 0, sum',
    },
    {
      file: 'providers/realtimekit/report/loss-unit.ts',
      from: 'if (fraction < percent)',
      to: 'if (fraction > percent)',
    },
  ],
  hms: [
    {
      file: 'providers/hms/report/columns.ts',
      from: "packet_loss_percent: 'packetLoss'",
      to: "packet_loss_percent: 'packetLossUnscaled'",
    },
    { file: 'providers/hms/report/columns.ts', from: "rtt_ms: 'rtt'", to: "rtt_ms: 'jitter'" },
    { file: 'providers/hms/report/columns.ts', from: 'time * 1000 : time', to: 'time : time' },
    {
      file: 'providers/hms/report/columns.ts',
      from: '(times[a] as number) - (times[b] as number)',
      to: '(times[b] as number) - (times[a] as number)',
    },
    { file: 'providers/hms/report/columns.ts', from: 'fill(Number.NaN);\n  column.set', to: 'fill(0);\n  column.set' },
    {
      file: 'providers/hms/report/columns.ts',
      from: 'index === 0 || times[row] !== times[rows[index - 1] as number]',
      to: 'true',
    },
    { file: 'providers/hms/report/columns.ts', from: 'cell >= lowest && ', to: '' },
  ],
  whereby: [
    { file: 'providers/whereby/report/loss-unit.ts', from: 'above ||= value > 1', to: 'above ||= value > 100' },
    {
      file: 'providers/whereby/report/loss-unit.ts',
      from: "unit: 'fraction', factor: 100",
      to: "unit: 'fraction', factor: 1",
    },
    {
      file: 'providers/whereby/report/loss-unit.ts',
      from: "setting === 'percent' ? 1 : 100",
      to: "setting === 'percent' ? 100 : 1",
    },
    {
      file: 'providers/whereby/report/loss-unit.ts',
      from: 'fine ||= !isTenths(value)',
      to: 'fine ||= isTenths(value)',
    },
    {
      file: 'providers/whereby/report/samples.ts',
      from: 'Number.isFinite(number) && number >= 0',
      to: 'Number.isFinite(number)',
    },
    {
      file: 'providers/whereby/report/samples.ts',
      from: "bitrateSend: ['bitrateSend', 'bs']",
      to: "bitrateSend: ['bitrateSend', 'br']",
    },
    { file: 'providers/whereby/report/samples.ts', from: 'fill(Number.NaN)', to: 'fill(0)' },
  ],
  mediamelon: [
    {
      file: 'providers/mediamelon/cells.ts',
      from: 'number > LARGEST_SECONDS ? number : number * 1000',
      to: 'number > LARGEST_SECONDS ? number * 1000 : number',
    },
    { file: 'providers/mediamelon/cells.ts', from: '/^(|na|null)$/i', to: '/^(|na)$/i' },
    { file: 'providers/mediamelon/cells.ts', from: 'if (number <= 0) return null;', to: '' },
    { file: 'providers/mediamelon/answer.ts', from: '!Number.isSafeInteger(Number(token))', to: 'false' },
    {
      file: 'providers/mediamelon/answer.ts',
      from: 'value.slice(0, names.length)',
      to: 'value.slice(1, names.length)',
    },
  ],
  diagnosis: [
    {
      file: 'diagnosis/engine/episodes.ts',
      from: 'beyond < needed)',
      to: 'beyond <= needed)',
    },
    { file: 'diagnosis/engine/episodes.ts', from: 'first.take(signed > warn', to: 'first.take(signed >= warn' },
    {
      file: 'diagnosis/engine/episodes.ts',
      from: 'episode.start - last.end >= MERGE_MS',
      to: 'episode.start - last.end > MERGE_MS * 2',
    },
    { file: 'diagnosis/engine/episodes.ts', from: 'MIN_SAMPLES = 5', to: 'MIN_SAMPLES = 8' },
    { file: 'diagnosis/engine/episodes.ts', from: 'if (severe) open.level = 1;', to: '' },
    { file: 'diagnosis/engine/episodes.ts', from: 'good = signed > clear ? 0 : good + 1;', to: 'good = good + 1;' },
    { file: 'diagnosis/engine/severity.ts', from: 'share > SHARES.high', to: 'share > 1' },
    { file: 'diagnosis/engine/severity.ts', from: 'medium: 0.05', to: 'medium: 0.5' },
    { file: 'diagnosis/rules/network.ts', from: 'LOSS = { warn: 3, bad: 10', to: 'LOSS = { warn: 5, bad: 10' },
    {
      file: 'diagnosis/rules/network.ts',
      from: 'thresholds: { warn: 30, bad: 100 }',
      to: 'thresholds: { warn: 50, bad: 100 }',
    },
    {
      file: 'diagnosis/rules/network.ts',
      from: 'thresholds: { warn: 300, bad: 500',
      to: 'thresholds: { warn: 300, bad: 400',
    },
    { file: 'diagnosis/rules/network.ts', from: "'rtk', 'send', 'local')", to: "'rtk', 'send', 'unclear')" },
    { file: 'diagnosis/engine/merge-streams.ts', from: 'a.time - b.time', to: 'b.time - a.time' },
    { file: 'diagnosis/engine/series-rule.ts', from: 'each.level === 1) ? 1 : 0', to: 'each.level === 1) ? 0 : 0' },
  ],
};
