import assert from 'node:assert/strict';
import { CallError, toPlainError } from '../../../src/core/errors';
import { RequestClient, RequestServer } from '../../../src/protocol/bridge';
import type { FromWebview, ToWebview, WebviewRequest, WebviewResult } from '../../../src/protocol/messages';
import { readFromWebview } from '../../../src/protocol/schema';

/** Both sides, with everything that crosses cloned and checked as in the panel. */
function pair(answer: (request: WebviewRequest, signal: AbortSignal) => Promise<WebviewResult>) {
  const crossed: (FromWebview | ToWebview)[] = [];
  const client: RequestClient = new RequestClient('page', (message) => {
    crossed.push(message);
    const read = readFromWebview(structuredClone(message));
    assert.ok(read, 'the schema takes what the page sends');
    if (read.type === 'request') void server.take(read);
    else if (read.type === 'abandon') server.abandon(read.id);
  });
  const server = new RequestServer(answer, (message) => {
    crossed.push(message);
    client.settle(structuredClone(message));
  });
  return { client, server, crossed };
}

async function kindOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'resolved';
  } catch (error) {
    return toPlainError(error).kind;
  }
}

describe('requests between webview and extension', () => {
  it('bring each answer to its question, in any order', async () => {
    const waiting: (() => void)[] = [];
    const { client } = pair(async (request) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return request.kind === 'raw' ? { bytes: Uint8Array.of(7) } : { done: true };
    });
    const raw = client.ask({ kind: 'raw' });
    const copy = client.ask({ kind: 'copyText', text: 't' });
    waiting[1]?.();
    assert.deepEqual(await copy, { done: true });
    waiting[0]?.();
    assert.deepEqual(await raw, { bytes: Uint8Array.of(7) });
  });

  it('bring an error with its kind, text and facts', async () => {
    const { client } = pair(async () => {
      throw new CallError('RateLimited', 'Wait.', { retryAfterMs: 5 });
    });
    await assert.rejects(client.ask({ kind: 'raw' }), { kind: 'RateLimited', text: 'Wait.', retryAfterMs: 5 });
  });

  it('time out, tell the other side, and ignore the late answer', async () => {
    let stopped = false;
    let finish: (result: WebviewResult) => void = () => undefined;
    const { client, crossed } = pair((_request, signal) => {
      signal.addEventListener('abort', () => {
        stopped = true;
      });
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    assert.equal(await kindOf(client.ask({ kind: 'raw' }, { timeoutMs: 5 })), 'TimedOut');
    assert.equal(stopped, true);
    finish({ bytes: new Uint8Array() });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(
      crossed.map(({ type }) => type),
      ['request', 'abandon'],
    );
  });

  it('end when aborted, before and after they were sent', async () => {
    const { client, crossed } = pair(() => new Promise(() => undefined));
    const controller = new AbortController();
    const asked = client.ask({ kind: 'raw' }, { signal: controller.signal });
    controller.abort();
    assert.equal(await kindOf(asked), 'Cancelled');
    assert.equal(await kindOf(client.ask({ kind: 'raw' }, { signal: controller.signal })), 'Cancelled');
    assert.equal(crossed.length, 2);
  });

  it('end when the page is disposed; later ones too, and nothing is sent', async () => {
    const { client, crossed } = pair(() => new Promise(() => undefined));
    const asked = client.ask({ kind: 'raw' });
    client.dispose();
    assert.equal(await kindOf(asked), 'Cancelled');
    assert.equal(await kindOf(client.ask({ kind: 'raw' })), 'Cancelled');
    assert.equal(crossed.length, 1);
  });

  it('are dropped when the page that asked is gone: no answer is sent', async () => {
    const { client, server, crossed } = pair(async () => ({ done: true }));
    void client.ask({ kind: 'copyText', text: 't' }).catch(() => undefined);
    server.dispose();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(
      crossed.map(({ type }) => type),
      ['request'],
    );
    client.dispose();
  });

  it('do not take the answer to another page for theirs', async () => {
    const client = new RequestClient('new', () => undefined);
    const asked = client.ask({ kind: 'raw' }, { timeoutMs: 20 });
    client.settle({ v: 1, type: 'reply', id: 'old:1', result: { bytes: Uint8Array.of(1) } });
    assert.equal(await kindOf(asked), 'TimedOut');
  });
});
