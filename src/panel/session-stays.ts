import * as l10n from '@vscode/l10n';
import { isCancelled, type PlainError, toPlainError } from '../core/errors';
import type { SessionRef } from '../core/ids';
import type { Participant } from '../core/model';
import { Pager } from '../core/page';
import type { StayList } from '../protocol/session-messages';
import type { SessionProvider } from './session-services';

/** Participants that are read without asking; a session of more asks before it goes on. */
export const STAYS_AT_ONCE = 200;
/** Rows a request; providers with smaller pages give smaller ones. */
const PAGE_SIZE = 100;

/** Takes the list as it stands. */
export type ShowStays = (list: StayList) => void;

/** Reads the participants of one session, page after page. */
export class StayReader {
  #pager?: Pager<Participant>;

  constructor(private readonly ref: SessionRef) {}

  get hasMore(): boolean {
    return this.#pager?.hasMore === true;
  }

  /**
   * Reads the list from its start, as many as were there before. The first time every page is shown as it comes; later the
   * list is shown when it is whole, so that no row goes and comes back. Never rejects: what failed is in the list.
   */
  async read(provider: SessionProvider, signal: AbortSignal, show: ShowStays): Promise<void> {
    const pager = new Pager<Participant>((cursor, abort) =>
      provider.listParticipants({ ...this.ref, cursor, pageSize: PAGE_SIZE }, abort),
    );
    const before = this.#pager;
    const wanted = Math.max(STAYS_AT_ONCE, before?.items.length ?? 0);
    const error = await walk(pager, wanted, signal, before ? () => undefined : show);
    if (!error || (!before && pager.loaded)) this.#pager = pager;
    show(listOf(this.#pager ?? pager, false, error));
  }

  /** Reads some more. Gives what failed; the list has it as well. */
  async more(signal: AbortSignal, show: ShowStays): Promise<PlainError | undefined> {
    const pager = this.#pager;
    if (!pager?.hasMore) return undefined;
    show(listOf(pager, true));
    const error = await walk(pager, pager.items.length + STAYS_AT_ONCE, signal, show);
    show(listOf(pager, false, error));
    return error;
  }
}

async function walk(
  pager: Pager<Participant>,
  wanted: number,
  signal: AbortSignal,
  show: ShowStays,
): Promise<PlainError | undefined> {
  try {
    for (;;) {
      await pager.loadMore(signal);
      const goesOn = pager.hasMore && pager.items.length < wanted;
      if (!goesOn) return undefined;
      signal.throwIfAborted();
      show(listOf(pager, true));
    }
  } catch (error) {
    return signal.aborted || isCancelled(error) ? stopped() : toPlainError(error);
  }
}

function listOf({ items, total, issues, hasMore }: Pager<Participant>, reading: boolean, error?: PlainError): StayList {
  return { items, total, issues, more: hasMore, reading, error };
}

/** What is said of reading that the person ended. */
export function stopped(): PlainError {
  return { kind: 'Cancelled', text: l10n.t('Reading was stopped.') };
}
