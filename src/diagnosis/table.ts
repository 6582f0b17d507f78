import type { Rule } from './rule';
import { blame, both } from './rules/blame';
import { cascade } from './rules/cascade';
import { CONTEXT_RULES } from './rules/context';
import { DECODE_RULES } from './rules/decode';
import { DELAY_RULES } from './rules/delay';
import { DEVICE_RULES } from './rules/devices';
import { HMS_RULES } from './rules/hms';
import { ICE_RULES } from './rules/ice';
import { JOINING_RULES } from './rules/joining';
import { LIMIT_RULES } from './rules/limits';
import { MASS_LEAVE_RULES } from './rules/mass-leave';
import { MEDIAMELON_RULES, MEDIAMELON_SESSION_RULES } from './rules/mediamelon';
import { MOS_RULES } from './rules/mos';
import { NETWORK_RULES } from './rules/network';
import { share, worst } from './rules/overview';
import { PRESENCE_RULES } from './rules/presence';
import { VIDEO_RULES } from './rules/video';
import { WHEREBY_RULES } from './rules/whereby';

/**
 * Every rule there is: id, inputs, thresholds, severity, explanation, suggestion and source stand in each. The family tells
 * which provider's data it is for.
 */
export const RULES: readonly Rule[] = [
  ...NETWORK_RULES,
  ...DELAY_RULES,
  ...MOS_RULES,
  ...VIDEO_RULES,
  ...DECODE_RULES,
  ...LIMIT_RULES,
  ...ICE_RULES,
  ...DEVICE_RULES,
  ...JOINING_RULES,
  ...CONTEXT_RULES,
  ...HMS_RULES,
  ...WHEREBY_RULES,
  ...MEDIAMELON_RULES,
  ...PRESENCE_RULES,
  ...MASS_LEAVE_RULES,
  ...MEDIAMELON_SESSION_RULES,
  both,
  cascade,
  blame,
  share,
  worst,
];
