import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from '../icons';
import { useCommonPage } from '../page';

interface SectionProps {
  /** Stable name, for state and for tests. */
  name: string;
  title: string;
  /** A few words after the title: how many there are. */
  note?: string;
  /** Open unless the person folded it. */
  open?: boolean;
  children: () => ComponentChildren;
}

/** A part of the page that folds, and remembers it. What is folded is not built. */
export function Section({ name, title, note, open = true, children }: SectionProps): JSX.Element {
  const { view, setView } = useCommonPage();
  const id = useId();
  const shown = view.sections[name] ?? open;
  const toggle = () => setView({ sections: { ...view.sections, [name]: !shown } });
  return (
    <section class="section" data-section={name} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <button type="button" class="fold" aria-expanded={shown} aria-controls={`${id}-body`} onClick={toggle}>
          <Icon name={shown ? 'down' : 'right'} />
          <span>{title}</span>
          {note && <span class="note">{note}</span>}
        </button>
      </h2>
      <div id={`${id}-body`} class="section-body" hidden={!shown}>
        {shown && children()}
      </div>
    </section>
  );
}

/** How many there are, for a section's title: `one` and `more` are the whole phrases. Nothing is said where there is none. */
export function countNote(count: number, one = `${count}`, more = one): string | undefined {
  if (count === 0) return undefined;
  return count === 1 ? one : more;
}
