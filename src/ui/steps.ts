import * as vscode from 'vscode';
import { CallError } from '../core/errors';

/** Where a step stands in its sequence. */
interface StepPlace {
  title: string;
  step: number;
  totalSteps: number;
}

export interface InputStep extends StepPlace {
  prompt: string;
  value?: string;
  placeholder?: string;
  password?: boolean;
  /** Turns what was typed or pasted into the value. */
  normalize(text: string): string;
  /** A sentence when the normalized value is not acceptable. */
  validate(value: string): string | undefined;
  /** Offers a button that asks for further, rarely needed things. */
  offerMore?: boolean;
}

export interface ChoiceStep<T extends vscode.QuickPickItem> extends StepPlace {
  placeholder: string;
  items: readonly T[];
}

/** The person went back one step. */
export const BACK = Symbol('back');

/** The person wants to be asked for the rarely needed things too. */
export const MORE = Symbol('more');

const MORE_BUTTON: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('settings-gear'),
  tooltip: vscode.l10n.t('Ask for advanced settings too'),
};

/** Asks for one line. Gives the normalized value, {@link BACK} or {@link MORE}; rejects with `Cancelled` on Escape. */
export function askInput(step: InputStep): Promise<string | typeof BACK | typeof MORE> {
  const input = vscode.window.createInputBox();
  input.title = step.title;
  input.step = step.step;
  input.totalSteps = step.totalSteps;
  input.prompt = step.prompt;
  input.placeholder = step.placeholder;
  input.password = step.password ?? false;
  input.value = step.value ?? '';
  input.ignoreFocusOut = true;
  input.buttons = [...(step.step > 1 ? [vscode.QuickInputButtons.Back] : []), ...(step.offerMore ? [MORE_BUTTON] : [])];
  return ask<string | typeof MORE>(input, (resolve) => {
    input.onDidTriggerButton((button) => {
      if (button === MORE_BUTTON) resolve(MORE);
    });
    input.onDidChangeValue((text) => {
      // Only a value that was wrong when it was entered is checked while typing: nobody likes red at the first letter.
      if (input.validationMessage) input.validationMessage = step.validate(step.normalize(text));
    });
    input.onDidAccept(() => {
      const value = step.normalize(input.value);
      input.validationMessage = step.validate(value);
      if (!input.validationMessage) resolve(value);
    });
  });
}

/** Asks for one of several. Gives the item or {@link BACK}; rejects with `Cancelled` on Escape. */
export function askChoice<T extends vscode.QuickPickItem>(step: ChoiceStep<T>): Promise<T | typeof BACK> {
  const pick = vscode.window.createQuickPick<T>();
  pick.title = step.title;
  pick.step = step.step;
  pick.totalSteps = step.totalSteps;
  pick.placeholder = step.placeholder;
  pick.items = step.items;
  pick.ignoreFocusOut = true;
  pick.buttons = step.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  return ask(pick, (resolve) => {
    pick.onDidAccept(() => {
      const item = pick.selectedItems[0];
      if (item) resolve(item);
    });
  });
}

function ask<T>(
  input: vscode.QuickInput & Pick<vscode.InputBox, 'onDidTriggerButton'>,
  listen: (resolve: (value: T) => void) => void,
): Promise<T | typeof BACK> {
  return new Promise((resolve, reject) => {
    const finish = (value: T | typeof BACK): void => {
      resolve(value);
      input.hide();
    };
    listen(finish);
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) finish(BACK);
    });
    input.onDidHide(() => {
      // After an answer this does nothing: the promise is settled.
      reject(new CallError('Cancelled', vscode.l10n.t('Cancelled.')));
      input.dispose();
    });
    input.show();
  });
}
