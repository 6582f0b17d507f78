import type { ParticipantRef, ProviderId, SessionRef } from '../core/ids';
import type { KeptThing } from '../core/talk';

/**
 * What is known of a provider without loading it: names, levels, links. Light on purpose, it is part of the entry
 * bundle. What a person enters for it is in its form; the provider itself is loaded on first use.
 */
export interface ProviderDescriptor {
  id: ProviderId;
  /** `RealtimeKit`, as on the provider's own pages. */
  label: string;
  /** The provider's words for our levels, where they differ from ours. */
  words: { room: string; rooms: string };
  /** Page of the provider's dashboard that is nearest to the thing. */
  dashboardUrl?(settings: Readonly<Record<string, string>>, ref?: SessionRef | ParticipantRef): string | undefined;
  /** Levels and lists that the tree offers before the provider is loaded. */
  tree: {
    apps: boolean;
    live: boolean;
    /** How far back lists of sessions reach, hours, where a connection says so itself; otherwise a setting does. */
    recentHours?(settings: Readonly<Record<string, string>>): number;
  };
  /** What it keeps of a session beside its figures. */
  keeps?: readonly KeptThing[];
  /** `playback`: sessions are playbacks by one viewer each, not calls. Missing: calls. */
  media?: 'call' | 'playback';
}
