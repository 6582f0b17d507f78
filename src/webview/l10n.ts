/**
 * `@vscode/l10n` for the webviews: the build puts this in its place. The page's shell brings the words of the reader's
 * language; without them all is English.
 */
import { config, t } from '@vscode/l10n';

const contents = document.getElementById('words')?.textContent;
if (contents) config({ contents });

export { t };
