/** Readers of subtitle files that refuse what their grammar does not allow. */
import assert from 'node:assert/strict';

export interface Cue {
  /** Ms. */
  from: number;
  /** Ms. */
  to: number;
  payload: string;
}

/** SubRip: cues numbered from 1, a line of times, one or more lines that are not empty, and an empty line after each. */
export function readSrt(text: string): Cue[] {
  const lines = text.split('\n');
  const cues: Cue[] = [];
  let at = 0;
  while (at < lines.length - 1) {
    assert.equal(lines[at++], String(cues.length + 1), 'number of the cue');
    const times = /^(\d\d+):([0-5]\d):([0-5]\d),(\d{3}) --> (\d\d+):([0-5]\d):([0-5]\d),(\d{3})$/.exec(
      lines[at++] ?? '',
    );
    assert.ok(times, 'line of times');
    const payload: string[] = [];
    while (lines[at] !== '') {
      assert.ok(at < lines.length, 'empty line after the cue');
      payload.push(lines[at++] as string);
    }
    at++;
    assert.ok(payload.length > 0 && !payload.join().includes('-->'));
    cues.push({ ...between(times), payload: payload.join('\n') });
  }
  assert.equal(lines.at(-1), '', 'the file ends with a line break');
  return cues;
}

/** WebVTT, the syntax of https://www.w3.org/TR/webvtt1/#syntax, as far as there are no regions, styles and settings. */
export function readVtt(text: string): Cue[] {
  assert.match(text, /^WEBVTT(?:[ \t][^\n]*)?\n\n/);
  assert.ok(!text.includes('\r') && !text.includes('\u0000'));
  const cues: Cue[] = [];
  for (const block of text.slice(text.indexOf('\n\n') + 2).split(/\n{2,}/)) {
    if (block === '') continue;
    const lines = block.split('\n');
    if (/^NOTE(?:[ \t]|$)/.test(lines[0] ?? '')) {
      assert.ok(!block.includes('-->'), 'no arrow in a comment');
      continue;
    }
    const identifier = lines.shift() ?? '';
    assert.ok(identifier !== '' && !identifier.includes('-->'), 'identifier');
    const times = /^(\d\d+):([0-5]\d):([0-5]\d)\.(\d{3})[ \t]+-->[ \t]+(\d\d+):([0-5]\d):([0-5]\d)\.(\d{3})$/.exec(
      lines.shift() ?? '',
    );
    assert.ok(times, 'line of times');
    const cue = { ...between(times), payload: lines.join('\n') };
    assert.ok(cue.to > cue.from, 'the end is after the start');
    assert.ok(cue.from >= (cues.at(-1)?.from ?? 0), 'starts do not go back');
    checkCueText(cue.payload);
    cues.push(cue);
  }
  return cues;
}

/** One voice span with an annotation, then text; `&`, `<` and `>` only as escapes. */
function checkCueText(payload: string): void {
  assert.ok(!payload.includes('-->'), 'no arrow in a cue');
  const span = /^<v ([^\n\r<>]+)>([^<>]*)$/.exec(payload);
  assert.ok(span, `a voice span: ${payload}`);
  const [, annotation = '', text = ''] = span;
  assert.notEqual(annotation.trim(), '');
  for (const part of [annotation, text]) assert.doesNotMatch(part, /&(?!(?:amp|lt|gt);)/);
}

function between(match: RegExpExecArray): { from: number; to: number } {
  const [h1 = 0, m1 = 0, s1 = 0, f1 = 0, h2 = 0, m2 = 0, s2 = 0, f2 = 0] = match.slice(1).map(Number);
  return { from: ((h1 * 60 + m1) * 60 + s1) * 1000 + f1, to: ((h2 * 60 + m2) * 60 + s2) * 1000 + f2 };
}
