/**
 * How dates and numbers are written for people, everywhere: in the language of the words around them. That language is VS Code's
 * where there is a translation and English where there is none, in the extension, its workers and its pages alike; what the
 * system is set to has no say. Files, logs and what programs read keep ISO 8601 and the decimal point.
 */
import * as l10n from '@vscode/l10n';

/** BCP 47 tag. In English the British way: 24 hours; day, month and year in an order that cannot be misread. */
export const LOCALE = l10n.t({ message: 'en-GB', comment: ['BCP 47 tag of how dates and numbers are written'] });

/** What stands before the decimals. */
export const DECIMAL_SIGN = decimalSign(LOCALE);

/** What a language writes before the decimals: `.` in English, `,` in German. */
export function decimalSign(locale: string): string {
  return (0.5).toLocaleString(locale).charAt(1);
}

/** A shown number, with or without its unit, with the decimal point, for spreadsheets. */
export function pointNumber(text: string, sign = DECIMAL_SIGN): string {
  return sign === '.' ? text : text.replace(/(\d),(?=\d)/, '$1.');
}

/** A number with the digits that it has, for people: `1.5`, `1,5`. Thousands are not grouped. */
export function localNumber(value: number | string, sign = DECIMAL_SIGN): string {
  return String(value).replace('.', sign);
}
