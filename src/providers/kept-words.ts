import * as l10n from '@vscode/l10n';

/** Files of text that providers keep of a session. */
export type KeptText = 'chat' | 'transcript' | 'summary';

/** What there is none of: `There is no chat`. */
export const NO_TEXT: Readonly<Record<KeptText, string>> = {
  chat: l10n.t('no chat'),
  transcript: l10n.t('no transcript'),
  summary: l10n.t('no summary'),
};

/** What is asked for, as `what` of a request. */
export const THE_TEXT: Readonly<Record<KeptText, string>> = {
  chat: l10n.t({ message: 'the chat', comment: ['what is asked for'] }),
  transcript: l10n.t('the transcript'),
  summary: l10n.t('the summary'),
};
