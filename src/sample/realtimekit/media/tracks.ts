import { hash, Random } from '../../random';
import { opaqueId } from '../../uuid';
import type { Plan, Stay } from '../plan';

/** A stretch of time, epoch ms. */
export interface Stretch {
  from: number;
  to: number;
}

/** One track that a participant sends: a microphone, a camera from on to off, a shared screen. */
export interface Track extends Stretch {
  /** `producer_id` in the report. */
  id: string;
  /** Index of the sender's stay. */
  stay: number;
  kind: 'audio' | 'video';
  source: 'camera-mic' | 'screen';
  ssrc: number;
  mid: string;
  seed: number;
}

/** What one participant sends during a stay. */
export interface Sending {
  stay: Stay;
  tracks: readonly Track[];
  /** When the microphone was muted: it goes on sending small packets. */
  muted: readonly Stretch[];
  /** A phone sends no large pictures. */
  mobile: boolean;
}

const SECOND = 1000;

/** The tracks of a stay: a microphone throughout, the camera most of the time, a screen where one was shared. */
export function sendingOf(plan: Plan, stay: Stay, mobile: boolean): Sending {
  const random = new Random(hash(plan.seed, stay.index, 401));
  const length = stay.leave - stay.join;
  const ordinary = plan.meeting.scenario === 'ordinary' || plan.meeting.scenario === 'live';
  // Host and first guest of a scene are seen and heard all the time, so that its fault is plain to see.
  const always = !ordinary && stay.person <= 1;
  const tracks = [makeTrack(plan, stay, 'audio', 'camera-mic', stay.join, stay.leave, 0)];
  for (const [index, { from, to }] of cameraStretches(stay, always, random).entries()) {
    tracks.push(makeTrack(plan, stay, 'video', 'camera-mic', from, to, 1 + index));
  }
  const screen =
    plan.meeting.scenario === 'screen-share'
      ? stay.person === 0
      : ordinary && length > 400 * SECOND && stay.person === plan.seed % 23;
  if (screen && !mobile) {
    const from = Math.round(stay.join + length * random.range(0.12, 0.3));
    const to = Math.round(stay.join + length * random.range(0.6, 0.85));
    tracks.push(makeTrack(plan, stay, 'video', 'screen', from, to, 8));
    if (random.chance(0.5)) tracks.push(makeTrack(plan, stay, 'audio', 'screen', from, to, 9));
  }
  return { stay, tracks, muted: always ? [] : mutedStretches(stay, random), mobile };
}

function cameraStretches(stay: Stay, always: boolean, random: Random): Stretch[] {
  const whole = { from: stay.join, to: stay.leave };
  const length = stay.leave - stay.join;
  if (always) return [whole];
  if (random.chance(0.1)) return [];
  if (length < 180 * SECOND || random.chance(0.7)) return [whole];
  const off = Math.round(stay.join + length * random.range(0.2, 0.6));
  const on = Math.round(Math.min(off + random.range(20, 240) * SECOND, stay.leave - 20 * SECOND));
  return [
    { from: stay.join, to: off },
    { from: on, to: stay.leave },
  ];
}

function mutedStretches(stay: Stay, random: Random): Stretch[] {
  const stretches: Stretch[] = [];
  let time = stay.join;
  let muted = stay.person > 0 && random.chance(0.45);
  while (time < stay.leave) {
    const next = Math.round(Math.min(stay.leave, time + random.range(20, stay.person === 0 ? 900 : 260) * SECOND));
    if (muted) stretches.push({ from: time, to: next });
    muted = !muted;
    time = next;
  }
  return stretches;
}

function makeTrack(
  plan: Plan,
  stay: Stay,
  kind: Track['kind'],
  source: Track['source'],
  from: number,
  to: number,
  number: number,
): Track {
  const seed = hash(plan.seed, stay.index, 402, number);
  return {
    id: opaqueId(seed, 1),
    stay: stay.index,
    kind,
    source,
    ssrc: hash(seed, 2),
    mid: String(number),
    seed,
    from,
    to,
  };
}
