import type { ToSessionPage } from '../protocol/session-messages';

/** What a session page does to its surroundings: a VS Code panel, or a test's page. */
export interface SessionSurface {
  /** May be called at any time; what cannot be delivered is dropped. */
  post(message: ToSessionPage): void;
  /** The title of the tab. */
  setTitle(title: string): void;
  togglePin(): void;
  copyText(text: string): Promise<void>;
  openExternal(url: string): Promise<void>;
}
