import type { JSX } from 'preact';

/** Line icons of 16 px in the text's colour. They say nothing by themselves: the button names itself. */
const PATHS = {
  pin: 'M5.5 2.5h5l-.7 4.2 2.2 2.3H4l2.2-2.3zM8 9v4.5',
  pinned: 'M5.5 2.5h5l-.7 4.2 2.2 2.3H4l2.2-2.3zM8 9v4.5',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5v3h-3',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  right: 'm6 3.5 4.5 4.5L6 12.5',
  down: 'm3.5 6 4.5 4.5L12.5 6',
  only: 'M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M8 1.5v2.5M8 12v2.5M1.5 8H4M12 8h2.5',
  zoomOut: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.3 10.3l3.2 3.2M5 7h4',
  up: 'm3.5 10 4.5-4.5 4.5 4.5',
  external: 'M9.5 2.5h4v4M13.5 2.5 8 8M6.5 3.5h-4v10h10v-4',
  link: 'M6.5 9.5l3-3M7.5 4.5l1.2-1.2a2.8 2.8 0 0 1 4 4L11.5 8.5M8.5 11.5l-1.2 1.2a2.8 2.8 0 0 1-4-4L4.5 7.5',
  save: 'M8 2.5v7M5 6.8l3 3 3-3M2.5 11v2.5h11V11',
  swap: 'M3 5.5h10M10.5 3 13 5.5 10.5 8M13 10.5H3M5.5 8 3 10.5 5.5 13',
  compare: 'm2 9 3.5-5L9 7.5 14 2.5M2 13.5l4-3 3 2 5-5',
  star: 'm8 2.2 1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4-2.9-2.8 4-.6z',
  starred: 'm8 2.2 1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4-2.9-2.8 4-.6z',
  raw: 'M5.5 4 1.5 8l4 4M10.5 4l4 4-4 4',
  transcript: 'M2.5 4.5h2M6.5 4.5h7M2.5 8h2M6.5 8h7M2.5 11.5h2M6.5 11.5h5',
  chat: 'M2.5 3.5h11v7.5h-6l-3 2.5V11h-2z',
  summary: 'M3.5 2.5h6l3 3v8h-9zM9.5 2.5v3h3M5.5 8.5h5M5.5 11h3.5',
  recording: 'M2.5 3.5h11v9h-11zM6.7 5.8v4.4l3.6-2.2z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
