import type { Diagnosis, Evidence, Finding } from './finding';
import { isOpaqueId, MASKED, type Masker, type Who } from './mask';
import { maskSdp } from './mask-sdp';
import type {
  CallEvent,
  CallReport,
  Candidate,
  Connectivity,
  DeviceChange,
  Fact,
  Figure,
  NetworkInfo,
  Participant,
  Session,
  StateChange,
  Stream,
} from './model';
import { streamLabel } from './stream-label';
import { readClient } from './user-agent';

/** What a file or an answer is made from. */
export interface Unmasked {
  report?: CallReport;
  session?: Session;
  /** Everyone whose name is known. */
  people?: readonly Who[];
}

/** Names of fields, facts and details whose values say who or where somebody is, wherever they stand. */
const PERSONAL =
  /name|label|user|e-?mail|phone|address|(^|[^a-z])ip(v[46]|[^a-z]|$)|subscriber|city|region|location|latitude|longitude|postal|\bzip|\bisp\b|org(ani[sz]ation)?$|asn|metadata|comment|cookie|device_?-?\s?id|referr?er|page_?title/i;

/** Names of details that hold technical words. Other texts in details are the customer's own and left out. */
const TECHNICAL =
  /error|reason|code|type|state|status|kind|source|mute|codec|layer|direction|protocol|transport|action|stage|version|sdk|\bos\b|browser|resolution|platform|framework|mode|visibility|country|event|enabled/i;

/** An error's class, which stands under `name`. */
const ERROR_NAME = /^[A-Z]\w{2,40}(?:Error|Exception)$/;

/** Tells the masker of everybody and everything personal in these, so that it is found in any text. */
export function learn(masker: Masker, { report, session, people = [] }: Unmasked): void {
  if (report) masker.person(report.participant);
  for (const who of people) masker.person(who);
  for (const { remoteParticipantId, remoteName } of report?.streams ?? []) {
    if (remoteParticipantId) masker.person({ id: remoteParticipantId, name: remoteName });
  }
  if (session?.roomName) masker.room(session.roomName);
  if (session?.roomId && !isOpaqueId(session.roomId)) masker.room(session.roomId);
  for (const { name = '', label, value, personal } of [
    ...(session?.facts ?? []),
    ...(report?.participant.facts ?? []),
  ]) {
    if (personal || PERSONAL.test(label) || PERSONAL.test(name)) masker.know(value);
  }
  if (!report) return;
  const { browser, network, deviceChanges, transports } = report;
  if (browser?.userAgent) masker.know(browser.userAgent, readClient(browser.userAgent));
  if (network?.ip) masker.address(network.ip);
  const { ip, country, asnType, ...where } = network ?? {};
  for (const value of Object.values(where)) if (value) masker.know(value);
  for (const { label, deviceId } of deviceChanges) {
    if (label) masker.device(label);
    if (deviceId) masker.deviceId(deviceId);
  }
  for (const { local, remote } of transports) {
    for (const { address, relatedAddress } of [local, remote]) {
      if (address) masker.address(address);
      if (relatedAddress) masker.address(relatedAddress);
    }
  }
}

/** The report without personal data; its columns are the same arrays. Of what it holds the masker must have learned. */
export function maskReport(report: CallReport, masker: Masker): CallReport {
  const { device, browser, sdk, network, figures } = report;
  const texts = <T extends object>(record: T): T => mapTexts(record, (_name, value) => masker.text(value));
  return {
    ...report,
    participant: maskParticipant(report.participant, masker),
    streams: report.streams.map((stream) => maskStream(stream, masker)),
    transports: report.transports.map(({ local, remote, ...pair }) => ({
      ...pair,
      local: maskCandidate(local, masker),
      remote: maskCandidate(remote, masker),
    })),
    connectivity: report.connectivity.map((one) => maskConnectivity(one, masker)),
    ...(device && { device: texts(device) }),
    // Versions look like addresses.
    ...(browser && {
      browser: {
        ...texts({ ...browser, version: undefined }),
        ...(browser.version && { version: versionOnly(browser.version) }),
        userAgent: browser.userAgent && readClient(browser.userAgent),
      },
    }),
    ...(sdk && {
      sdk: { ...texts({ ...sdk, version: undefined }), ...(sdk.version && { version: versionOnly(sdk.version) }) },
    }),
    ...(network && { network: maskNetwork(network, masker) }),
    deviceChanges: report.deviceChanges.map((change) => maskDeviceChange(change, masker)),
    events: report.events.map((event) => maskEvent(event, masker)),
    ...(figures && { figures: figures.map((figure) => maskFigure(figure, masker)) }),
    assumptions: report.assumptions.map((sentence) => masker.text(sentence)),
    issues: report.issues.map(({ path, message }) => ({ path: masker.text(path), message: masker.text(message) })),
  };
}

/** A participant by placeholder; the id of the stay and times are left. */
export function maskParticipant(participant: Participant, masker: Masker): Participant {
  const { name, userId, customId, role, events, facts } = participant;
  const placeholder = masker.person(participant);
  return {
    ...participant,
    id: masker.id(participant.id),
    ...(name !== undefined && { name: placeholder }),
    ...(userId !== undefined && { userId: isOpaqueId(userId) ? userId : placeholder }),
    ...(customId !== undefined && { customId: placeholder }),
    ...(role !== undefined && { role: masker.text(role) }),
    ...(events && { events: events.map((event) => maskEvent(event, masker)) }),
    ...(facts && { facts: facts.map((fact) => maskFact(fact, masker)) }),
  };
}

/** A session whose room is a placeholder. */
export function maskSession(session: Session, masker: Masker): Session {
  const { roomName, roomId, facts, figures, breakoutRooms } = session;
  return {
    ...session,
    id: masker.id(session.id),
    ...(roomName !== undefined && { roomName: masker.room(roomName) }),
    ...(roomId !== undefined && { roomId: isOpaqueId(roomId) ? roomId : masker.room(roomId) }),
    ...(facts && { facts: facts.map((fact) => maskFact(fact, masker)) }),
    ...(figures && { figures: figures.map((figure) => maskFigure(figure, masker)) }),
    ...(breakoutRooms && { breakoutRooms: breakoutRooms.map((one) => maskSession(one, masker)) }),
  };
}

/** Findings without the values that are marked personal. Their texts hold none, but name what a provider said here and there. */
export function maskDiagnosis<T extends Pick<Diagnosis, 'findings' | 'notEvaluated'>>(diagnosis: T, masker: Masker): T {
  return {
    ...diagnosis,
    findings: diagnosis.findings.map((finding) => maskFinding(finding, masker)),
    notEvaluated: diagnosis.notEvaluated.map((one) => ({
      ...one,
      reason: masker.text(one.reason),
      ...maskIds(one, masker),
    })),
  };
}

function maskFinding(finding: Finding, masker: Masker): Finding {
  const { title, explanation, suggestion, subject, relatedParticipantIds } = finding;
  return {
    ...finding,
    title: masker.text(title),
    explanation: masker.text(explanation),
    suggestion: masker.text(suggestion),
    subject: { ...subject, label: masker.text(subject.label), ...maskIds(subject, masker) },
    evidence: finding.evidence.map((one) => maskEvidence(one, masker)),
    ...(relatedParticipantIds && { relatedParticipantIds: relatedParticipantIds.map((id) => masker.id(id)) }),
  };
}

function maskEvidence(evidence: Evidence, masker: Masker): Evidence {
  const { value, personal, metric } = evidence;
  const shown = personal ? MASKED : typeof value === 'string' ? masker.text(value) : value;
  return { ...evidence, metric: masker.text(metric), value: shown, ...maskIds(evidence, masker) };
}

/** As in the report: what refers to each other still does. */
function maskIds(
  { participantId, streamId, streamIds }: { participantId?: string; streamId?: string; streamIds?: string[] },
  masker: Masker,
): { participantId?: string; streamId?: string; streamIds?: string[] } {
  return {
    ...(participantId !== undefined && { participantId: masker.id(participantId) }),
    ...(streamId !== undefined && { streamId: masker.id(streamId) }),
    ...(streamIds && { streamIds: streamIds.map((id) => masker.id(id)) }),
  };
}

function maskStream(stream: Stream, masker: Masker): Stream {
  const { remoteName, ...rest } = stream;
  const { id, label, layer, remoteParticipantId, identifiers, states, direction, kind, source } = rest;
  const nameless = remoteName === undefined ? label : streamLabel({ direction, kind, source });
  return {
    ...rest,
    id: masker.id(id),
    ...(nameless !== undefined && { label: masker.text(nameless.replace(/ from [\s\S]*$/, '')) }),
    ...(layer !== undefined && { layer: masker.text(layer) }),
    ...(remoteParticipantId !== undefined && { remoteParticipantId: masker.id(remoteParticipantId) }),
    ...(identifiers && { identifiers: mapTexts(identifiers, (_name, value) => masker.id(value)) }),
    ...(states && {
      states: Object.fromEntries(
        Object.entries(states).map(([name, changes]) => [
          name,
          changes.map((change): StateChange => ({ ...change, value: masker.text(change.value) })),
        ]),
      ),
    }),
  };
}

function maskCandidate(candidate: Candidate, masker: Masker): Candidate {
  const { id, address, relatedAddress, url, networkType } = candidate;
  return {
    ...candidate,
    ...(id !== undefined && { id: masker.id(id) }),
    ...(address !== undefined && { address: address && masker.address(address) }),
    ...(relatedAddress !== undefined && { relatedAddress: relatedAddress && masker.address(relatedAddress) }),
    ...(url !== undefined && { url: masker.text(url) }),
    ...(networkType !== undefined && { networkType: masker.text(networkType) }),
  };
}

function maskConnectivity(connectivity: Connectivity, masker: Masker): Connectivity {
  const { sdp } = connectivity;
  return { ...connectivity, ...(sdp && { sdp: sdp.map((text) => maskSdp(text, masker)) }) };
}

/** All of it is personal but the country and the kind of network. */
function maskNetwork({ ip, country, asnType, ...rest }: NetworkInfo, masker: Masker): NetworkInfo {
  return {
    ...(ip !== undefined && { ip: ip && masker.address(ip) }),
    ...mapTexts(rest, (_name, value) => (value ? MASKED : value)),
    ...(country !== undefined && { country: masker.text(country) }),
    ...(asnType !== undefined && { asnType: masker.text(asnType) }),
  };
}

function maskDeviceChange(change: DeviceChange, masker: Masker): DeviceChange {
  const { label, deviceId, kind } = change;
  return {
    ...change,
    ...(kind !== undefined && { kind: masker.text(kind) }),
    ...(label !== undefined && { label: label && masker.device(label) }),
    ...(deviceId !== undefined && { deviceId: masker.deviceId(deviceId) }),
  };
}

function maskEvent(event: CallEvent, masker: Masker): CallEvent {
  const { name, details } = event;
  return {
    ...event,
    name: masker.text(name),
    ...(details && {
      details: Object.fromEntries(
        Object.entries(details).map(([key, value]) => [
          masker.text(key),
          typeof value === 'string'
            ? maskDetail(key, value, masker)
            : PERSONAL.test(key) && value !== null
              ? MASKED
              : value,
        ]),
      ),
    }),
  };
}

/** A detail's name tells whether its text is a technical word; ids and times that look like it are kept as well. */
function maskDetail(key: string, value: string, masker: Masker): string {
  if (value === '' || ERROR_NAME.test(value)) return value;
  if (/^[0-9a-f-]{36}$/i.test(value) || /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/.test(value)) return masker.text(value);
  const kept = TECHNICAL.test(key) && !PERSONAL.test(key);
  return kept ? masker.text(value) : MASKED;
}

function maskFact({ label, value, personal, ...rest }: Fact, masker: Masker): Fact {
  const hide = personal || PERSONAL.test(label) || PERSONAL.test(rest.name ?? '');
  return {
    ...rest,
    label: masker.text(label),
    value: hide ? MASKED : masker.text(value),
    ...(personal && { personal }),
  };
}

function maskFigure(figure: Figure, masker: Masker): Figure {
  const { name, label, value, flagged } = figure;
  return {
    ...figure,
    label: masker.text(label),
    value: typeof value === 'number' ? value : maskDetail(name, value, masker),
    ...(flagged !== undefined && { flagged: masker.text(flagged) }),
  };
}

/** A version as it is; anything else that came in its place is left out. */
function versionOnly(version: string): string {
  return /^[\d.]{1,30}(?:[-+ ][\w.]{1,30})?$/.test(version) ? version : MASKED;
}

function mapTexts<T extends object>(record: T, mask: (name: string, value: string) => string): T {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'string' ? mask(name, value) : value]),
  ) as T;
}
