import { isCallError } from '../../core/errors';
import { type Answer, readAnswer } from './answer';
import type { Endpoint, MediaMelonClient, Params } from './client';
import { isGrouped } from './group';
import { LARGEST_PAGE } from './paging';
import { rowsInstead } from './params';
import { isRefusal } from './refusal';

/** How groups were got: from one of the endpoints, or as rows of sessions that are still to be grouped. */
export type Way = Endpoint | 'rows';

export interface Groups {
  way: Way;
  body: Uint8Array;
  answer: Answer;
  /** What was asked for in the end. */
  metrics: readonly string[];
  limit: number | undefined;
}

/**
 * Asks for groups, by an asset or by time. Pages of MediaMelon disagree on whether `listsessions` groups; `metricquery`
 * takes the same parameters and does. Where both refuse, or answer with rows of sessions, those rows are given. What a
 * connection can do is remembered, so that it is found out once.
 */
export class GroupReader {
  readonly #ways = new Map<string, Way>();

  constructor(readonly client: MediaMelonClient) {}

  async ask(params: Params, what: string, signal: AbortSignal): Promise<Groups> {
    const known = this.#ways.get(params.aggby);
    for (const way of known ? [] : (['listsessions', 'metricquery'] as const)) {
      const groups = await this.#try(way, params, what, signal);
      if (!groups) continue;
      // No rows say nothing of what a server can do.
      if (groups.answer.rows.length > 0) this.#ways.set(params.aggby, groups.way);
      return groups;
    }
    const groups = await this.#read(known ?? 'rows', params, what, signal);
    if (groups.answer.rows.length > 0) this.#ways.set(params.aggby, groups.way);
    return groups;
  }

  async #try(way: Endpoint, params: Params, what: string, signal: AbortSignal): Promise<Groups | undefined> {
    try {
      const groups = await this.#read(way, params, what, signal);
      const { rows } = groups.answer;
      return rows.length === 0 || isGrouped(rows, params.aggby) ? groups : undefined;
    } catch (error) {
      // An address that does not exist is no answer to what was asked there; that of `metricquery` may be another's.
      const wrongAddress = way === 'listsessions' && isCallError(error) && error.kind === 'NotFound';
      if (isRefusal(error) && !wrongAddress) return undefined;
      throw error;
    }
  }

  async #read(way: Way, params: Params, what: string, signal: AbortSignal): Promise<Groups> {
    const { period, limit, offset, ...rest } = params;
    const asked = way === 'rows' ? { ...rowsInstead(rest), period, limit: LARGEST_PAGE, offset } : params;
    const body = await this.client.ask(way === 'rows' ? 'listsessions' : way, asked, what, signal);
    const { who } = this.client;
    const { metrics } = asked;
    return { way, body, metrics, limit: asked.limit, answer: readAnswer(body, { who, what, metrics }) };
  }
}
