import type { ComponentChildren, JSX } from 'preact';

import { regionProps } from '../cells';

/** A region that scrolls sideways where its table is wider than the page; it can be reached by keyboard. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="scroll" {...regionProps(label)}>
      {children}
    </section>
  );
}
