import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from '../paths';
import { ScriptedServer } from '../service/http/server';

/** Stands for a key: it must be seen in the Authorization header and nowhere else. */
export const CANARY_TOKEN = 'canary-c0ffee42-ui-token';
export const ACCOUNT_ID = '0123456789abcdef0123456789abcdef';
const APP_ID = 'my-app-id';

const published = (name: string) => JSON.parse(readFileSync(join(FIXTURES, 'realtimekit', name), 'utf8'));

/** The one session that it has. */
export const SESSION_ID: string = published('active-session.json').data.id;

/**
 * A RealtimeKit server that answers with the published examples: one app, one session, and the participant of the
 * published peer report in it. A wrong key gets Cloudflare's answer for it.
 */
export async function startPublishedService(): Promise<ScriptedServer> {
  const server = new ScriptedServer();
  await server.start();
  const report = published('peer-report.json');
  const { participant } = report.data;
  const session = {
    ...published('active-session.json').data,
    status: 'ENDED',
    ended_at: '2022-01-12T14:26:00.784Z',
    meeting_display_name: 'Published call',
  };
  const one = { total_count: 1, start_offset: 1, end_offset: 1 };
  const { peer_report: _report, ...row } = participant;
  const root = `/client/v4/accounts/${ACCOUNT_ID}/realtime/kit`;
  const routes: Record<string, unknown> = {
    [`${root}/apps`]: { ...published('apps-list.json'), paging: one },
    [`${root}/${APP_ID}/meetings`]: { success: true, data: [], paging: { total_count: 0 } },
    [`${root}/${APP_ID}/sessions`]: { success: true, data: { sessions: [session] }, paging: one },
    [`${root}/${APP_ID}/sessions/${session.id}`]: { success: true, data: session },
    [`${root}/${APP_ID}/sessions/${session.id}/participants`]: {
      success: true,
      data: { participants: [row], paging: one },
    },
    [`${root}/${APP_ID}/sessions/peer-report/${participant.id}`]: report,
  };
  server.always(({ path, headers }) => {
    if (headers.authorization !== `Bearer ${CANARY_TOKEN}`) {
      return {
        status: 401,
        body: {
          success: false,
          errors: [{ code: 10000, message: 'Authentication error' }],
          messages: [],
          result: null,
        },
      };
    }
    const body = routes[path];
    return body ? { body } : { status: 404, body: { success: false, error: { code: 404, message: 'Not found' } } };
  });
  return server;
}
