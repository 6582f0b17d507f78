import type { ParticipantRef } from '../../../src/core/ids';
import { diagnoseReport } from '../../../src/diagnosis';
import type { LoadedReport } from '../../../src/panel/services';
import type { CallProvider } from '../../../src/providers/contract';

/** Reads reports of a provider as the extension does, with names and findings. */
export function sampleLoader(provider: CallProvider) {
  return async (ref: ParticipantRef, signal: AbortSignal): Promise<LoadedReport> => {
    const [result, session, { items }] = await Promise.all([
      provider.getReport(ref, signal),
      provider.getSession(ref, signal),
      provider.listParticipants({ ...ref, pageSize: 50 }, signal),
    ]);
    const { findings, notEvaluated } = diagnoseReport(result.report, { session, participants: items });
    return {
      result,
      session,
      connectionLabel: 'Sample calls',
      providerName: 'RealtimeKit',
      diagnosis: { thin: false, findings, notEvaluated },
      participantNames: Object.fromEntries(items.map(({ id, name }) => [id, name ?? ''])),
    };
  };
}
