import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { PlainError } from '../../core/errors';
import { ErrorActions } from '../components/states';

/** Why there is no session, and what can be done. */
export function SessionFailed({ error, known }: { error: PlainError; known: boolean }): JSX.Element {
  return (
    <div class="state" data-state={error.kind} role="alert">
      <h2>{failureTitle(error)}</h2>
      <p data-field="error">{error.text}</p>
      <ErrorActions error={error} primary known={known} />
    </div>
  );
}

/** What failed, above or within what is still shown. */
export function FailedBanner({ text, error }: { text: string; error: PlainError }): JSX.Element {
  return (
    <div class="banner" role="alert" data-state={`banner-${error.kind}`}>
      <span data-field="error">
        {text}: {error.text}
      </span>
      <ErrorActions error={error} known />
    </div>
  );
}

function failureTitle({ kind }: PlainError): string {
  switch (kind) {
    case 'Auth':
      return l10n.t('The key was not accepted');
    case 'Forbidden':
      return l10n.t('This key may not read the session');
    case 'NotFound':
      return l10n.t('Session not found');
    case 'NotYetAvailable':
      return l10n.t('No data of this session yet');
    case 'RateLimited':
      return l10n.t('Too many requests');
    case 'Network':
      return l10n.t('No connection to the provider');
    case 'TimedOut':
      return l10n.t('The provider did not answer in time');
    case 'Cancelled':
      return l10n.t('Stopped');
    case 'BadInput':
      return l10n.t('This session cannot be shown');
    default:
      return l10n.t('The session could not be read');
  }
}
