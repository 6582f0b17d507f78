import { localNumber } from '../../core/locale';

/** A size for people: `512 B`, `31.0 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${localNumber((bytes / 1000).toFixed(1))} kB`;
  return `${localNumber((bytes / 1_000_000).toFixed(1))} MB`;
}
