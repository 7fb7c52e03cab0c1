import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin, Rollup } from 'vite';

type Node = { type: string; start: number; end: number } & Record<string, unknown>;
type Tree = { [key: string]: Tree | string | unknown[] };

/** The keys of all messages, as the project's settings name their files. */
function keysOf(root: string): string[] {
  const json = (path: string) => JSON.parse(readFileSync(resolve(root, path), 'utf8')) as Tree;
  const settings = json('project.inlang/settings.json') as unknown as {
    baseLocale: string;
    'plugin.inlang.messageFormat': { pathPattern: string[] };
  };
  const leaves = (tree: Tree, above: string): string[] =>
    Object.entries(tree).flatMap(([name, one]) =>
      typeof one === 'string' || Array.isArray(one) ? [above + name] : leaves(one, `${above}${name}.`),
    );
  return settings['plugin.inlang.messageFormat'].pathPattern.flatMap((path) => leaves(json(path.replace('{locale}', settings.baseLocale)), ''));
}

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Calls `found` with every look-up in what goes by `name`. */
function lookUps(node: unknown, name: string, found: (node: Node) => void): void {
  if (Array.isArray(node)) return node.forEach((one) => lookUps(one, name, found));
  if (typeof node !== 'object' || node === null || typeof (node as Node).type !== 'string') return;
  const one = node as Node;
  const object = one.object as Node | undefined;
  if (one.type === 'MemberExpression' && object?.type === 'Identifier' && object.name === name) found(one);
  for (const [key, below] of Object.entries(one)) if (key !== 'type') lookUps(below, name, found);
}

/** By which name a module has the messages; none where it has not. */
function nameIn(program: Node): string | null {
  for (const one of program.body as Node[]) {
    if (one.type !== 'ImportDeclaration' || !/(^|\/)i18n$|^\.$/.test(String((one.source as unknown as { value: string }).value))) continue;
    for (const each of one.specifiers as Node[]) {
      if (each.type === 'ImportSpecifier' && (each.imported as Node).name === 'm') return String((each.local as Node).name);
    }
  }
  return null;
}

/**
 * Lets each part of the program carry its own words.
 *
 * Every message is a module of its own, and one that nobody names is left out. A key that is put
 * together (`m[\`error.${code}.what\`]`) names them all; here it becomes a small map of those that it
 * can be. What looks up by anything else is refused.
 */
export function words(): Plugin {
  let keys: string[] = [];
  return {
    name: 'fristed-words',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => void (keys = keysOf(config.root)),
    transform(code, id) {
      if (!code.includes('i18n') || id.includes('/node_modules/') || id.includes('/paraglide/')) return null;
      const program = this.parse(code) as unknown as Node;
      const name = nameIn(program);
      if (name === null) return null;
      const maps: { start: number; end: number; text: string }[] = [];
      lookUps(program, name, (one) => {
        const key = one.property as Node;
        if (!one.computed || key.type === 'Literal') return;
        if (key.type !== 'TemplateLiteral') return this.error(`${id}: a message is looked up by something that is no key`);
        const parts = (key.quasis as unknown as { value: { cooked: string } }[]).map((part) => quoted(part.value.cooked));
        const may = keys.filter((each) => new RegExp(`^${parts.join('.+')}$`).test(each));
        if (may.length === 0) return this.error(`${id}: no message has a key like ${parts.join('…')}`);
        const map = may.map((each) => `${JSON.stringify(each)}: ${name}[${JSON.stringify(each)}]`).join(', ');
        const { start, end } = one.object as Node;
        maps.push({ start, end, text: `({ ${map} })` });
      });
      if (maps.length === 0) return null;
      maps.sort((a, b) => b.start - a.start);
      for (const { start, end, text } of maps) code = code.slice(0, start) + text + code.slice(end);
      return { code, map: null };
    },
  };
}

/** The chunk of a message: with the others of its part of the program. */
export function chunkOfWords(id: string): string | undefined {
  const name = /\/paraglide\/(?:messages\/)?([a-z]+)/.exec(id)?.[1];
  if (!name) return undefined;
  return ['messages', 'runtime', 'registry', 'server'].includes(name) ? 'words' : `words-${name}`;
}

/** Holds what the window needs before it shows anything to a limit, in bytes. */
export function firstScript(limit: number): Plugin {
  return {
    name: 'fristed-first-script',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunk = (name: string) => bundle[name] as Rollup.OutputChunk | undefined;
      const first = new Set<string>();
      const take = (name: string): void => {
        const one = chunk(name);
        if (!one || first.has(name)) return;
        first.add(name);
        one.imports.forEach(take);
      };
      Object.values(bundle).forEach((one) => void (one.type === 'chunk' && one.isEntry && take(one.fileName)));
      const size = [...first].reduce((sum, name) => sum + (chunk(name)?.code.length ?? 0), 0);
      this.info(`the first script is ${size} bytes in ${first.size} files`);
      if (size > limit) this.error(`the first script is ${size} bytes, above ${limit}: ${[...first].join(', ')}`);
    },
  };
}
