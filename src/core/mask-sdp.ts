import { MASKED, type Masker } from './mask';

/** Lines whose whole value names a person, a machine or a key (RFC 8866, 8839, 8122, 4568, 5576). */
const LINES =
  /^(o|s|i|u|e|p|k|a=ice-ufrag|a=ice-pwd|a=fingerprint|a=crypto|a=identity|a=msid|a=label|a=x-[\w-]+)([=:])(.*)$/;

/** A session description without addresses, names and keys; what tells of codecs, candidates and directions stays. */
export function maskSdp(sdp: string, masker: Masker): string {
  return sdp
    .split(/(\r\n|\r|\n)/)
    .map((line) => {
      const whole = LINES.exec(line);
      if (whole) return `${whole.slice(1, 3).join('')}${MASKED}`;
      return masker.text(
        line
          .replace(/^(a=ssrc:\d+ (?:cname|msid|label|mslabel):).*$/, `$1${MASKED}`)
          .replace(/\bufrag \S+/g, `ufrag ${MASKED}`),
      );
    })
    .join('');
}
