import assert from 'node:assert/strict';
import { Redactor } from '../../src/core/redact';
import type { CallProvider } from '../../src/providers/contract';
import { createProvider } from '../../src/providers/index';
import { startSampleService } from '../../src/sample/index';

/** A session and one of its people, as a ticket or a log would name them. */
export interface NamedCall {
  sessionId: string;
  participantId: string;
  roomName: string;
}

/** An ended session on a page of 25 of an app's list. The sample calls are the same at every start. */
export async function sampleSession(page: number): Promise<NamedCall> {
  const service = await startSampleService();
  try {
    const services = { connectionId: 'c', log: () => undefined, redactor: new Redactor(), timeoutMs: () => 10_000 };
    const values = service.valuesFor('sample-realtimekit');
    const provider: CallProvider = createProvider('realtimekit', values, { ...services, reportWorkerPath: '/none' });
    const signal = new AbortController().signal;
    const [app] = (await provider.listApps?.({}, signal))?.items ?? [];
    let cursor: string | undefined;
    for (let count = 1; count < page; count++) {
      cursor = (await provider.listSessions({ appId: app?.id, cursor, live: false }, signal)).next;
    }
    const { items } = await provider.listSessions({ appId: app?.id, cursor, live: false }, signal);
    // Rooms whose names are shown as they are: long ones are cut, and there are hostile ones. One has no reports.
    const session = items.findLast(({ roomName = '' }) => /^(?!No report$)[\w ]{1,40}$/.test(roomName));
    assert.ok(app && session);
    const ref = { connectionId: 'c', appId: app.id, sessionId: session.id };
    const [participant] = (await provider.listParticipants(ref, signal)).items;
    return { sessionId: session.id, participantId: participant?.id ?? '', roomName: session.roomName ?? '' };
  } finally {
    await service.stop();
  }
}
