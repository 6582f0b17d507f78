import type { Workbench } from './workbench';

/** What a person types for a RealtimeKit connection. */
export interface TypedConnection {
  accountId: string;
  baseUrl: string;
  token: string;
  label: string;
}

/** Adds a RealtimeKit connection that is not Cloudflare's own server, from the first question to the last answer. */
export async function addRealtimeKit(workbench: Workbench, typed: TypedConnection): Promise<void> {
  const { quickInput } = workbench;
  const asked = (prompt: string) => quickInput.getByText(prompt).first().waitFor();
  const answer = async (prompt: string, text: string): Promise<void> => {
    await asked(prompt);
    const input = quickInput.locator('input').first();
    await input.fill(text);
    await input.press('Enter');
  };
  await workbench.runCommand('Peerscope: Add Connection…');
  await quickInput.locator('.monaco-list-row').filter({ hasText: 'RealtimeKit' }).first().click();
  await asked('Account ID.');
  const advanced = quickInput.getByRole('button', { name: 'Ask for advanced settings too' });
  await advanced.click();
  await advanced.waitFor({ state: 'detached' });
  await answer('Account ID.', typed.accountId);
  await answer('App ID (optional)', '');
  await answer('Base URL (optional)', typed.baseUrl);
  await answer('API token.', typed.token);
  await answer('How the connection is called', typed.label);
}
