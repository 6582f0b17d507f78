import * as l10n from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PlainError } from '../../core/errors';
import type { ReportSubject } from '../../protocol/messages';
import { type CommonAction, useCommonPage, usePage } from '../page';

const SHOW_CANCEL_AFTER_MS = 1500;
/** Providers keep reports for a month to half a year; before that age nothing is said of it. */
const MAY_HAVE_EXPIRED_MS = 30 * 24 * 3600_000;

/** Shown until the first answer; a way out appears when it takes long. */
export function Loading({ text = l10n.t('Reading the report…') }: { text?: string }): JSX.Element {
  const { act } = useCommonPage();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SHOW_CANCEL_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="state" data-state="loading" role="status">
      <div class="progress" aria-hidden="true" />
      <p>{text}</p>
      <p class="state-actions">
        <button type="button" class="secondary" hidden={!long} onClick={() => act('cancel')}>
          {l10n.t('Cancel')}
        </button>
      </p>
    </div>
  );
}

/** Why there is no report, and what can be done. */
export function Failed({
  error,
  subject,
  followed,
  waiting,
}: {
  error: PlainError;
  subject: ReportSubject;
  /** It is asked for again by itself. */
  followed: boolean;
  /** The person is told when it is ready. */
  waiting: boolean;
}): JSX.Element {
  const mayCome = error.kind === 'NotYetAvailable' && !mayHaveExpired(subject.session, Date.now());
  return (
    <div class="state" data-state={error.kind} role="alert">
      <h2>{failureTitle(error, subject, Date.now())}</h2>
      <p data-field="error">{error.text}</p>
      {followed && (
        <p class="muted" data-field="followed">
          {l10n.t('It is looked for again by itself as long as this page is on screen.')}
        </p>
      )}
      <ErrorActions error={error} primary known={subject.ref !== undefined}>
        {mayCome && subject.ref && <TellWhenReady waiting={waiting} />}
      </ErrorActions>
    </div>
  );
}

/** Waits for the report without this page; it is the same button, so that the focus stays on it. */
function TellWhenReady({ waiting }: { waiting: boolean }): JSX.Element {
  const { host } = usePage();
  return (
    <button
      type="button"
      class="secondary"
      data-action="tellWhenReady"
      aria-pressed={waiting}
      title={
        waiting
          ? l10n.t('Stop waiting for the report')
          : l10n.t('Looks for the report for up to an hour, and tells when it is there')
      }
      onClick={() => host.act(waiting ? 'stopWaiting' : 'tellWhenReady')}
    >
      {waiting ? l10n.t('Waiting… Stop') : l10n.t('Tell Me When It Is Ready')}
    </button>
  );
}

/** A refresh that failed, above the report that is still shown. */
export function RefreshFailed({ error }: { error: PlainError }): JSX.Element {
  return (
    <div class="banner" role="alert" data-state={`refresh-${error.kind}`}>
      <span data-field="error">{l10n.t('The report could not be read again: {0}', error.text)}</span>
      <ErrorActions error={error} known />
    </div>
  );
}

/** Buttons for what helps against an error. */
export function ErrorActions({
  error,
  primary,
  known,
  children,
}: {
  error: PlainError;
  primary?: boolean;
  known: boolean;
  /** Buttons that follow. */
  children?: ComponentChildren;
}): JSX.Element {
  const { act } = useCommonPage();
  return (
    <p class="state-actions">
      {errorActions(error, known).map(({ label, action }, index) => (
        <button
          key={action}
          type="button"
          class={primary && index === 0 ? 'primary' : 'secondary'}
          data-action={action}
          onClick={() => act(action)}
        >
          {label}
        </button>
      ))}
      {children}
    </p>
  );
}

/** What helps against each kind of error; the most likely help first. */
export function errorActions({ kind }: PlainError, known: boolean): { label: string; action: CommonAction }[] {
  const retry = { label: l10n.t('Retry'), action: 'refresh' } as const;
  const edit = { label: l10n.t('Edit Connection'), action: 'editConnection' } as const;
  const log = { label: l10n.t('Show Log'), action: 'showLog' } as const;
  const calls = { label: l10n.t('Show Calls'), action: 'showCalls' } as const;
  if (!known) return [calls];
  switch (kind) {
    case 'Auth':
    case 'Forbidden':
      return [edit, retry, log];
    case 'NotYetAvailable':
      return [{ ...retry, label: l10n.t('Check Again') }];
    case 'Cancelled':
      return [retry];
    case 'NotFound':
      return [calls, retry, log];
    case 'BadInput':
      return [calls, log];
    default:
      return [retry, log];
  }
}

function mayHaveExpired(session: ReportSubject['session'], now: number): boolean {
  return session?.endedAt !== undefined && now - session.endedAt > MAY_HAVE_EXPIRED_MS;
}

/** A head for the sentence. Expired is only suspected, by the age of the call: providers do not say which it is. */
export function failureTitle({ kind }: PlainError, { session, media }: ReportSubject, now: number): string {
  switch (kind) {
    case 'NotYetAvailable':
      if (session?.status === 'live') {
        return media === 'playback'
          ? l10n.t('No report yet: the playback is in progress')
          : l10n.t('No report yet: the call is in progress');
      }
      return mayHaveExpired(session, now) ? l10n.t('The report may have expired') : l10n.t('No report yet');
    case 'Auth':
      return l10n.t('The key was not accepted');
    case 'Forbidden':
      return l10n.t('This key may not read the report');
    case 'NotFound':
      return media === 'playback' ? l10n.t('Playback session not found') : l10n.t('Participant not found');
    case 'RateLimited':
      return l10n.t('Too many requests');
    case 'Network':
      return l10n.t('No connection to the provider');
    case 'TimedOut':
      return l10n.t('The provider did not answer in time');
    case 'Cancelled':
      return l10n.t('Stopped');
    case 'BadInput':
      return l10n.t('This report cannot be shown');
    default:
      return l10n.t('The report could not be read');
  }
}
