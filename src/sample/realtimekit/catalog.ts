/** What goes on in the sessions of a meeting. `ordinary` ones have now and then a small fault of any kind. */
export type Scenario =
  | 'ordinary'
  | 'healthy'
  | 'lossy-uplink'
  | 'lossy-downlink'
  | 'cpu-limited'
  | 'bandwidth-limited'
  | 'turn-tcp'
  | 'udp-blocked'
  | 'headset-unplugged'
  | 'network-switch'
  | 'rejoin-churn'
  | 'mass-leave'
  | 'screen-share'
  | 'breakout'
  | 'no-report'
  | 'live';

/** A meeting of the catalog. */
export interface CatalogMeeting {
  title: string;
  scenario: Scenario;
  /** How many people are enrolled; sessions hold at most these. */
  people: number;
  /** Longest session, minutes. */
  longest: number;
  /** First words of people's names: the first is the host. */
  roles: readonly string[];
  /** `INACTIVE` meetings hold no sessions. */
  status: 'ACTIVE' | 'INACTIVE';
}

/** An app of the catalog. */
export interface CatalogApp {
  name: string;
  /** When it was made, epoch ms. */
  createdAt: number;
  /** Time from one ordinary session to the next, ms. */
  spacing: number;
  meetings: readonly CatalogMeeting[];
}

const MINUTE = 60_000;
const TELEHEALTH = [
  'Host',
  'Caller A',
  'Caller B',
  'Nurse 2',
  'Interpreter',
  'Clinician 4',
  'Nurse 7',
  'Front desk',
  'Observer',
];
const CLASSROOM = [
  'Teacher',
  'Student 01',
  'Student 02',
  'Assistant',
  'Student 03',
  'Student 04',
  'Student 05',
  'Student 06',
  'Student 07',
];
const FIELD = ['Dispatcher', 'Technician 3', 'Customer', 'Technician 8', 'Supervisor', 'Parts desk', 'Trainee'];

/** A title and a name that must never be taken for markup, an icon, a link or a change of writing direction. */
export const HOSTILE_TITLE =
  '<img src=x onerror=alert(1)> **bold** [link](command:workbench.action.quit) $(zap) \u202egnp.exe\u202c \u0007 & "quotes"';
export const HOSTILE_NAME = '<b onclick=alert(1)>Caller</b> $(flame) \u2066\u202eA\u202c\u2069 `code` | cell \u0000';

/** A title as long as people manage to paste. */
export const LONG_TITLE = `Long title: ${'quarterly review of the follow-up procedure for remote consultations, with every annex, '.repeat(4)}final version`;

/** Every app, most used first. The order is part of the ids: add at the end only. */
export const APPS: readonly CatalogApp[] = [
  {
    name: 'telehealth-prod',
    createdAt: Date.UTC(2024, 0, 15, 9, 12, 41, 318),
    spacing: 30 * MINUTE,
    meetings: [
      scene('Healthy call', 'healthy', 4, 45),
      scene('Lossy uplink', 'lossy-uplink', 4, 40),
      scene('Lossy downlink', 'lossy-downlink', 4, 40),
      scene('CPU-limited sender', 'cpu-limited', 4, 40),
      scene('Bandwidth-limited uplink', 'bandwidth-limited', 4, 40),
      scene('TURN over TCP', 'turn-tcp', 3, 35),
      scene('UDP blocked', 'udp-blocked', 3, 35),
      scene('Headset unplugged', 'headset-unplugged', 3, 35),
      scene('Network switch with ICE restart', 'network-switch', 3, 35),
      scene('Rejoin churn', 'rejoin-churn', 3, 35),
      scene('Mass leave', 'mass-leave', 8, 30),
      scene('Screen share', 'screen-share', 5, 45),
      scene('Breakout rooms', 'breakout', 7, 50),
      scene('No report', 'no-report', 3, 25),
      scene('Live support desk, line 1', 'live', 7, 130),
      scene('Live support desk, line 2', 'live', 7, 130),
      scene(LONG_TITLE, 'healthy', 3, 25),
      scene(HOSTILE_TITLE, 'healthy', 3, 25),
      room('Weekly review', 6, 62, TELEHEALTH),
      room('Patient call 4411', 3, 34, TELEHEALTH),
      room('Patient call 4412', 3, 28, TELEHEALTH),
      room('Stand-up', 9, 16, TELEHEALTH),
      room('Triage desk', 4, 40, TELEHEALTH),
      room('Night handover', 5, 22, TELEHEALTH),
      room('Ward round 3', 6, 45, TELEHEALTH),
      room('Interpreter line', 3, 30, TELEHEALTH),
      room('Follow-up clinic', 3, 25, TELEHEALTH),
      room('Billing questions', 2, 14, TELEHEALTH),
      room('Device training', 7, 50, TELEHEALTH),
      room('On-call bridge', 5, 38, TELEHEALTH),
      { ...room('Old triage desk', 4, 40, TELEHEALTH), status: 'INACTIVE' },
    ],
  },
  {
    name: 'classroom-staging',
    createdAt: Date.UTC(2024, 2, 4, 14, 2, 7, 90),
    spacing: 100 * MINUTE,
    meetings: [
      room('Algebra 2', 9, 55, CLASSROOM),
      room('Biology lab', 8, 60, CLASSROOM),
      room('Office hours', 3, 30, CLASSROOM),
      room('Reading group', 6, 40, CLASSROOM),
      room('Staff meeting', 7, 45, CLASSROOM),
      room('Exam supervision', 9, 62, CLASSROOM),
      room('Parents evening', 4, 20, CLASSROOM),
      room('Project team blue', 5, 35, CLASSROOM),
      room('Project team green', 5, 35, CLASSROOM),
      room('Language exchange', 6, 30, CLASSROOM),
      room('Smoke test', 2, 5, CLASSROOM),
      { ...room('Archived course', 9, 55, CLASSROOM), status: 'INACTIVE' },
    ],
  },
  {
    name: 'field-support-demo',
    createdAt: Date.UTC(2024, 4, 21, 7, 45, 19, 604),
    spacing: 210 * MINUTE,
    meetings: [
      room('Remote assistance', 3, 30, FIELD),
      room('Dispatch bridge', 6, 45, FIELD),
      room('Site survey', 4, 40, FIELD),
      room('Spare parts', 3, 15, FIELD),
      room('Shift handover', 5, 20, FIELD),
      room('Safety briefing', 7, 25, FIELD),
      room('Escalations', 4, 35, FIELD),
      room('Vendor call', 3, 40, FIELD),
      room('Trainee review', 2, 30, FIELD),
      room('Customer demo', 4, 45, FIELD),
      room('Incident room', 6, 60, FIELD),
      room('Retrospective', 5, 50, FIELD),
    ],
  },
];

function scene(title: string, scenario: Scenario, people: number, longest: number): CatalogMeeting {
  return { title, scenario, people, longest, roles: TELEHEALTH, status: 'ACTIVE' };
}

function room(title: string, people: number, longest: number, roles: readonly string[]): CatalogMeeting {
  return { title, scenario: 'ordinary', people, longest, roles, status: 'ACTIVE' };
}

/** When a meeting was made, epoch ms: those that come first in the catalog are the newest, so that lists begin with them. */
export function meetingCreatedAt(app: number, meeting: number): number {
  const catalog = APPS[app] as CatalogApp;
  const age = catalog.meetings.length - meeting;
  return catalog.createdAt + age * 31 * 60 * MINUTE + ((meeting * 7919 + app * 104_729) % 900_001);
}

/** What a person of a meeting is called. */
export function personName({ roles, title }: CatalogMeeting, person: number): string {
  if (title === HOSTILE_TITLE && person === 1) return HOSTILE_NAME;
  if (title === LONG_TITLE && person === 1) return `Caller with ${'a very '.repeat(30)}long name`;
  return roles[person] ?? `Guest ${person - roles.length + 1}`;
}
