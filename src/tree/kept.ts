import type { KeptCall } from '../connections/kept-calls';
import { type SessionRef, sessionKey } from '../core/ids';
import { childKey, type KeptCallNode, type SectionName, type SectionNode } from './nodes';

/** Calls that are kept across connections. */
export interface KeptSource {
  favorites(): KeptCall[];
  recent(): KeptCall[];
  isFavorite(ref: SessionRef): boolean;
}

/** A section's row; none where it would be empty. */
export function sectionNodes(section: SectionName, kept: KeptSource | undefined): SectionNode[] {
  if (!kept || callsOf(section, kept).length === 0) return [];
  return [{ kind: 'section', key: childKey(undefined, '#kept', section), parent: undefined, section }];
}

/** The rows of a section. */
export function keptCallNodes(parent: SectionNode, kept: KeptSource | undefined): KeptCallNode[] {
  if (!kept) return [];
  const starred = new Set(kept.favorites().map(({ ref }) => sessionKey(ref)));
  return callsOf(parent.section, kept).map(({ ref, label }) => ({
    kind: 'keptCall',
    key: childKey(parent, sessionKey(ref)),
    parent,
    ref,
    label,
    favorite: starred.has(sessionKey(ref)),
  }));
}

function callsOf(section: SectionName, kept: KeptSource): KeptCall[] {
  return section === 'favorites' ? kept.favorites() : kept.recent();
}
