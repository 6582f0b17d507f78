/** Reads the sources for words: which are asked for in the reader's language, and which are not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from '@babel/parser';
import { ROOT } from '../../paths';

interface Node {
  type: string;
  loc?: { start: { line: number } };
  [name: string]: unknown;
}

/** A text of the sources. An expression within it is written as `{}`. */
export interface Text {
  /** Relative to the repository. */
  file: string;
  line: number;
  text: string;
}

export interface Words {
  /** First arguments of `l10n.t`. */
  asked: Text[];
  /** Calls of `l10n.t` whose words are not written there. */
  unknown: Text[];
  /** Texts that look like words for a reader, and are not asked for. */
  plain: Text[];
}

/** Attributes of elements and components whose text a reader sees or hears. */
const SHOWN_ATTRIBUTES =
  /^(title|alt|label|placeholder|note|summary|caption|aria-(label|description|roledescription|valuetext))$/;
/** What these are given is for developers or for the log, which stays in English. */
const FOR_DEVELOPERS = /^(log|trace|debug|info|warn|write|Error|TypeError|RangeError|SyntaxError)$/;
/** Two words with a space between them, or one that begins with a capital: `Not found`, `of 3 streams`, `Median`. */
const WORDS = /[a-z]{2,},? [a-z{]|[}a-z]{1,},? [a-z]{2,}|^\s*[A-Z][a-z]{2,}[ .:…]*$|^[A-Z][a-z]+ /;

/** Source files below `part` of `src`. */
export function sourceFiles(part = ''): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.split('\\').join('/')}`)
    .filter((file) => /(?<!\.d)\.tsx?$/.test(file) && file.startsWith(part))
    .sort();
}

export function wordsOf(file: string): Words {
  const found: Words = { asked: [], unknown: [], plain: [] };
  const code = readFileSync(join(ROOT, file), 'utf8');
  const tree = parse(code, {
    sourceType: 'module',
    plugins: file.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'],
  });
  const at = (node: Node, text: string): Text => ({
    file: relative('.', file),
    line: node.loc?.start.line ?? 0,
    text: text.replace(/\s+/g, ' ').trim(),
  });

  const visit = (node: Node, parent: Node | undefined, shown: boolean): void => {
    if (isTranslation(node)) {
      const message = messageOf((node.arguments as Node[])[0]);
      if (message === undefined) found.unknown.push(at(node, code.slice(0, 0)));
      else found.asked.push({ ...at(node, ''), text: message });
      for (const argument of (node.arguments as Node[]).slice(1)) visit(argument, node, false);
      return;
    }
    if (node.type.startsWith('TS') && !/^TS(As|NonNull|Satisfies|Parameter)/.test(node.type)) return;
    if (
      isClass(node) ||
      isForDevelopers(node) ||
      node.type === 'ImportDeclaration' ||
      node.type === 'ExportAllDeclaration'
    )
      return;
    const text = textOf(node);
    if (text !== undefined) {
      const letters = /[A-Za-z]{2,}/.test(text.replaceAll('{}', ''));
      if (letters && (shown ? !/^\S*[-_/]\S*$/.test(text) : WORDS.test(text)) && !isIdentity(node, parent)) {
        found.plain.push(at(node, text));
      }
    }
    for (const [name, value] of Object.entries(node)) {
      if (name === 'loc' || name.endsWith('Comments')) continue;
      const below = shownBelow(node, name, shown);
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, node, below);
    }
  };
  visit(tree.program as unknown as Node, undefined, false);
  return found;
}

/** Whether any text there is seen: children of an element, and the attributes that show. Branches of a condition inherit it. */
function shownBelow(node: Node, name: string, shown: boolean): boolean {
  switch (node.type) {
    case 'JSXElement':
    case 'JSXFragment':
      return name === 'children';
    case 'JSXAttribute':
      return name === 'value' && SHOWN_ATTRIBUTES.test(nameOf(node.name as Node));
    case 'JSXExpressionContainer':
      return shown;
    case 'ConditionalExpression':
      return shown && name !== 'test';
    case 'LogicalExpression':
      return shown && (name === 'right' || node.operator !== '&&');
    default:
      return false;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function nameOf(node: Node | undefined): string {
  if (!node) return '';
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
    return nameOf(node.property as Node);
  if (node.type === 'PrivateName') return nameOf(node.id as Node);
  return typeof node.name === 'string' ? node.name : '';
}

/** `l10n.t(…)`, of VS Code or of the package. */
function isTranslation(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = node.callee as Node;
  if (callee.type !== 'MemberExpression' || nameOf(callee) !== 't') return false;
  return nameOf(callee.object as Node) === 'l10n';
}

/** What `l10n.t` is given: a literal, or `{ message, comment }`, whose key ends with the comment. */
function messageOf(node: Node | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return node.value as string;
  if (node?.type === 'TemplateLiteral' && (node.expressions as Node[]).length === 0) return textOf(node);
  if (node?.type === 'ArrayExpression') return (node.elements as Node[]).map(messageOf).join('');
  if (node?.type !== 'ObjectExpression') return undefined;
  const parts = new Map(
    (node.properties as Node[]).map((property) => [nameOf(property.key as Node), messageOf(property.value as Node)]),
  );
  const [message, comment] = [parts.get('message'), parts.get('comment')];
  return message && comment ? `${message}/${comment}` : message;
}

function textOf(node: Node): string | undefined {
  if (node.type === 'StringLiteral' || node.type === 'JSXText') return node.value as string;
  if (node.type !== 'TemplateLiteral') return undefined;
  return (node.quasis as { value: { cooked?: string } }[]).map(({ value }) => value.cooked ?? '').join('{}');
}

/** Names for style sheets. */
function isClass(node: Node): boolean {
  return node.type === 'JSXAttribute' && nameOf(node.name as Node) === 'class';
}

function isForDevelopers(node: Node): boolean {
  if (!/^(New|Call|OptionalCall)Expression$/.test(node.type)) return false;
  return FOR_DEVELOPERS.test(nameOf(node.callee as Node).replace(/^#/, ''));
}

/** Names of things rather than words: keys, cases, what is compared. */
function isIdentity(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false;
  if (parent.type === 'BinaryExpression') return parent.operator !== '+';
  if (parent.type === 'SwitchCase') return true;
  if (parent.type === 'TSAsExpression') return nameOf((parent.typeAnnotation as Node).typeName as Node) === 'const';
  if (parent.type === 'NewExpression' && nameOf(parent.callee as Node) === 'CallError') {
    return (parent.arguments as Node[])[0] === node;
  }
  if (!/^(Object|Class)(Property|Method)$/.test(parent.type)) return false;
  // The kind of a thing tells it apart; it is no text.
  return parent.key === node || nameOf(parent.key as Node) === 'kind';
}
