import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import { displayText } from '../../core/text';

/**
 * Reads an answer's body as JSON. What is no JSON becomes a `BadResponse` that says what came instead; `who` names the
 * sender ("RealtimeKit at api.example.com"). Holds no secret: of a body only its kind is told, never its text.
 */
export function parseJson(body: Uint8Array, who: string): unknown {
  const text = decode(body);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CallError('BadResponse', describeNonJson(text, who), { cause: error });
  }
}

/** Like {@link parseJson}, for an error's body that may be anything: undefined when it is no JSON. */
export function tryParseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** Bytes as text, without a byte order mark. Bytes that are no UTF-8 become U+FFFD. */
function decode(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

function describeNonJson(text: string, who: string): string {
  const start = text.slice(0, 200).trimStart();
  if (start === '') return l10n.t('{0} answered with an empty body where data was expected. Try again later.', who);
  if (start.startsWith('<')) {
    const title = /<title[^>]*>([^<]{1,200})/i.exec(text.slice(0, 4000))?.[1];
    return title
      ? l10n.t(
          '{0} answered with a web page titled "{1}" instead of data. Check the base URL, and whether a proxy or sign-in page stands in between.',
          who,
          displayText(title, 80),
        )
      : l10n.t(
          '{0} answered with a web page instead of data. Check the base URL, and whether a proxy or sign-in page stands in between.',
          who,
        );
  }
  if (start.startsWith('{') || start.startsWith('[')) {
    return l10n.t(
      '{0} answered with JSON that is cut off or damaged ({1} characters came). Try again.',
      who,
      text.length,
    );
  }
  return l10n.t('{0} answered with something that is not JSON. Check the base URL.', who);
}
