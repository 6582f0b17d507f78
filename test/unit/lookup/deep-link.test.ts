import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ParticipantRef, ProviderId, SessionRef } from '../../../src/core/ids';
import { makeDeepLink, readDeepLink, readLinkParts } from '../../../src/lookup/deep-link';

const UUID = '8f14e45f-ceea-467a-9c3a-2f6f5b1d7c10';
const OBJECT_ID = '64a1b2c3d4e5f60718293a4b';
const LINK = `vscode://peerscope.peerscope/session?provider=realtimekit&id=${UUID}`;

/** As VS Code hands a link over: in parts, each decoded. */
function parts(link: string) {
  const [, authority = '', path = '', query = '', fragment = ''] =
    /^[\w-]+:\/\/([^/?#]*)([^?#]*)\??([^#]*)#?(.*)$/s.exec(link) ?? [];
  return { authority, path, query: decodeURIComponent(query), fragment };
}

describe('links to sessions', () => {
  it('name provider, session and, where it is needed, app and participant', () => {
    const ref: SessionRef = { connectionId: 'c1', appId: 'app-1', roomId: 'room', sessionId: UUID };
    assert.deepEqual(makeDeepLink('code-oss', 'realtimekit', ref), {
      link: `code-oss://peerscope.peerscope/session?provider=realtimekit&id=${UUID}&app=app-1`,
    });
    const participant: ParticipantRef = { connectionId: 'c1', sessionId: OBJECT_ID, participantId: UUID };
    assert.deepEqual(makeDeepLink('vscode', '100ms', participant), {
      link: `vscode://peerscope.peerscope/session?provider=100ms&id=${OBJECT_ID}&participant=${UUID}`,
    });
    const playback: ParticipantRef = { connectionId: 'c1', sessionId: 'mm-1', participantId: 'mm-1' };
    assert.deepEqual(makeDeepLink('vscode', 'mediamelon', playback), {
      link: 'vscode://peerscope.peerscope/session?provider=mediamelon&id=mm-1',
    });
  });

  it('are not made of what could not be opened', () => {
    assert.match(
      makeDeepLink('vscode', '100ms', { connectionId: 'c', sessionId: 'a/b' }) as string,
      /No link can be made/,
    );
  });

  it('lead back to what they were made of, whatever the ids', () => {
    const id = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019-_.:~@+=')), minLength: 1, maxLength: 60 });
    const ref = fc.record({
      sessionId: id,
      participantId: id,
      provider: fc.constantFrom<ProviderId>('whereby', 'mediamelon', 'realtimekit'),
    });
    fc.assert(
      fc.property(ref, ({ sessionId, participantId, provider }) => {
        const made = makeDeepLink('vscode', provider, { connectionId: 'c', sessionId, participantId });
        if (typeof made === 'string') return;
        const expected = { provider, id: sessionId, ...(participantId !== sessionId && { participantId }) };
        assert.deepEqual(readDeepLink(made.link), expected);
        assert.deepEqual(readLinkParts(parts(made.link)), expected);
      }),
    );
  });

  const refused: [string, string, RegExp][] = [
    ['an unknown parameter', `${LINK}&command=workbench.action.quit`, /parameter "command" that/],
    ['an unknown parameter with a hostile name', `${LINK}&${encodeURIComponent('<img src=x>')}=1`, /a parameter that/],
    ['a parameter twice', `${LINK}&id=${UUID}`, /more than once/],
    ['a key', `${LINK}&apiToken=x`, /"apiToken"/],
    ['a base URL', `${LINK}&baseUrl=https://evil.example`, /"baseUrl"/],
    ['no id', 'vscode://peerscope.peerscope/session?provider=realtimekit', /lacks/],
    ['nothing', 'vscode://peerscope.peerscope/session', /lacks/],
    ['an unknown provider', `vscode://peerscope.peerscope/session?provider=zoom&id=${UUID}`, /does not know/],
    [
      'a provider of every object',
      `vscode://peerscope.peerscope/session?provider=__proto__&id=${UUID}`,
      /does not know/,
    ],
    ['another path', `vscode://peerscope.peerscope/command?provider=realtimekit&id=${UUID}`, /sessions only/],
    ['a path within', `vscode://peerscope.peerscope/session/x?provider=realtimekit&id=${UUID}`, /sessions only/],
    ['another extension', `vscode://other.extension/session?provider=realtimekit&id=${UUID}`, /not one of Peerscope/],
    ['a user', `vscode://user@peerscope.peerscope/session?provider=realtimekit&id=${UUID}`, /not one of Peerscope/],
    ['a fragment', `${LINK}#x`, /fragment/],
    [
      'an app at a provider without',
      `vscode://peerscope.peerscope/session?provider=100ms&id=${OBJECT_ID}&app=x`,
      /"app"/,
    ],
    ['a hostile app', `${LINK}&app=${encodeURIComponent('../../user')}`, /"app"/],
    ['a hostile participant', `${LINK}&participant=${encodeURIComponent('a b')}`, /"participant"/],
    ['too much', `${LINK}&app=${'a'.repeat(2000)}`, /longer than/],
  ];
  for (const [what, link, reason] of refused) {
    it(`are refused with ${what}`, () => {
      for (const answer of [readDeepLink(link), readLinkParts(parts(link))]) {
        // VS Code hands over the authority without looking at it.
        assert.equal(typeof answer, 'string', link);
        assert.match(answer as string, reason);
        assert.doesNotMatch(answer as string, /img|evil|\.\.\//);
      }
    });
  }

  it('are refused with an id that is none of the provider', () => {
    const hostile = [
      '',
      ' ',
      '..',
      '../x',
      'a/b',
      '$(trash)',
      '<script>',
      'x\r\ny',
      '\u202eabc',
      '\0',
      'a&b',
      'command:x',
      'x'.repeat(300),
      '%2e%2e',
      "' or 1=1",
    ];
    for (const provider of ['realtimekit', '100ms', 'whereby']) {
      for (const id of hostile) {
        const link = `vscode://peerscope.peerscope/session?provider=${provider}&id=${encodeURIComponent(id)}`;
        assert.equal(typeof readDeepLink(link), 'string', `${provider} ${JSON.stringify(id)}`);
        assert.equal(typeof readLinkParts(parts(link)), 'string', `${provider} ${JSON.stringify(id)}`);
      }
    }
    for (const id of hostile.filter((one) => one !== 'command:x')) {
      const link = `vscode://peerscope.peerscope/session?provider=mediamelon&id=${encodeURIComponent(id)}`;
      assert.equal(typeof readDeepLink(link), 'string', JSON.stringify(id));
    }
  });

  it('never throw, and what they give is made of plain ids', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        (query, id) => {
          for (const link of [
            `vscode://peerscope.peerscope/session?${query}`,
            `${LINK.slice(0, -UUID.length)}${encodeURIComponent(id.toWellFormed())}`,
          ]) {
            const answer = readDeepLink(link);
            if (typeof answer !== 'string') assert.match(answer.id, /^[\w.:~@+=-]+$/);
          }
          const answer = readLinkParts({ authority: 'peerscope.peerscope', path: '/session', query, fragment: '' });
          if (typeof answer !== 'string') assert.match(answer.id, /^[\w.:~@+=-]+$/);
        },
      ),
    );
  });
});
