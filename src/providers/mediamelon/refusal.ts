import { isCallError } from '../../core/errors';

/**
 * Whether MediaMelon refused a request for what it asks, so that it is worth asking otherwise. A key that is not
 * accepted, too many requests and a service that has a problem are nothing of the kind.
 */
export function isRefusal(error: unknown): boolean {
  if (!isCallError(error)) return false;
  const { kind, status } = error;
  if (kind !== 'BadResponse' && kind !== 'NotFound') return false;
  return (
    status !== undefined && (status === 200 || status === 501 || (status >= 400 && status < 500 && status !== 408))
  );
}
