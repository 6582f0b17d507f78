import * as vscode from 'vscode';

/** The extension's settings, read at the moment of use and kept within their ranges. */
export interface Settings {
  /** Rows a page. */
  pageSize: number;
  requestTimeoutSeconds: number;
  sessionWindowDays: number;
  /** 0 is off. */
  liveRefreshSeconds: number;
  /** Ids in editors and terminals become links. */
  editorLinks: boolean;
  /** Exports and tools leave personal data out. */
  maskPersonalData: boolean;
}

export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('peerscope');
  const number = (name: string, standard: number, min: number, max: number): number => {
    const value = configuration.get<unknown>(name);
    return typeof value === 'number' && Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : standard;
  };
  const flag = (name: string, standard: boolean): boolean => {
    const value = configuration.get<unknown>(name);
    return typeof value === 'boolean' ? value : standard;
  };
  const live = number('liveRefreshSeconds', 15, 0, 3600);
  return {
    pageSize: Math.round(number('pageSize', 25, 1, 100)),
    requestTimeoutSeconds: number('requestTimeoutSeconds', 30, 1, 600),
    sessionWindowDays: number('sessionWindowDays', 7, 1, 180),
    // Under 5 s a busy account would be asked more often than it changes.
    liveRefreshSeconds: live === 0 ? 0 : Math.max(5, live),
    editorLinks: flag('editorLinks', false),
    maskPersonalData: flag('maskPersonalData', true),
  };
}

/** The setting `peerscope.thresholds` as it stands; the rules check it and say what they ignore. */
export function readThresholds(): unknown {
  return vscode.workspace.getConfiguration('peerscope').get<unknown>('thresholds');
}
