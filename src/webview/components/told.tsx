import type { ComponentChildren, JSX } from 'preact';
import { displayText } from '../../core/text';
import type { ToldPart } from '../../protocol/messages';
import type { ReportModel } from '../report-model';

interface UntoldProps {
  model: ReportModel;
  part: ToldPart;
}

/** The provider's one sentence on what it cannot tell; nothing where it can. */
export function Untold({ model, part }: UntoldProps): JSX.Element | null {
  const why = model.subject.cannotTell?.[part];
  return why ? (
    <p class="empty" data-field="untold">
      {displayText(why, 400)}
    </p>
  ) : null;
}

interface ToldProps extends UntoldProps {
  /** Said where nothing came though the provider could have told it. */
  none: string;
  /** What there is to show; false when there is nothing. */
  children: ComponentChildren | false;
}

/** The body of a section: what there is, with the provider's sentence on what is missing, or one sentence alone. */
export function Told({ model, part, none, children }: ToldProps): JSX.Element {
  return (
    <>
      <Untold model={model} part={part} />
      {children || (!model.subject.cannotTell?.[part] && <p class="empty">{none}</p>)}
    </>
  );
}
