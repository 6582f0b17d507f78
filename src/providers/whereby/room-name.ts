/**
 * A room's name as Whereby writes it, with a leading slash, from what people have at hand: the name with or without it, or
 * the room's whole address, whose query may hold a key and is dropped.
 */
export function roomName(text: string): string {
  const path = searchText(text.trim());
  return path.startsWith('/') ? path : `/${path}`;
}

/** What to search names for: the path of a room's address, or the text itself. */
export function searchText(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return text;
  const { pathname } = new URL(text);
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
