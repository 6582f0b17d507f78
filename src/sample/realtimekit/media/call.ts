import { hash } from '../../random';
import { clientOf } from '../client';
import { type Fault, faultsOf } from '../faults';
import type { Plan, Stay } from '../plan';
import { encode, type SentTrack } from './encode';
import { type Grid, makeGrid } from './grid';
import { type Link, makeLink } from './link';
import { type Received, receive } from './receive';
import { type Sending, sendingOf } from './tracks';

/** A track of somebody else as it arrived. */
export interface Arrival {
  /** The sender's stay. */
  sender: Stay;
  sent: SentTrack;
  received: Received;
}

/** The media of one participant's stay: all of it, whatever the time is now. */
export interface Media {
  stay: Stay;
  grid: Grid;
  link: Link;
  faults: readonly Fault[];
  sending: Sending;
  sent: readonly SentTrack[];
  arrivals: readonly Arrival[];
}

/** Works out what a participant sent and received: their own tracks, and those of everyone who was there with them. */
export function mediaOf(plan: Plan, stay: Stay): Media {
  const grid = makeGrid(plan.start, plan.end);
  const faults = faultsOf(plan);
  const others = plan.stays.filter((other) => other !== stay && other.join < stay.leave && other.leave > stay.join);
  const present = [stay, ...others];
  const links = new Map(present.map((one) => [one, makeLink(plan, grid, one, faults)]));
  const linkOf = (one: Stay) => links.get(one) as Link;
  const send = (one: Stay): { sending: Sending; sent: SentTrack[] } => {
    const sending = sendingOf(plan, one, clientOf(plan, one.person).mobile);
    const seen = lossSeen(grid, linkOf(one), present.filter((other) => other !== one).map(linkOf));
    return { sending, sent: sending.tracks.map((track) => encode(grid, sending, track, linkOf(one), seen)) };
  };
  const own = send(stay);
  const theirs = others.map((sender) => ({ sender, sent: send(sender).sent }));
  const cameras = theirs.filter(({ sent }) => sent.some(({ track }) => track.kind === 'video')).length;
  const receiver = {
    link: linkOf(stay),
    join: stay.join,
    leave: stay.leave,
    seed: hash(plan.seed, stay.index, 601),
    cameras,
  };
  const arrivals: Arrival[] = [];
  for (const { sender, sent } of theirs) {
    for (const track of sent) {
      const received = receive(grid, track, linkOf(sender), receiver, arrivals.length);
      if (received) arrivals.push({ sender, sent: track, received });
    }
  }
  return {
    stay,
    grid,
    link: linkOf(stay),
    faults: faults.filter((fault) => fault.stay === stay.index),
    ...own,
    arrivals,
  };
}

/** The share of a sender's packets that receivers miss, summed over them: each asks for key frames on its own. */
function lossSeen(grid: Grid, sender: Link, receivers: readonly Link[]): Float32Array {
  const seen = new Float32Array(grid.cells);
  for (let cell = 0; cell < grid.cells; cell++) {
    let sum = sender.lossUp[cell] ?? 0;
    for (const { lossDown } of receivers) sum += lossDown[cell] ?? 0;
    seen[cell] = sum;
  }
  return seen;
}
