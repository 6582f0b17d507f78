import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Session } from '../../core/model';
import { displayText } from '../../core/text';
import { formatDuration } from '../../core/time';
import { Section } from '../components/section';
import { formatNumber, formatPeriod } from '../format';
import { useSessionPage } from './page';

/** Breakout rooms: sessions of their own, each with its page. */
export function Rooms({ rooms, readAt }: { rooms: readonly Session[]; readAt: number }): JSX.Element {
  const { link } = useSessionPage();
  return (
    <Section name="rooms" title={l10n.t('Breakout rooms')} note={`${rooms.length}`}>
      {() => (
        <div class="scroll">
          <table class="rooms">
            <caption class="sr-only">{l10n.t('Breakout rooms of this session')}</caption>
            <thead>
              <tr>
                <th scope="col">{l10n.t('Room')}</th>
                <th scope="col">{l10n.t('When')}</th>
                <th scope="col" class="number">
                  {l10n.t('Lasted')}
                </th>
                <th scope="col" class="number">
                  {l10n.t('Most at once')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rooms.map((room, index) => (
                <tr key={room.id}>
                  <th scope="row">
                    <button
                      type="button"
                      class="link"
                      data-room={room.id}
                      title={l10n.t('Open the session of this room')}
                      onClick={() => link.openSession(room.id)}
                    >
                      {displayText(room.roomName ?? '', 80) || l10n.t('Room {0}', index + 1)}
                    </button>
                    {room.status === 'live' && <span class="muted"> {l10n.t('live')}</span>}
                  </th>
                  <td>{formatPeriod(room.startedAt, room.endedAt)}</td>
                  <td class="number">{formatDuration(lasted(room, readAt))}</td>
                  <td class="number">{formatNumber(room.maxConcurrentParticipants)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function lasted({ startedAt, endedAt, status }: Session, readAt: number): number | undefined {
  if (startedAt === undefined) return undefined;
  const end = endedAt ?? (status === 'live' ? readAt : undefined);
  return end === undefined ? undefined : Math.max(0, end - startedAt);
}
