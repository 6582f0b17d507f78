import * as l10n from '@vscode/l10n';
import { CallError, isCallError, isCancelled } from '../../core/errors';
import type { ParticipantRef, SessionRef } from '../../core/ids';
import type { Participant, Room, Session } from '../../core/model';
import type { Page } from '../../core/page';
import { displayText } from '../../core/text';
import type {
  CallProvider,
  Capabilities,
  ConnectionValues,
  FindOptions,
  ParticipantQuery,
  ProviderServices,
  ReportResult,
  RoomQuery,
  SessionQuery,
} from '../contract';
import type { MediaMelonJob } from '../report-job';
import { reportReader } from '../report-reader';
import { readAnswer } from './answer';
import { numberOf, type Row, textOf } from './cells';
import { type Granularity, MediaMelonClient, type Params } from './client';
import { periodHours, splitNames } from './descriptor';
import { groupByAsset, isGrouped } from './group';
import { GroupReader } from './groups';
import { type FoundRow, LOOK_BACK_HOURS, SessionFinder } from './lookup';
import { assetOf, isLive, isStandIn, mapAsset, mapSession, mapViewer, NO_ASSET, standInId } from './map';
import { beginning, LARGEST_PAGE, type Position, readCursor, toRowPage, Walks } from './paging';
import { assetRequest, limitOf, pageParams, periodOf, sessionRequest } from './params';
import { checkValue, filterText, QUERY } from './query';
import { SeenRows } from './seen-rows';
import { TREND_METRICS, type TrendJob } from './trend';

const CAPABILITIES: Capabilities = {
  media: 'playback',
  apps: false,
  rooms: { search: false, sort: ['sessions'], createdRange: false, query: QUERY },
  sessions: {
    live: true,
    byRoom: true,
    timeRange: true,
    search: false,
    sort: ['createdAt', 'endedAt'],
    participantCount: false,
    breakoutRooms: false,
    figures: true,
    query: QUERY,
  },
  participants: { search: false, sort: [], views: false },
  cannotTell: {
    quality: l10n.t(
      'MediaMelon gives figures of a whole playback, not their course: there is nothing to chart of one session.',
    ),
    connection: l10n.t('A playback is no call: there are no peer connections, candidates or round-trip times.'),
    deviceChanges: l10n.t('MediaMelon does not tell of devices that a viewer plugs in or chooses.'),
    events: l10n.t('No endpoint of MediaMelon for a player’s events is documented.'),
    aggregates: l10n.t('A playback has no tracks that are sent and received; its figures stand on their own.'),
  },
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** MediaMelon SmartSight behind the provider contract: rooms are assets, sessions are playbacks by one viewer each. */
export class MediaMelon implements CallProvider {
  readonly id = 'mediamelon';
  readonly capabilities = CAPABILITIES;
  readonly findsBackHours: number;
  readonly #client: MediaMelonClient;
  readonly #services: ProviderServices;
  readonly #extra: readonly string[];
  readonly #hours: number;
  readonly #granularity: Granularity | 'off';
  readonly #notes: readonly string[];
  readonly #walks = new Walks();
  readonly #seen = new SeenRows();
  readonly #groups: GroupReader;
  readonly #finder: SessionFinder;
  /** Look-ups under way, so that a report and its session share one. */
  readonly #finding = new Map<string, Promise<FoundRow>>();

  constructor(values: ConnectionValues, services: ProviderServices) {
    const { settings } = values;
    this.#client = new MediaMelonClient(values, services);
    this.#services = services;
    this.#extra = splitNames(settings.extraMetrics ?? '');
    this.#hours = periodHours(settings);
    this.findsBackHours = Math.max(LOOK_BACK_HOURS, this.#hours);
    this.#granularity = (settings.trendGranularity || 'auto') as Granularity | 'off';
    this.#notes = notesOf(settings);
    this.#groups = new GroupReader(this.#client);
    this.#finder = new SessionFinder(this.#client, this.#extra, this.#hours * HOUR_MS);
  }

  async check(signal: AbortSignal): Promise<void> {
    const end = Date.now();
    const params: Params = {
      period: { start: end - HOUR_MS, end },
      metrics: ['starttime', 'sessionid'],
      aggby: 'sessionid',
      orderby: 'starttime',
      limit: 1,
      offset: 0,
    };
    const what = l10n.t('the sessions of this customer');
    const body = await this.#client.ask('listsessions', params, what, signal);
    readAnswer(body, { who: this.#client.who, what, metrics: params.metrics });
  }

  async listRooms(query: RoomQuery, signal: AbortSignal): Promise<Page<Room>> {
    const at = this.#position(query, query.pageSize);
    const params = pageParams(assetRequest(query), at);
    const { answer, way, limit } = await this.#groups.ask(params, l10n.t('the assets of this customer'), signal);
    const grouped = way !== 'rows' && isGrouped(answer.rows, 'assetname');
    const here = { ...at, limit: limit ?? at.limit };
    const page = toRowPage(answer, here, this.#walks, grouped ? assetOf : sessionIdOf);
    if (grouped) return { ...page, items: page.rows.map(mapAsset) };
    const text = l10n.t(
      'MediaMelon did not group by asset, so the assets of {0} session rows are shown. Figures are means over these rows; Load More adds the assets of further rows.',
      page.rows.length,
    );
    return {
      items: groupByAsset(page.rows).map(mapAsset),
      next: page.next,
      issues: [...page.issues, ...(page.rows.length > 0 ? [{ path: 'aggby', message: text }] : [])],
    };
  }

  async listSessions(query: SessionQuery, signal: AbortSignal): Promise<Page<Session>> {
    const { params, running, local } = sessionRequest(query, this.#extra);
    const at = this.#position(query, limitOf(local, query.pageSize));
    const what = l10n.t('the sessions of this customer');
    const body = await this.#client.ask('listsessions', pageParams(params, at), what, signal);
    const answer = readAnswer(body, { who: this.#client.who, what, metrics: params.metrics });
    const places = new Map(answer.rows.map((row, index) => [row, at.offset + index]));
    const { rows, next, total, issues } = toRowPage(answer, at, this.#walks, sessionIdOf);
    const items = rows.flatMap((row) => {
      const id = textOf(row, 'sessionid') ?? standInId(at.start, places.get(row) ?? 0);
      this.#seen.keep(id, row, running, isLive(row, running));
      const session = mapSession(row, id, running, issues);
      const wanted =
        (local.live === undefined || (session.status === 'live') === local.live) &&
        (local.asset === undefined || session.roomId === local.asset);
      return wanted ? [session] : [];
    });
    if (local.asset !== undefined && at.offset === 0) issues.push({ path: 'filter', message: localAsset(local.asset) });
    // What is sorted out here is counted in MediaMelon's total.
    const sorted = local.live === true || local.asset !== undefined || items.length < rows.length;
    return { items, next, total: sorted ? undefined : total, issues };
  }

  async getSession(ref: SessionRef, signal: AbortSignal): Promise<Session> {
    const { row, running } = this.#seen.fresh(ref.sessionId) ?? (await this.#row(ref.sessionId, signal));
    return mapSession(row, ref.sessionId, running, []);
  }

  async listParticipants(query: ParticipantQuery, signal: AbortSignal): Promise<Page<Participant>> {
    const { sessionId } = query;
    if (isStandIn(sessionId)) return { items: [], total: 0, issues: [{ path: 'sessionid', message: WITHOUT_ID }] };
    const { row, running } = this.#seen.fresh(sessionId) ?? (await this.#row(sessionId, signal));
    return { items: [mapViewer(row, sessionId, running)], total: 1, issues: [] };
  }

  async getReport({ participantId }: ParticipantRef, signal: AbortSignal): Promise<ReportResult> {
    const hint = this.#seen.hint(participantId);
    // With the row of a list at hand, the trend need not wait for the session.
    const ahead = hint && this.#trend(hint, signal);
    ahead?.catch(() => undefined);
    const { row, body, metrics } = await this.#find(participantId, signal);
    const trend = await (ahead ?? this.#trend(row, signal));
    const job: MediaMelonJob = {
      provider: this.id,
      // The reader gives memory away, which others who wait for the same look-up may still need.
      body: body.slice(),
      who: this.#client.who,
      participantId,
      metrics,
      now: Date.now(),
      ...(trend && { trend }),
      notes: this.#notes,
    };
    return reportReader(this.#services.reportWorkerPath).read(job, signal);
  }

  async findSession(
    id: string,
    signal: AbortSignal,
    options: FindOptions<SessionRef, Session> = {},
  ): Promise<SessionRef[]> {
    const wanted = id.trim();
    if (checkValue(wanted) !== undefined || isStandIn(wanted)) return [];
    try {
      const { row, running } = await this.#row(wanted, signal);
      const ref = { connectionId: this.#services.connectionId, roomId: assetOf(row), sessionId: wanted };
      options.onFound?.(ref, mapSession(row, wanted, running, []));
      return [ref];
    } catch (error) {
      if (isCallError(error) && error.kind === 'NotFound' && error.status === undefined) return [];
      throw error;
    }
  }

  async #row(id: string, signal: AbortSignal): Promise<{ row: Row; running: boolean }> {
    return { row: (await this.#find(id, signal)).row, running: true };
  }

  #find(id: string, signal: AbortSignal): Promise<FoundRow> {
    if (isStandIn(id)) return Promise.reject(new CallError('NotYetAvailable', WITHOUT_ID));
    const known = this.#finding.get(id);
    if (known) return known;
    const finding = this.#finder
      .find(id, this.#seen.hint(id), signal)
      .then((found) => {
        this.#seen.keep(id, found.row, true, isLive(found.row, true));
        return found;
      })
      .finally(() => this.#finding.delete(id));
    this.#finding.set(id, finding);
    return finding;
  }

  /** The trend of a session's asset around it. What goes wrong is said in the report and costs nothing else. */
  async #trend(row: Row, signal: AbortSignal): Promise<TrendJob | undefined> {
    const granularity = this.#granularity;
    if (granularity === 'off') return undefined;
    const asset = assetOf(row);
    const start = numberOf(row, 'starttime');
    if (start === undefined || asset === NO_ASSET) return undefined;
    const name = displayText(asset, 60);
    const wrong = checkValue(asset);
    if (wrong) {
      const text = l10n.t('There is no trend of "{0}": the name cannot stand in a filter.', name);
      return { without: `${text} ${wrong}` };
    }
    const period = this.#around(start, numberOf(row, 'endtime'));
    const params: Params = {
      period,
      metrics: [...TREND_METRICS, 'timestamp', 'assetname'],
      aggby: 'timestamp',
      granularity,
      sessiontype: 'started',
      allstatus: 1,
      filter: filterText([{ name: 'assetname', values: [asset] }]),
      limit: LARGEST_PAGE,
      offset: 0,
    };
    try {
      const groups = await this.#groups.ask(params, l10n.t('the trend of this asset'), signal);
      return {
        body: groups.body,
        metrics: groups.metrics,
        asset,
        granularity,
        period,
        ungrouped: groups.way === 'rows',
      };
    } catch (error) {
      if (isCancelled(error)) throw error;
      return {
        without: `${l10n.t('There is no trend of "{0}".', name)} ${isCallError(error) ? error.text : l10n.t('It could not be read.')}`,
      };
    }
  }

  /** As long as the connection's period, with the session in its middle unless that reaches into the future. */
  #around(start: number, end: number | undefined): { start: number; end: number } {
    const now = Date.now();
    const length = this.#hours * HOUR_MS;
    const middle = (start + (end ?? now)) / 2;
    const last = Math.max(Math.min(middle + length / 2, now), start + MINUTE_MS);
    return { start: Math.max(0, Math.min(last - length, start)), end: last };
  }

  #position(query: { cursor?: string; from?: number; to?: number }, limit: number | undefined): Position {
    if (query.cursor !== undefined) return readCursor(query.cursor);
    return beginning(periodOf(query, this.#hours, Date.now()), limit);
  }
}

const WITHOUT_ID = l10n.t('MediaMelon gave no session id for this row, so that nothing more can be asked of it.');

/** What the settings make of the figures of a report. */
function notesOf({ concurrency, businessError }: ConnectionValues['settings']): string[] {
  const notes: string[] = [];
  if (concurrency === '1') {
    notes.push(
      l10n.t(
        'The connection asks for concurrency 1: only what happened within the period that was asked for is counted.',
      ),
    );
  }
  if (businessError === 'true')
    notes.push(l10n.t('Business exceptions are counted among the errors, as the connection asks.'));
  return notes;
}

function localAsset(asset: string): string {
  if (asset === NO_ASSET)
    return l10n.t('Sessions without an asset name cannot be asked for; they are picked out of all rows.');
  const text = l10n.t("The asset's name cannot stand in a filter, so its sessions are picked out of all rows.");
  return `${text} ${checkValue(asset) ?? ''}`;
}

function sessionIdOf(row: Row): string | undefined {
  return textOf(row, 'sessionid');
}
