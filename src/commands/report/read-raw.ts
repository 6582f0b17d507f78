import * as l10n from '@vscode/l10n';
import type { ProviderPool } from '../../connections/providers';
import type { ParticipantRef } from '../../core/ids';
import { withProgress } from '../../ui/progress';

/** The provider's answer for a report that no page has read, with progress that can be stopped. */
export async function readRaw(pool: ProviderPool, ref: ParticipantRef): Promise<Uint8Array> {
  return withProgress(l10n.t('Peerscope: reading the report…'), async (signal) => {
    const provider = await pool.provider(ref.connectionId);
    return (await provider.getReport(ref, signal)).raw;
  });
}
