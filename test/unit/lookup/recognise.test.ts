import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holdsId, recognise } from '../../../src/lookup/recognise';
import { HOLDERS } from '../../../src/lookup/shapes';

const UUID = '8f14e45f-ceea-467a-9c3a-2f6f5b1d7c10';
const PEER = 'bd45f5a3-44d0-4d48-a9e5-b880b39d9e1c';
const OBJECT_ID = '64a1b2c3d4e5f60718293a4b';
const ACCOUNT = '0123456789abcdef0123456789abcdef';
const RTK = `https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/realtime/kit/app-1`;

/** Candidates without what is undefined. */
const read = (text: string) => recognise(text).candidates.map((one) => JSON.parse(JSON.stringify(one)));
const ids = (text: string) => recognise(text).candidates.map(({ id }) => id);

describe('recognising what was pasted', () => {
  describe('one id', () => {
    const shapes: [string, string, string[]][] = [
      [UUID, 'uuid', ['realtimekit', 'whereby', '100ms', 'mediamelon']],
      [UUID.toUpperCase(), 'uuid', ['realtimekit', 'whereby', '100ms', 'mediamelon']],
      [OBJECT_ID, 'objectId', ['100ms', 'mediamelon', 'whereby']],
      [ACCOUNT, 'hex32', ['mediamelon', 'whereby']],
      ['/support-room', 'roomPath', ['whereby']],
      ['mm_9F-77.2', 'word', ['realtimekit', '100ms', 'whereby', 'mediamelon']],
      ['Weekly review', 'name', ['realtimekit', '100ms', 'whereby', 'mediamelon']],
    ];
    for (const [text, shape, providers] of shapes) {
      it(`${text} is a ${shape}`, () => {
        const [candidate, ...others] = recognise(`  ${text}\n`).candidates;
        assert.ok(candidate && others.length === 0);
        assert.deepEqual([candidate.id, candidate.shape], [text, shape]);
        assert.deepEqual([candidate.provider, HOLDERS[candidate.shape]], [undefined, providers]);
      });
    }

    it('stands without the quotes and marks around it', () => {
      for (const text of [`"${UUID}"`, `'${UUID}',`, `\`${UUID}\``, `(${UUID})`, `<${UUID}>;`]) {
        assert.deepEqual(ids(text), [UUID], text);
      }
      assert.deepEqual(ids('"Weekly review",'), ['Weekly review']);
    });

    it('is not cut out of a longer word', () => {
      const sha1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
      assert.deepEqual(read(sha1), [{ id: sha1, shape: 'word' }]);
      assert.deepEqual(ids(`x ${OBJECT_ID}0 y ${UUID}f z`), [`x ${OBJECT_ID}0 y ${UUID}f z`]);
    });
  });

  describe('an address', () => {
    const realtimekit = { provider: 'realtimekit', account: ACCOUNT, appId: 'app-1' };
    const addresses: [string, object[]][] = [
      [
        `${RTK}/sessions/${UUID}?include_breakout_rooms=true`,
        [{ id: UUID, shape: 'uuid', role: 'session', ...realtimekit }],
      ],
      [`${RTK}/meetings/${UUID}/active-session`, [{ id: UUID, shape: 'uuid', role: 'room', ...realtimekit }]],
      [`${RTK}/sessions/peer-report/${PEER}`, [{ id: PEER, shape: 'uuid', role: 'participant', ...realtimekit }]],
      [
        `${RTK}/sessions/${UUID}/participants/${PEER}`,
        [
          { id: UUID, shape: 'uuid', role: 'session', ...realtimekit },
          { id: PEER, shape: 'uuid', role: 'participant', ...realtimekit },
        ],
      ],
      [
        `https://dash.cloudflare.com/${ACCOUNT}/realtime/kit/any/${UUID}`,
        [{ id: UUID, shape: 'uuid', provider: 'realtimekit', account: ACCOUNT }],
      ],
      [
        `https://api.100ms.live/v2/analytics/peer-stats?peer_id=${PEER}&session_id=${OBJECT_ID}`,
        [
          { id: OBJECT_ID, shape: 'objectId', role: 'session', provider: '100ms' },
          { id: PEER, shape: 'uuid', role: 'participant', provider: '100ms' },
        ],
      ],
      [
        `https://api.100ms.live/v2/rooms/${OBJECT_ID}`,
        [{ id: OBJECT_ID, shape: 'objectId', role: 'room', provider: '100ms' }],
      ],
      [
        `https://dashboard.100ms.live/session-details/${OBJECT_ID}`,
        [{ id: OBJECT_ID, shape: 'objectId', provider: '100ms' }],
      ],
      [
        `https://api.whereby.dev/v1/insights/participant?roomSessionId=${UUID}&participantId=%2F${PEER}`,
        [
          { id: UUID, shape: 'uuid', role: 'session', provider: 'whereby' },
          { id: `/${PEER}`, shape: 'roomPath', role: 'participant', provider: 'whereby' },
        ],
      ],
      [
        'https://acme.whereby.com/support-1?roomKey=secret&metadata=x',
        [{ id: '/support-1', shape: 'roomPath', role: 'room', provider: 'whereby' }],
      ],
      [
        'https://smartsight3.mediamelon.com/mm-apis/listsessions/412233?aggby=sessionid&filter=%5Bsessionid%3Dmm-77%5D',
        [{ id: 'mm-77', shape: 'word', role: 'session', provider: 'mediamelon', account: '412233' }],
      ],
      [
        `vscode://peerscope.peerscope/session?provider=realtimekit&id=${UUID}&app=app-1`,
        [{ id: UUID, shape: 'uuid', role: 'session', provider: 'realtimekit', appId: 'app-1' }],
      ],
      [`https://logs.example/calls/${UUID}?from=1`, [{ id: UUID, shape: 'uuid' }]],
    ];
    for (const [address, expected] of addresses) {
      it(address, () => {
        assert.deepEqual(read(address), expected);
        assert.deepEqual(read(`see <${address}>, please`), expected, 'within a sentence');
      });
    }

    it('that leads nowhere is told so', () => {
      for (const [address, remark] of [
        ['https://acme.app.100ms.live/meeting/abc-defg-hij', /link to join/],
        ['https://api.cloudflare.com/client/v4/accounts/x/realtime/kit/apps', /names no session/],
        ['https://example.com/', /no id/],
        [`vscode://peerscope.peerscope/session?provider=realtimekit&id=${UUID}&run=x`, /"run"/],
      ] as const) {
        const { candidates, remark: said } = recognise(address);
        assert.deepEqual(candidates, [], address);
        assert.match(said ?? '', remark);
      }
    });
  });

  describe('a line of a log', () => {
    const lines: [string, [string, string | undefined][]][] = [
      [
        `10:42:07.123 WARN [sfu] session_id=${OBJECT_ID} peer_id=${PEER} ICE failed`,
        [
          [OBJECT_ID, 'session'],
          [PEER, 'participant'],
        ],
      ],
      [
        `{"event":"left","participantId":"${PEER}","roomSessionId":"${UUID}","at":"2026-11-20T10:42:07Z"}`,
        [
          [UUID, 'session'],
          [PEER, 'participant'],
        ],
      ],
      [`meeting: ${UUID}`, [[UUID, 'room']]],
      ['sessionId=mm_9F-77.2, watchtime=12', [['mm_9F-77.2', 'session']]],
      [
        `externalId=user-4711 joined ${UUID}`,
        [
          [UUID, undefined],
          ['user-4711', 'person'],
        ],
      ],
      [`session: 10:42:07 ${UUID}`, [[UUID, undefined]]],
      [`custom_participant_id="u-4711-x"`, [['u-4711-x', 'person']]],
    ];
    for (const [line, expected] of lines) {
      it(line, () => {
        assert.deepEqual(
          recognise(line).candidates.map(({ id, role }) => [id, role]),
          expected,
        );
      });
    }
  });

  it('offers unasked only what looks like an id of a call', () => {
    assert.equal(holdsId(`  ${UUID} `), UUID);
    assert.equal(holdsId(`https://acme.whereby.com/support-1?roomKey=x`), '/support-1');
    for (const text of ['', 'hunter2', ACCOUNT, 'Weekly review', 'eyJhbGciOi.eyJpc3Mi.c2ln', 'https://example.com/a']) {
      assert.equal(holdsId(text), undefined, text);
    }
  });

  describe('anything at all', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc
        .array(
          fc.constantFrom(
            UUID,
            OBJECT_ID,
            'session_id=',
            'peer: ',
            'https://',
            '/',
            '?',
            '%',
            '[sessionid=',
            ']',
            '\u202e',
            '\0',
            '$(x)',
            '<b>',
            ' ',
          ),
          { maxLength: 30 },
        )
        .map((parts) => parts.join('')),
    );

    it('gives few ids of a length that can be asked for, and never throws', () => {
      fc.assert(
        fc.property(wild, (text) => {
          const { candidates } = recognise(text);
          assert.ok(candidates.length <= 8);
          for (const { id } of candidates) {
            assert.ok(id.length > 0 && id.length <= 200 && id.isWellFormed(), JSON.stringify(id));
            assert.doesNotMatch(id, /\p{Cc}/u);
          }
        }),
        { numRuns: 500 },
      );
    });

    it('finds an id between any words that are no part of it', () => {
      const around = fc.string({ unit: fc.constantFrom(...Array.from(' \t.,;:()[]{}"\'=/|#äß好🙂')), maxLength: 20 });
      fc.assert(
        fc.property(around, around, fc.constantFrom(UUID, OBJECT_ID), (before, after, id) => {
          fc.pre(!(before + after).includes('://'));
          assert.ok(ids(`${before} ${id} ${after}`).includes(id));
        }),
      );
    });

    it('takes no time to speak of, however long', () => {
      // A pattern that backtracks would need hours for these.
      for (const piece of [
        'a',
        'a-',
        '0',
        '0123456789abcdef',
        'session_',
        'session_id=',
        'https://',
        'a:',
        '[sessionid=',
        '-',
      ]) {
        recognise(piece.repeat(200_000 / piece.length));
      }
    });
  });
});
