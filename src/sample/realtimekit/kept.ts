/** What is kept of a meeting's sessions, by its number in the catalog. */

/** Chats are kept for good. */
export const keepsChat = (meeting: number): boolean => meeting % 3 === 0;

/** There are chats at all. */
export const hasChat = (meeting: number): boolean => meeting % 5 !== 4;

export const transcribes = (meeting: number): boolean => meeting % 4 !== 3;

/** Summaries are made at the end without being asked for. */
export const summarizes = (meeting: number): boolean => meeting % 4 === 0;

export const records = (meeting: number): boolean => meeting % 3 === 1;
