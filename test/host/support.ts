import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import { SAMPLE_CONNECTIONS } from '../../src/sample/catalog';
import { type SampleService, startSampleService } from '../../src/sample/index';

/** The running extension's API. */
export async function activateExtension(): Promise<PeerscopeApi> {
  const extension = vscode.extensions.getExtension<PeerscopeApi>('peerscope.peerscope');
  assert.ok(extension, 'the extension is installed');
  const api = await extension.activate();
  assert.equal(api.apiVersion, 1);
  return api;
}

/** Runs one of our commands as a script does. */
export function run<T>(id: string, argument?: unknown): Thenable<T> {
  return vscode.commands.executeCommand<T>(`peerscope.${id}`, argument);
}

/** A connection as `addConnection` gives it. */
export interface Added {
  id: string;
  provider: string;
  label: string;
}

/** A sample service of the test's own, so that every request to it is seen. */
export interface CountedService {
  settings: Record<string, string>;
  secrets: Record<string, string>;
  /** Method and path of every request so far. */
  requests: string[];
  stop(): Promise<void>;
}

export async function startCountedService(): Promise<CountedService> {
  const requests: string[] = [];
  const service: SampleService = await startSampleService({
    onRequest: ({ method, path }) => requests.push(`${method} ${path}`),
  });
  const values = service.valuesFor(SAMPLE_CONNECTIONS[0]?.id ?? '');
  assert.ok(values);
  return { ...values, requests, stop: () => service.stop() };
}

/** Removes every connection, so that tests do not see each other's. */
export async function removeAll(api: PeerscopeApi): Promise<void> {
  for (const { id } of api.connections()) await run('removeConnection', { id, confirm: false });
}

/** Waits until something is so. `what` is put into words when it is not in time, with what is the case then. */
export async function until(what: string | (() => string), test: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!test()) {
    if (Date.now() > end) assert.fail(`Not in time: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The titles of the tabs that hold webviews of a kind, the first group's first; of every kind when left out. */
export function webviewTabs(viewType = ''): string[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType))
    .map(({ label }) => label);
}

/** Waits until webviews of a kind have these titles. */
export async function webviewTabsAre(viewType: string, labels: string[]): Promise<void> {
  const tabs = () => webviewTabs(viewType);
  await until(
    () => `tabs ${labels.join(', ')}; are ${tabs().join(', ')}`,
    () => tabs().join() === labels.join(),
  );
}
