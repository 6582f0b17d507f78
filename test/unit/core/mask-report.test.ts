import assert from 'node:assert/strict';
import { MASKED, Masker } from '../../../src/core/mask';
import { maskDiagnosis, maskParticipant, maskSession } from '../../../src/core/mask-report';
import type { Session } from '../../../src/core/model';

const UUID = '7d0b9c52-4f1e-4a53-9a4e-0b3c6f6f0a01';

describe('a session without personal data', () => {
  it('numbers its rooms, those within it too, and keeps ids that tell nothing', () => {
    const session: Session = {
      id: UUID,
      status: 'ended',
      roomName: 'Anna and Bert',
      roomId: 'anna-and-bert',
      breakoutRooms: [{ id: UUID, status: 'ended', roomName: 'Corner of Anna', roomId: UUID }],
    };
    const masked = maskSession(session, new Masker());
    assert.deepEqual([masked.id, masked.roomName, masked.roomId], [UUID, 'Room 1', 'Room 2']);
    assert.deepEqual(
      masked.breakoutRooms?.map(({ roomName, roomId }) => [roomName, roomId]),
      [['Room 3', UUID]],
    );
    assert.doesNotMatch(JSON.stringify(masked), /anna|bert/i);
  });

  it('a person’s id at the customer stays only where it tells nothing', () => {
    const masked = (userId: string) => maskParticipant({ id: UUID, name: 'Anna', userId }, new Masker()).userId;
    assert.equal(masked(UUID), UUID);
    assert.equal(masked('anna@corp.example'), 'Participant 1');
  });

  it('findings lose what is marked personal, and names in any of their texts; figures and ids stay', () => {
    const masker = new Masker();
    masker.person({ id: UUID, name: 'Annabella' });
    const { findings, notEvaluated } = maskDiagnosis(
      {
        findings: [
          {
            ruleId: 'rtk.dev.removed',
            severity: 'high',
            title: 'Annabella lost a device',
            subject: { type: 'participant', label: 'Annabella', participantId: UUID },
            evidence: [
              { metric: 'removed microphone', value: 'AirPods', unit: '', personal: true },
              { metric: 'said by', value: 'Annabella', unit: '' },
              { metric: 'loss', value: 8, unit: '%', streamId: UUID },
            ],
            explanation: '',
            suggestion: '',
            source: '',
            confidence: 'high',
            side: 'local',
            relatedParticipantIds: [UUID],
          },
        ],
        notEvaluated: [
          { ruleId: 'rtk.jitter', reason: 'Annabella sent nothing', streamIds: [UUID, 'mic of Annabella'] },
        ],
      },
      masker,
    );
    assert.deepEqual(
      findings[0]?.evidence.map(({ value }) => value),
      [MASKED, 'Participant 1', 8],
    );
    assert.deepEqual([findings[0].subject.participantId, findings[0].relatedParticipantIds], [UUID, [UUID]]);
    assert.deepEqual(notEvaluated[0]?.streamIds, [UUID, 'mic of Participant 1']);
    assert.doesNotMatch(JSON.stringify([findings, notEvaluated]), /annabella/i);
  });
});
