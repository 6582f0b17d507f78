import * as vscode from 'vscode';
import type { ToolServices } from './services';

/** The language-model tools, as the manifest declares them. */
const NAMES = [
  'peerscope_find_session',
  'peerscope_get_session_summary',
  'peerscope_diagnose_participant',
  'peerscope_compare_participants',
] as const;

export type ToolName = (typeof NAMES)[number];

/** Registers the language-model tools, where this VS Code has any. Their work is loaded on first use. */
export function registerTools(services: ToolServices): vscode.Disposable {
  // Forks of VS Code may have none.
  const { lm } = vscode as Partial<typeof vscode>;
  const load = () => import('./index');
  const made = NAMES.map((name) =>
    lm?.registerTool<object>(name, {
      prepareInvocation: async ({ input }) => (await load()).prepareTool(services, name, input),
      invoke: async (options, token) => (await load()).invokeTool(services, name, options, token),
    }),
  );
  return vscode.Disposable.from(...made.filter((one) => one !== undefined));
}
