import type { Masker } from '../core/mask';
import type { Chat, Transcript } from '../core/talk';
import type { ChatDocument, TranscriptDocument } from './talk-document';

/** A document without personal data: speakers and senders by placeholder, in texts what names them or looks personal. */
export function maskTalk<D extends TranscriptDocument | ChatDocument>(document: D, masker: Masker): D {
  const subject = { ...document.subject, title: masker.room(document.subject.title) };
  return document.kind === 'chat'
    ? { ...document, subject, chat: maskChat(document.chat, masker) }
    : { ...document, subject, transcript: maskTranscript(document.transcript, masker) };
}

/** A chat without personal data. */
export function maskChat(chat: Chat, masker: Masker): Chat {
  // First everybody, so that a name is found in texts before its owner has written.
  const senders = chat.messages.map(({ sender, participantId, userId }) =>
    masker.person({ id: participantId ?? sender ?? '', name: sender, userId }),
  );
  const messages = chat.messages.map((message, index) => ({
    ...message,
    sender: senders[index],
    ...(message.participantId !== undefined && { participantId: masker.id(message.participantId) }),
    ...(message.userId !== undefined && { userId: masker.id(message.userId) }),
    text: masker.text(message.text),
  }));
  return { ...chat, messages };
}

/** A transcript without personal data. */
export function maskTranscript(transcript: Transcript, masker: Masker): Transcript {
  const speakers = transcript.lines.map(({ speaker, participantId, userId, customId }) =>
    masker.person({ id: participantId ?? speaker ?? '', name: speaker, userId, customId }),
  );
  const lines = transcript.lines.map((line, index) => ({
    ...line,
    speaker: speakers[index],
    ...(line.participantId !== undefined && { participantId: masker.id(line.participantId) }),
    ...(line.userId !== undefined && { userId: masker.id(line.userId) }),
    ...(line.customId !== undefined && { customId: masker.id(line.customId) }),
    text: masker.text(line.text),
  }));
  return { ...transcript, lines };
}
