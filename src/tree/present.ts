import * as l10n from '@vscode/l10n';
import { displayText } from '../core/text';
import { describeProvider } from '../providers/catalog';
import { dateTime } from './call-facts';
import type { SavedKind } from './captures';
import { describeFilter } from './filters';
import type { CallNode, ConnectionNode } from './nodes';
import { lookOfGroup, lookOfKeptCall, lookOfParticipant, lookOfSession } from './present-calls';
import { lookOfEmpty, lookOfError, lookOfIssues, lookOfLoadMore } from './present-notices';
import { branchRow, joinFacts, type LookContext, NAME_LENGTH, type RowLook } from './row-look';

const OPEN_CAPTURE = { id: 'peerscope.openCapture', title: l10n.t('Open Report') };
const CAPTURE_ICONS: Readonly<Record<SavedKind, string>> = { session: 'save-all', report: 'save' };

/** The look of a row. Pure; called for every row that VS Code draws, so it is cheap. */
export function lookOf(node: CallNode, context: LookContext): RowLook {
  switch (node.kind) {
    case 'section':
      return node.section === 'favorites'
        ? { label: l10n.t('Favorites'), icon: 'star-full', open: true, ...branchRow('section') }
        : { label: l10n.t('Recently opened'), icon: 'history', ...branchRow('section') };
    case 'keptCall':
      return lookOfKeptCall(node, context);
    case 'provider':
      return { label: providerLabel(node.provider), icon: 'server-environment', ...branchRow('provider') };
    case 'connection':
      return lookOfConnection(node, context);
    case 'app':
      return {
        label: displayText(node.app.name, NAME_LENGTH) || node.app.id,
        description: l10n.t('app'),
        icon: 'package',
        ...branchRow('app'),
        hasTooltip: true,
      };
    case 'group':
      return lookOfGroup(node, context);
    case 'captures':
      return { label: l10n.t('Captures'), icon: 'archive', ...branchRow('captures') };
    case 'capture':
      return {
        label: displayText(node.capture.name, NAME_LENGTH),
        description: node.capture.format,
        icon: node.capture.saved ? CAPTURE_ICONS[node.capture.saved] : 'file-code',
        ...branchRow('capture'),
        ...(node.capture.connections.length < 2 && { expandable: false, command: OPEN_CAPTURE }),
        hasTooltip: true,
      };
    case 'peerConnection':
      return {
        label: displayText(node.label, NAME_LENGTH) || node.id,
        icon: 'pulse',
        expandable: false,
        contextValue: 'peerConnection',
        command: OPEN_CAPTURE,
        hasTooltip: true,
      };
    case 'room':
      return {
        label: displayText(node.room.name, NAME_LENGTH) || node.room.id,
        description: joinFacts(
          node.room.createdAt && l10n.t('created {0}', dateTime(node.room.createdAt, context.now)),
          describeFilter(context.filter, context.local),
        ),
        icon: context.playback ? 'play-circle' : 'device-camera-video',
        ...branchRow('room'),
        hasTooltip: true,
      };
    case 'session':
      return lookOfSession(node, context);
    case 'participant':
      return lookOfParticipant(node, context);
    case 'loadMore':
      return lookOfLoadMore(node, context);
    case 'error':
      return lookOfError(node);
    case 'empty':
      return lookOfEmpty(node, context);
    case 'issues':
      return lookOfIssues(node);
  }
}

function lookOfConnection(node: ConnectionNode, context: LookContext): RowLook {
  const label = displayText(node.record.label);
  const provider = providerLabel(node.record.provider);
  const base = { label: context.alone && label !== provider ? `${provider} · ${label}` : label };
  const flags = node.record.sample ? 'connection+sample' : 'connection';
  if (context.keyMissing) {
    return {
      ...base,
      description: node.record.needsKey
        ? l10n.t('Key needed: click to enter it')
        : l10n.t('Key missing: enter it again'),
      icon: 'key',
      color: 'list.errorForeground',
      expandable: false,
      contextValue: `${flags}+keyMissing`,
      command: { id: 'peerscope.editConnection', title: l10n.t('Edit Connection') },
      hasTooltip: true,
    };
  }
  return { ...base, icon: node.record.sample ? 'beaker' : 'plug', ...branchRow(flags), hasTooltip: true };
}

function providerLabel(id: string): string {
  return describeProvider(id)?.label ?? id;
}
