import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import type { DimensionCondition, MetricCondition, QueryBuilder, QueryPreset } from '../../providers/contract';
import type { ListFilter } from '../../tree/filters';

/** A thing to choose among the ways to narrow a list. */
interface Choice extends vscode.QuickPickItem {
  change(filter: ListFilter): ListFilter | Promise<ListFilter | undefined>;
}

/** Choices that build a query by dimension and metric: ready-made ones first, then one condition at a time. */
export function queryChoices(builder: QueryBuilder, target: 'rooms' | 'sessions' | 'live'): Choice[] {
  const presets = target !== 'rooms' ? builder.presets.map((preset) => presetChoice(builder, preset)) : [];
  const conditions: Choice[] = [
    {
      label: vscode.l10n.t('$(filter) Dimension is…'),
      description: vscode.l10n.t('country, platform, subscriber and others'),
      change: (filter) => addDimension(builder, filter),
    },
    {
      label: vscode.l10n.t('$(dashboard) Metric is above or below…'),
      description: vscode.l10n.t('start-up time, rebuffering and others'),
      change: (filter) => addMetric(builder, filter),
    },
    {
      label: vscode.l10n.t('$(sort-precedence) Order by metric…'),
      change: (filter) => orderByMetric(builder, filter),
    },
  ];
  return [...presets, ...conditions, ...(target === 'sessions' ? windowChoices() : [])];
}

function presetChoice(builder: QueryBuilder, { label, detail, query, ask }: QueryPreset): Choice {
  return {
    label: `$(star) ${label}`,
    description: detail,
    change: async (filter) => {
      const value = ask === undefined ? undefined : await askValues(builder, ask);
      const asked = ask === undefined || value === undefined ? [] : [{ name: ask, values: value }];
      // A preset is a question of its own: conditions of the one before would answer another.
      const { dimensions: _dimensions, metrics: _metrics, orderBy: _orderBy, ...rest } = filter;
      const dimensions = [...(query.dimensions ?? []), ...asked];
      return { ...rest, ...query, ...(dimensions.length > 0 && { dimensions }) };
    },
  };
}

/** Which moment counts, and which sessions: what stands between a list and the provider's own words for it. */
function windowChoices(): Choice[] {
  const choice = (label: string, change: ListFilter): Choice => ({
    label: `$(calendar) ${label}`,
    change: (filter) => ({ ...filter, ...change }),
  });
  return [
    choice(vscode.l10n.t('Started within the time range'), { within: 'started' }),
    choice(vscode.l10n.t('Ended within the time range'), { within: 'ended' }),
    choice(vscode.l10n.t('Of any status'), { anyStatus: true }),
    choice(vscode.l10n.t('Finished only'), { anyStatus: false }),
  ];
}

async function addDimension(builder: QueryBuilder, filter: ListFilter): Promise<ListFilter> {
  const items = builder.dimensions.map(({ name, label }) => ({ label, description: name, name }));
  const name = await pickName(builder, items, vscode.l10n.t('Which dimension?'));
  const added: DimensionCondition = { name, values: await askValues(builder, name) };
  const others = (filter.dimensions ?? []).filter((one) => one.name !== name);
  return { ...filter, dimensions: [...others, added] };
}

async function addMetric(builder: QueryBuilder, filter: ListFilter): Promise<ListFilter> {
  const items = builder.metrics.map(({ name, label, unit }) => ({ label, description: unitText(name, unit), name }));
  const name = await pickName(builder, items, vscode.l10n.t('Which metric?'));
  const unit = builder.metrics.find((metric) => metric.name === name)?.unit;
  const text = await askText({
    prompt: unit
      ? vscode.l10n.t('Sign and number, in {0}: > for above, < for below.', unit)
      : vscode.l10n.t('Sign and number: > for above, < for below.'),
    placeHolder: '> 5',
    validateInput: (value) =>
      readComparison(value) ? undefined : vscode.l10n.t('Expected > or < and a number, such as > 5.'),
  });
  const added: MetricCondition = { name, ...(readComparison(text) as Pick<MetricCondition, 'comparison' | 'value'>) };
  const others = (filter.metrics ?? []).filter((one) => one.name !== name || one.comparison !== added.comparison);
  return { ...filter, metrics: [...others, added] };
}

async function orderByMetric(builder: QueryBuilder, filter: ListFilter): Promise<ListFilter> {
  const items = builder.metrics.map(({ name, label }) => ({ label, description: name, name }));
  const orderBy = await pickName(builder, items, vscode.l10n.t('Order by which metric?'));
  const orders = [
    { label: vscode.l10n.t('Highest first'), sortOrder: 'descending' as const },
    { label: vscode.l10n.t('Lowest first'), sortOrder: 'ascending' as const },
  ];
  const order = await vscode.window.showQuickPick(orders, { placeHolder: vscode.l10n.t('Which end first?') });
  if (!order) throw cancelled();
  return { ...filter, orderBy, sortOrder: order.sortOrder };
}

type NameItem = vscode.QuickPickItem & { name?: string };

/** A name of the list, or one that is typed in: the provider knows more than are documented. */
async function pickName(builder: QueryBuilder, items: readonly NameItem[], placeHolder: string): Promise<string> {
  const other: NameItem = { label: vscode.l10n.t('$(edit) Another name…') };
  const chosen = await vscode.window.showQuickPick([...items, other], { placeHolder, matchOnDescription: true });
  if (!chosen) throw cancelled();
  if (chosen.name !== undefined) return chosen.name;
  const text = await askText({
    prompt: vscode.l10n.t('The name as the provider writes it.'),
    validateInput: (value) => builder.checkName(value.trim()),
  });
  return text.trim();
}

/** One value or several. Values cannot hold the sign that stands between them, so nothing is ambiguous. */
async function askValues(builder: QueryBuilder, name: string): Promise<string[]> {
  const text = await askText({
    prompt: vscode.l10n.t(
      'Value of {0}, exactly as the provider has it. Several are separated by |; any of them fits.',
      name,
    ),
    placeHolder: 'US|Canada',
    validateInput: (value) =>
      splitValues(value)
        .map((one) => builder.checkValue(one))
        .find((problem) => problem !== undefined),
  });
  return splitValues(text);
}

function splitValues(text: string): string[] {
  return text.split('|').map((value) => value.trim());
}

function readComparison(text: string): Pick<MetricCondition, 'comparison' | 'value'> | undefined {
  const match = /^\s*([<>])\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  return match ? { comparison: match[1] as '<' | '>', value: Number(match[2]) } : undefined;
}

function unitText(name: string, unit: string): string {
  return unit ? `${name}, ${unit}` : name;
}

async function askText(options: vscode.InputBoxOptions): Promise<string> {
  const text = await vscode.window.showInputBox(options);
  if (text === undefined) throw cancelled();
  return text;
}

function cancelled(): CallError {
  return new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
}
