import * as vscode from 'vscode';
import type { SessionRef } from '../../core/ids';
import type { SavedSession } from '../../core/saved-session';
import type { KnownSession, SessionPanelServices } from '../../panel/index';
import { describeProvider } from '../../providers/catalog';
import { appName, findSession } from '../../tree/find';
import { readSettings } from '../../ui/settings';
import { fileName, fileOf } from '../files/file-ref';
import type { SessionFiles } from '../files/saved-sessions';
import { limitsInForce, shownSessionDiagnosis } from '../report/diagnose';
import { callLabel } from '../tree/favorites';
import type { SessionDependencies } from './commands';

/** What the session panels get of the extension: sessions from connections and files, names from the tree. */
export function createSessionServices(
  extensionUri: vscode.Uri,
  { store, pool, tree, log, sessionFiles, kept }: SessionDependencies,
): SessionPanelServices {
  const recordOf = (ref: SessionRef) => store.list().find(({ id }) => id === ref.connectionId);
  let files: SessionFiles | undefined;
  return {
    extensionUri,
    async provider(ref) {
      if (!fileOf(ref)) return pool.provider(ref.connectionId);
      files = await sessionFiles();
      return files.provider(ref);
    },
    known(ref) {
      const file = fileOf(ref);
      if (file) return knownOfFile(fileName(file), files?.known(ref));
      const descriptor = describeProvider(recordOf(ref)?.provider ?? '');
      return {
        connectionLabel: recordOf(ref)?.label ?? ref.connectionId,
        providerName: descriptor?.label,
        appName: appName(tree.model, ref.connectionId, ref.appId),
        media: descriptor?.media,
        keeps: descriptor?.keeps,
        session: findSession(tree.model, ref)?.session,
      };
    },
    dashboardUrl(ref) {
      const record = recordOf(ref);
      // The accounts of sample connections are made up.
      if (!record || record.sample) return undefined;
      return describeProvider(record.provider)?.dashboardUrl?.(record.settings, ref);
    },
    diagnose: shownSessionDiagnosis,
    limits: limitsInForce,
    opened: (ref, session) => void kept.opened(ref, callLabel(session)),
    favorites: {
      has: (ref) => kept.isFavorite(ref),
      toggle: (ref, session) =>
        kept.isFavorite(ref) ? kept.removeFavorite(ref) : kept.addFavorite(ref, callLabel(session)),
      onDidChange: kept.onDidChange,
    },
    liveRefreshSeconds: () => readSettings().liveRefreshSeconds,
    log: (level, line) => log.write(level, line),
    runCommand: (id, ...args) => vscode.commands.executeCommand(id, ...args),
  };
}

/** What a file of a session says of it once it was read. */
function knownOfFile(name: string, saved: SavedSession | undefined): KnownSession {
  if (!saved) return { connectionLabel: name, saved: {} };
  const { savedAt, masked, provider, media, appName: app, talk, findings, notEvaluated } = saved;
  return {
    connectionLabel: name,
    providerName: describeProvider(provider)?.label,
    ...(app !== undefined && { appName: app }),
    ...(media && { media }),
    keeps: (['chat', 'transcript', 'summary'] as const).filter((kind) => talk?.[kind]),
    saved: { at: savedAt, masked },
    found: { findings, notEvaluated },
  };
}
