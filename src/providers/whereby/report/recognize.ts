import { member } from '../../records';

/** Members of which a participant's answer has at least one. */
const MEMBERS = ['samples', 'timeStamp', 'sampleRateMs', 'userAgent', 'userRole', 'displayName'];

/** Whether a parsed file looks like this answer, to tell it from other providers' files. */
export function isParticipantAnswer(value: unknown): boolean {
  const elements = elementsOf(value).elements ?? [];
  return elements.some(
    (element) =>
      isElement(element) &&
      (member(element, 'sampleRateMs') !== undefined || 'packetLossRecv' in Object(member(element, 'samples'))),
  );
}

/** The published answer is a bare list; the text beside it may mean `{results: […]}` or one element. */
export function elementsOf(value: unknown): { elements?: unknown[]; path: string } {
  if (Array.isArray(value)) return { elements: value, path: '' };
  for (const path of ['results', 'data']) {
    const list = member(value, path);
    if (Array.isArray(list)) return { elements: list, path };
  }
  return isElement(value) ? { elements: [value], path: '' } : { path: '' };
}

/** Whether this can be one connection of a participant. */
export function isElement(value: unknown): boolean {
  return MEMBERS.some((name) => member(value, name) !== undefined) && !Array.isArray(value);
}
