/** Reports of each provider's sample service, read by the real provider as the extension reads them. */
import { join } from 'node:path';
import type { ProviderId } from '../../../src/core/ids';
import type { CallReport, Room } from '../../../src/core/model';
import { Redactor } from '../../../src/core/redact';
import type { LoadedReport } from '../../../src/panel/services';
import { describeProvider } from '../../../src/providers/catalog';
import type { CallProvider } from '../../../src/providers/contract';
import { createProvider, disposeReportReader } from '../../../src/providers/index';
import { startSampleService } from '../../../src/sample';
import { SAMPLE_CONNECTIONS } from '../../../src/sample/catalog';
import { DIST } from '../../paths';

/** Sessions, and people of each, that are looked at before it is given up. */
const MOST = 12;

/** The first ended stay in a room whose name holds `room` whose report is such as is wanted. */
export async function providerReport(
  provider: ProviderId,
  room: string,
  wanted: (report: CallReport) => boolean = () => true,
  settings: Record<string, string> = {},
): Promise<LoadedReport> {
  const service = await startSampleService();
  try {
    const connection = SAMPLE_CONNECTIONS.find((one) => one.provider === provider);
    if (!connection) throw new Error(`There is no sample connection of ${provider}.`);
    const values = service.valuesFor(connection.id);
    const reader = createProvider(
      provider,
      { settings: { ...values.settings, ...settings }, secrets: values.secrets },
      {
        connectionId: connection.id,
        log: () => undefined,
        redactor: new Redactor(),
        timeoutMs: () => 30_000,
        reportWorkerPath: join(DIST, 'report-worker.js'),
      },
    );
    const found = await find(reader, room, wanted);
    if (!found) throw new Error(`${provider}: no such report in a room called ${room}.`);
    const { label } = describeProvider(provider) ?? {};
    return { ...found, connectionLabel: connection.label, ...(label && { providerName: label }) };
  } finally {
    await disposeReportReader();
    await service.stop();
  }
}

async function find(
  provider: CallProvider,
  name: string,
  wanted: (report: CallReport) => boolean,
): Promise<Omit<LoadedReport, 'connectionLabel'> | undefined> {
  const signal = new AbortController().signal;
  const where = { connectionId: 'c1' };
  const room = await findRoom(provider, name, signal);
  const to = Date.now();
  const range = { from: to - 14 * 24 * 3_600_000, to };
  const sessions = await provider.listSessions({ ...where, roomId: room.id, live: false, ...range }, signal);
  for (const { id } of sessions.items.slice(0, MOST)) {
    const ref = { ...where, roomId: room.id, sessionId: id };
    const people = await provider.listParticipants({ ...ref, pageSize: MOST }, signal);
    for (const participant of people.items.slice(0, MOST)) {
      const result = await provider.getReport({ ...ref, participantId: participant.id }, signal).catch(() => undefined);
      if (!result || !wanted(result.report)) continue;
      const names = people.items.map((each) => [each.id, each.name ?? each.id] as const);
      return {
        result,
        session: await provider.getSession(ref, signal),
        cannotTell: provider.capabilities.cannotTell,
        participantNames: Object.fromEntries(names),
      };
    }
  }
  return undefined;
}

async function findRoom(provider: CallProvider, name: string, signal: AbortSignal): Promise<Room> {
  let cursor: string | undefined;
  do {
    const page = await provider.listRooms({ pageSize: 100, ...(cursor && { cursor }) }, signal);
    const room = page.items.find((each) => each.name.toLowerCase().includes(name.toLowerCase()));
    if (room) return room;
    cursor = page.next;
  } while (cursor);
  throw new Error(`No room is called ${name}.`);
}
