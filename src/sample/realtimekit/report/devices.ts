import { hash, Random } from '../../random';
import { iso } from '../apps';
import type { Client } from '../client';
import type { Media } from '../media/call';

const KINDS = ['audioinput', 'videoinput', 'audiooutput'] as const;

interface Device {
  device_id: string;
  kind: string;
  label: string;
}

/** The device lists of a report up to `now`: what was there, what came and went, and what was chosen. */
export function deviceUpdates({ stay, faults }: Media, client: Client, seed: number, now: number) {
  const device = (kind: (typeof KINDS)[number], label: string, number: number): Device => ({
    device_id: new Random(hash(seed, number, KINDS.indexOf(kind))).hex(64),
    kind,
    label,
  });
  const microphones = client.microphones.map((label, index) => device('audioinput', label, index));
  const cameras = client.cameras.map((label, index) => device('videoinput', label, index));
  const speakers = client.speakers.map((label, index) => device('audiooutput', label, index));
  const start = stay.join + 40;
  const audio = [{ at: start, added: microphones, removed: [] as Device[] }];
  const speaker = [{ at: start, added: speakers, removed: [] as Device[] }];
  const video = [{ at: start, added: cameras, removed: [] as Device[] }];
  const selected = [microphones[0], cameras[0], speakers[0]].map((one, index) => ({
    at: start + 20 + index,
    device: one as Device,
  }));
  for (const fault of faults.filter(({ kind }) => kind === 'unplugged')) {
    const [headset, builtIn] = microphones as [Device, Device];
    const [earpiece, loud] = speakers as [Device, Device];
    audio.push({ at: fault.from, added: [], removed: [headset] });
    speaker.push({ at: fault.from + 4, added: [], removed: [earpiece] });
    // The browser finds another speaker by itself; the microphone has to be chosen by hand.
    selected.push({ at: fault.from + 350, device: loud }, { at: fault.to, device: builtIn });
  }
  const until = <Row extends { at: number }>(rows: Row[]) =>
    rows.filter(({ at }) => at <= now).map(({ at, ...rest }) => ({ timestamp: iso(at), ...rest }));
  return {
    audio_devices_updates: until(audio),
    video_devices_updates: until(video),
    speaker_devices_updates: until(speaker),
    selected_device_updates: until(selected),
  };
}
