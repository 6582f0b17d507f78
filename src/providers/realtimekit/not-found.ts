import { type CallError, isCallError } from '../../core/errors';

/** The value, or the `NotFound` error itself. */
export async function unlessNotFound<T>(answer: Promise<T>): Promise<T | CallError> {
  try {
    return await answer;
  } catch (error) {
    if (isCallError(error) && error.kind === 'NotFound') return error;
    throw error;
  }
}
