import { hash, Random } from '../random';
import type { Plan } from './plan';

/** A participant's machine, browser and place. The same person keeps it from session to session. */
export interface Client {
  browser: string;
  browserVersion: string;
  engine: string;
  userAgent: string;
  os: string;
  osVersion: string;
  cpus: number;
  mobile: boolean;
  webgl: boolean;
  sdk: { name: string; type: string; version: string };
  /** Only native SDKs tell their encoders. */
  encoders: { audio: string; video: string } | undefined;
  microphones: readonly string[];
  cameras: readonly string[];
  speakers: readonly string[];
  place: Place;
  network: Network;
  /** Public IPv4 address, from a range kept for documentation (RFC 5737). */
  address: string;
  /** Address in the local network; IPv6 ones are from 2001:db8::/32 (RFC 3849). */
  localAddress: string;
}

interface Place {
  city: string;
  region: string;
  country: string;
  timezone: string;
}

interface Network {
  asn: string;
  name: string;
  domain: string;
  route: string;
  type: string;
}

type Machine = Pick<
  Client,
  'browser' | 'browserVersion' | 'engine' | 'userAgent' | 'os' | 'osVersion' | 'mobile' | 'webgl'
> & {
  cpus: readonly number[];
  native?: string;
};

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

const MACHINES: readonly Machine[] = [
  machine(
    'Chrome',
    '139.0.0.0',
    'Blink',
    'Windows',
    '11',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36`,
    [4, 8, 16],
  ),
  machine(
    'Chrome',
    '138.0.0.0',
    'Blink',
    'macOS',
    '10.15.7',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/138.0.0.0 Safari/537.36`,
    [8, 10],
  ),
  machine(
    'Edge',
    '139.0.0.0',
    'Blink',
    'Windows',
    '11',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0`,
    [4, 8],
  ),
  machine(
    'Firefox',
    '141.0',
    'Gecko',
    'Linux',
    'x86_64',
    'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0',
    [4, 12],
  ),
  machine(
    'Safari',
    '18.5',
    'WebKit',
    'macOS',
    '10.15.7',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    [8],
  ),
  machine(
    'Chrome',
    '137.0.0.0',
    'Blink',
    'Chrome OS',
    '16181.61.0',
    `Mozilla/5.0 (X11; CrOS x86_64 16181.61.0) ${WEBKIT} Chrome/137.0.0.0 Safari/537.36`,
    [2, 4],
  ),
  {
    ...machine(
      'Chrome',
      '139.0.0.0',
      'Blink',
      'Android',
      '15',
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/139.0.0.0 Mobile Safari/537.36`,
      [8],
    ),
    mobile: true,
  },
  {
    ...machine(
      'Safari',
      '18.5',
      'WebKit',
      'iOS',
      '18.5',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      [6],
    ),
    mobile: true,
  },
  { ...machine('', '', '', 'Android', '14', '', [8]), mobile: true, native: 'android-core' },
];

const PLACES: readonly Place[] = [
  { city: 'Nashik', region: 'Maharashtra', country: 'IN', timezone: 'Asia/Kolkata' },
  { city: 'São Paulo', region: 'São Paulo', country: 'BR', timezone: 'America/Sao_Paulo' },
  { city: 'Leipzig', region: 'Saxony', country: 'DE', timezone: 'Europe/Berlin' },
  { city: 'Austin', region: 'Texas', country: 'US', timezone: 'America/Chicago' },
  { city: 'Osaka', region: 'Osaka', country: 'JP', timezone: 'Asia/Tokyo' },
  { city: 'Leeds', region: 'England', country: 'GB', timezone: 'Europe/London' },
  { city: 'Nairobi', region: 'Nairobi County', country: 'KE', timezone: 'Africa/Nairobi' },
];

/** System numbers from the range kept for documentation (RFC 5398). */
const NETWORKS: readonly Network[] = [
  { asn: 'AS64500', name: 'Example Broadband', domain: 'broadband.example', route: '203.0.113.0/24', type: 'isp' },
  { asn: 'AS64501', name: 'Example Fibre', domain: 'fibre.example', route: '198.51.100.0/24', type: 'isp' },
  { asn: 'AS64502', name: 'Example Mobile', domain: 'mobile.example', route: '192.0.2.0/24', type: 'isp' },
  {
    asn: 'AS64503',
    name: 'Example Hospital Network',
    domain: 'hospital.example',
    route: '203.0.113.0/24',
    type: 'business',
  },
  {
    asn: 'AS64504',
    name: 'Example University',
    domain: 'university.example',
    route: '198.51.100.0/24',
    type: 'education',
  },
];

const HEADSETS = ['USB headset', 'Bluetooth headset', 'Wired earphones'];

/** The client of a person of a session's meeting. The first guest of a scene sits at a computer, so that every fault can happen. */
export function clientOf(plan: Plan, person: number): Client {
  const { key, meeting } = plan.slot;
  const random = new Random(hash(key.app, meeting, person, 701));
  const scene = plan.meeting.scenario !== 'ordinary' && person <= 1;
  const { cpus, native, ...chosen } = random.pick(scene ? MACHINES.slice(0, 3) : MACHINES);
  const network = random.pick(NETWORKS);
  const headset = random.pick(HEADSETS);
  return {
    ...chosen,
    cpus: plan.meeting.scenario === 'cpu-limited' && person === 1 ? 2 : random.pick(cpus),
    sdk: native
      ? { name: native, type: 'native', version: '1.9.2' }
      : { name: 'web-core', type: 'web', version: random.pick(['1.4.1', '1.5.0', '1.5.2']) },
    encoders: native ? { audio: 'opus', video: 'H264 (hardware)' } : undefined,
    microphones: [headset, chosen.mobile ? 'Phone microphone' : 'Built-in microphone'],
    cameras: chosen.mobile ? ['Front camera', 'Back camera'] : ['Built-in camera'],
    speakers: [headset, chosen.mobile ? 'Phone speaker' : 'Built-in speakers'],
    place: random.pick(PLACES),
    network,
    address: network.route.replace('0/24', String(random.int(2, 250))),
    localAddress: random.chance(0.25) ? `2001:db8:${random.hex(4)}::${random.hex(3)}` : `192.0.2.${random.int(2, 250)}`,
  };
}

function machine(
  browser: string,
  browserVersion: string,
  engine: string,
  os: string,
  osVersion: string,
  userAgent: string,
  cpus: readonly number[],
): Machine {
  return { browser, browserVersion, engine, userAgent, os, osVersion, mobile: false, webgl: true, cpus };
}
