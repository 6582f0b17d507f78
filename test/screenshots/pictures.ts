/**
 * The pictures of the README: what the script takes, and what the README has to show. `npm run screenshots` makes them from
 * the sample calls; `test/manifest/readme.test.ts` compares this list with the files and with the README.
 */

/** Each subject, in the order in which it is reached. */
export const PICTURES = ['report', 'findings', 'connection', 'session', 'compare', 'bad-calls'] as const;
export type Picture = (typeof PICTURES)[number];

/** The looks that each is taken in. */
export const LOOKS = ['dark', 'light'] as const;
export type Look = (typeof LOOKS)[number];

/** Where they lie, below the project's folder. They are left out of the package. */
export const PICTURE_FOLDER = 'media/screenshots';

/** The most that one picture may weigh, bytes. */
export const MOST_PICTURE_BYTES = 200_000;

/** A picture's file, as the README names it. */
export function pictureFile(picture: Picture, look: Look): string {
  return `${PICTURE_FOLDER}/${picture}-${look}.png`;
}
