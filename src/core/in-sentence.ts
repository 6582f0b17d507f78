import * as l10n from '@vscode/l10n';

const LOWER = 'lower case';

/** Whether the language writes the first word of a title small within a sentence, as English does and German does not. */
const SMALL =
  l10n.t({
    message: 'lower case',
    comment: [
      'How the first word of a title is written within a sentence: “lower case”, or anything else for “as it is”',
    ],
  }) === LOWER;

/** A title or label as it stands within a sentence: `Likely cause: the network changed`. */
export function inSentence(title: string): string {
  return SMALL ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
