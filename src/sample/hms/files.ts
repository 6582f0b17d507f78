import { cell, noFile, refuseFile, signedLink, textFile } from '../files';
import type { SampleAnswer, SampleRequest } from '../provider';
import { chatOf, type Said, talkOf } from '../realtimekit/talk';
import { ok } from './answers';
import { type Asset, findAsset, pathOf } from './recordings';
import { identity } from './sessions';
import { goTime, peerId } from './workspace';

const MOUNT = '/v2';

/** `GET /recording-assets/{id}/presigned-url`. `expiry` is in seconds. */
export function presignedUrl(id: string, request: SampleRequest, key: string): SampleAnswer {
  const asset = findAsset(id, request.now);
  const { url, expires } = signedLink(request, MOUNT, key, [id]);
  return ok({ id, path: pathOf(asset), url, expiry: Math.round((expires - request.now) / 1000) });
}

/** A file behind a link, `files/{asset}`. No key opens it, only its signature. */
export function answerFile(request: SampleRequest, key: string): SampleAnswer {
  const refused = refuseFile(request, key);
  if (refused) return refused;
  const asset = findAsset(request.segments[1] ?? '', request.now);
  switch (asset.type) {
    case 'chat':
      return textFile('text/csv', chatFile(asset));
    case 'transcript':
      return textFile('text/plain; charset=utf-8', transcriptFile(asset));
    case 'summary':
      return textFile('application/json', summaryFile(asset));
    case 'room-composite':
      return textFile('text/plain; charset=utf-8', `Here would be the recording ${asset.recording.id}.\n`);
    default:
      return noFile();
  }
}

/** The documented columns. What was written before the recording is not in it. */
function chatFile({ recording }: Asset): string {
  const { plan, started, stopped } = recording;
  const rows = chatOf(plan)
    .filter(({ at }) => at >= started && at <= stopped)
    .map(({ at, stay, name, text }) =>
      [peerId(plan, stay.index), name, identity(plan, stay).user_id, '[]', goTime(at), 'chat', text]
        .map(cell)
        .join(','),
    );
  return `SenderPeerID,SenderName,SenderUserID,Roles,SentAt,Type,Message\n${rows.map((row) => `${row}\n`).join('')}`;
}

/** What was said while it was recorded, with times since the recording began. */
function heard({ recording }: Asset): (Said & { from: number; to: number })[] {
  const { plan, started, stopped } = recording;
  return talkOf(plan)
    .filter(({ at, until }) => at >= started && until <= stopped)
    .map((said) => ({ ...said, from: said.at - started, to: said.until - started }));
}

function transcriptFile(asset: Asset): string {
  const { plan } = asset.recording;
  const said = heard(asset);
  if (asset.format === 'txt') return said.map(({ name, text }) => `${name}: ${text}\n`).join('\n');
  if (asset.format === 'srt') {
    return said
      .map(({ from, to, name, text }, index) => `${index + 1}\n${cue(from)} --> ${cue(to)}\n${name}: ${text}\n`)
      .join('\n');
  }
  const sentences = said.map(({ from, to, stay, name, text }) => ({
    sentence: text,
    name,
    peer_id: peerId(plan, stay.index),
    start_time: String(from),
    end_time: String(to),
  }));
  return JSON.stringify({ words: [], sentences });
}

function summaryFile(asset: Asset): string {
  const speakers = [...new Set(heard(asset).map(({ name }) => name))];
  const bullets = (title: string, points: string[]) => ({ title, format: 'bullets', bullets: points, paragraph: '' });
  const sections = [
    bullets('Speakers', speakers),
    bullets('Agenda', ['List of last week', 'Next appointment']),
    bullets('Follow-up Action Items', ['Send the details after the call']),
    {
      title: 'Short Summary',
      format: 'paragraph',
      bullets: [],
      paragraph: 'The list was gone through; the next appointment is open.',
    },
  ];
  return JSON.stringify({ summary: { sections } });
}

function cue(ms: number): string {
  const text = new Date(ms).toISOString();
  return `${text.slice(11, 19)},${text.slice(20, 23)}`;
}
