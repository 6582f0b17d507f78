import type { ProviderId } from '../core/ids';
import type { Candidate } from './recognise';
import type { Role } from './urls';

/** What is asked of one connection for one candidate. */
export interface Plan {
  /** One after the other until one finds it; each by the provider's direct way. */
  direct: readonly Role[];
  /** Asked when nobody has found it by a direct way: each is one search (RealtimeKit: one an app). */
  wider: readonly Role[];
}

const NOTHING: Plan = { direct: [], wider: [] };

/** What each provider can hold under an id of each shape, and how it is found there. A shape that is missing is not asked. */
const PLANS: Readonly<Record<ProviderId, Partial<Record<Candidate['shape'], Plan>>>> = {
  realtimekit: {
    uuid: { direct: ['session'], wider: ['room', 'participant'] },
    word: { direct: [], wider: ['room'] },
    name: { direct: ['room'], wider: [] },
  },
  '100ms': {
    // A peer can only be looked for in sessions that were read; a room's name is often a UUID.
    uuid: { direct: [], wider: ['room', 'participant'] },
    // Asked for the room when nobody has such a session.
    objectId: { direct: ['session'], wider: ['room'] },
    word: { direct: [], wider: ['room'] },
    name: { direct: ['room'], wider: [] },
  },
  whereby: {
    uuid: { direct: ['session'], wider: ['person', 'room'] },
    objectId: { direct: [], wider: ['person'] },
    hex32: { direct: [], wider: ['person'] },
    roomPath: { direct: ['room'], wider: [] },
    word: { direct: [], wider: ['person', 'room'] },
    name: { direct: ['room'], wider: [] },
  },
  mediamelon: {
    uuid: { direct: ['session'], wider: ['person'] },
    objectId: { direct: ['session'], wider: ['person'] },
    hex32: { direct: ['session'], wider: ['person'] },
    word: { direct: ['session'], wider: ['person', 'room'] },
    name: { direct: ['room'], wider: [] },
  },
};

/** What a provider can be asked for by an id alone, whatever its form: a label or an address has said what it is. */
const BY_ROLE: Readonly<Record<ProviderId, readonly Role[]>> = {
  realtimekit: ['session', 'participant', 'room'],
  '100ms': ['session', 'participant', 'room'],
  whereby: ['session', 'person', 'room'],
  mediamelon: ['session', 'person', 'room'],
};

/**
 * How a provider is asked for a candidate. What an address of the provider says is taken at its word; what a label in a
 * log line says is tried first, because people use one word for many things.
 */
export function planFor(candidate: Candidate, provider: ProviderId): Plan {
  const { shape, role } = candidate;
  if (candidate.provider !== undefined && candidate.provider !== provider) return NOTHING;
  const general = PLANS[provider][shape] ?? NOTHING;
  if (role === undefined) return general;
  const able = BY_ROLE[provider].includes(role);
  if (candidate.provider !== undefined) return { direct: able ? [role] : [], wider: [] };
  if (!able || general === NOTHING) return general;
  const others = [...general.direct, ...general.wider].filter((one) => one !== role);
  return { direct: [role], wider: others };
}
