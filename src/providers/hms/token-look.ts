import * as l10n from '@vscode/l10n';
/** What a JSON web token says of itself. Nothing is verified: only 100ms can. */
export interface TokenLook {
  /** 100ms: `management` for its API, `app` for joining a room. */
  type?: string;
  /** Epoch ms. */
  expiresAt?: number;
}

/** Looks into a token; undefined for text that is no JSON web token. */
export function lookAtToken(token: string): TokenLook | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null) return undefined;
    const { type, exp } = claims as Record<string, unknown>;
    return {
      ...(typeof type === 'string' && { type }),
      ...(typeof exp === 'number' && Number.isFinite(exp) && { expiresAt: exp * 1000 }),
    };
  } catch {
    return undefined;
  }
}

/** Why 100ms will not take this token, as one sentence; undefined when nothing speaks against it. Never quotes it. */
export function refuseToken(token: string, now: number): string | undefined {
  const look = lookAtToken(token);
  if (look?.type === 'app') {
    return l10n.t(
      'Management token: this is an app token, with which people join a room; the API refuses it. Copy the management token from the Developer page of the 100ms dashboard, or give access key and app secret instead.',
    );
  }
  if (look?.expiresAt !== undefined && look.expiresAt <= now) {
    return Math.abs(look.expiresAt) < 8.64e15
      ? l10n.t(
          'Management token: it expired on {0}. Make a new one on the Developer page of the 100ms dashboard, or give access key and app secret, from which tokens are made as needed.',
          `${new Date(look.expiresAt).toISOString().slice(0, 16)}Z`,
        )
      : l10n.t(
          'Management token: it expired. Make a new one on the Developer page of the 100ms dashboard, or give access key and app secret, from which tokens are made as needed.',
        );
  }
  return undefined;
}
