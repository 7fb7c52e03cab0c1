import { undoDepth } from '@codemirror/commands';
import { Transaction } from '@codemirror/state';
import { afterEach, describe, expect, it } from 'vitest';
import { Writer } from './writer';

let writer: Writer;
afterEach(() => writer.leave());

function after(marked: string, key: string, more: KeyboardEventInit = {}): string {
  writer?.leave();
  writer = new Writer(marked);
  writer.press(key, more);
  return writer.marked;
}

const CTRL: KeyboardEventInit = { ctrlKey: true };

describe('Enter', () => {
  it.each([
    ['goes on with bullets', '- en|', '- en\n- |'],
    ['keeps the sign', '* en|', '* en\n* |'],
    ['counts on', '9. en|', '9. en\n10. |'],
    ['counts on with a bracket', '1) en|', '1) en\n2) |'],
    ['raises the numbers below', '1. en|\n2. to\n3. tre', '1. en\n2. |\n3. to\n4. tre'],
    ['makes an open task', '- [x] en|', '- [x] en\n- [ ] |'],
    ['goes on with a quote', '> en|', '> en\n> |'],
    ['goes on with a quoted list', '> - en|', '> - en\n> - |'],
    ['splits an item', '- en| to', '- en\n- | to'],
    ['keeps the indentation of an inner item', '- en\n  - to|', '- en\n  - to\n  - |'],
    ['ends the list after an empty item', '- en\n- |', '- en\n|'],
    ['ends the task list after an empty task', '- [ ] en\n- [ ] |', '- [ ] en\n|'],
    ['moves an empty inner item out', '- en\n  - |', '- en\n- |'],
    ['ends the quote after an empty line', '> en\n> |', '> en\n|'],
    ['keeps a loose list loose', '- en\n\n- to|', '- en\n\n- to\n\n- |'],
    ['is a new line in a paragraph', 'en|', 'en\n|'],
    ['is a new line before a sign', '|- en', '\n|- en'],
    ['is a new line in code', '```\n- en|\n```', '```\n- en\n|\n```'],
  ])('%s', (_name, before, expected) => {
    expect(after(before, 'Enter')).toBe(expected);
  });
});

describe('Backspace behind a sign', () => {
  it.each([
    ['takes the bullet away', '- |en', '|en'],
    ['takes the task away', '- [ ] |en', '|en'],
    ['moves an inner item out', '- en\n  - |to', '- en\n- |to'],
    ['takes the quote away', '> |en', '|en'],
    ['takes the heading away', '## |en', '|en'],
    ['is only a Backspace in words', '- en|', '- e|'],
  ])('%s', (_name, before, expected) => {
    expect(after(before, 'Backspace')).toBe(expected);
  });
});

describe('Tab', () => {
  it.each([
    ['moves an item in', '- en\n- |to', '- en\n  - |to'],
    ['moves an item in under a number', '1. en\n2. |to', '1. en\n   1. |to'],
    ['takes what belongs to the item along', '- en\n- |to\n  - tre', '- en\n  - |to\n    - tre'],
    ['leaves the first item', '- |en', '- |en'],
  ])('%s', (_name, before, expected) => {
    expect(after(before, 'Tab')).toBe(expected);
  });

  it('moves an item out with Shift', () => {
    expect(after('- en\n  - |to', 'Tab', { shiftKey: true })).toBe('- en\n- |to');
  });

  it('is left to the window outside a list', () => {
    writer = new Writer('e|n');
    expect(writer.press('Tab')).toBe(false);
  });
});

describe('in a table', () => {
  const table = (row: string) => `| a | b |\n|---|---|\n${row}`;
  it.each([
    ['Tab goes to the next cell', 'Tab', table('| c| | d |'), table('| c | [[d]] |')],
    ['Tab goes from the head to the first row', 'Tab', '| a | b| |\n|---|---|\n| c | d |', '| a | b |\n|---|---|\n| [[c]] | d |'],
    ['Tab makes a new row behind the last cell', 'Tab', table('| c | d| |'), table('| c | d |\n| | |  |')],
    ['Enter makes a new row', 'Enter', table('| c| | d |'), table('| c | d |\n| | |  |')],
    ['Enter in an empty last row ends the table', 'Enter', table('| c | d |\n| § |  |'), table('| c | d |\n|')],
  ])('%s', (_name, key, before, expected) => {
    // A bar is a sign here, so the cursor is given by `§` or the bar that follows a word.
    const at = before.includes('§') ? before.indexOf('§') : before.search(/[a-d]\| /) + 1;
    const text = before.slice(0, at) + before.slice(at + 1);
    writer = Writer.of(text);
    writer.view.dispatch({ selection: { anchor: at } });
    writer.press(key);
    expect(writer.marked).toBe(expected);
  });
});

describe('emphasis', () => {
  it.each([
    ['goes around what is selected', 'en [[to]] tre', 'en **[[to]]** tre'],
    ['leaves the blanks outside', 'en[[ to ]]tre', 'en **[[to]]** tre'],
    ['goes away again', 'en **[[to]]** tre', 'en [[to]] tre'],
    ['goes around the word at the cursor', 'en t|o', 'en **t|o**'],
    ['goes away at the cursor', '**t|o**', 't|o'],
    ['waits for words', 'en |', 'en **|**'],
    ['is left at its end', '**to|**', '**to**|'],
    ['goes line by line, behind the signs', '- [[en\n- to]]', '- **[[en**\n- **to]]**'],
    ['goes away from all lines', '**[[en**\n**to]]**', '[[en\nto]]'],
    ['takes the inner one up', '[[en **to** tre]]', '**[[en to tre]]**'],
  ])('bold %s', (_name, before, expected) => {
    expect(after(before, 'b', CTRL)).toBe(expected);
  });

  it('italic inside bold keeps the bold', () => {
    expect(after('**[[to]]**', 'i', CTRL)).toBe('***[[to]]***');
    writer.press('i', CTRL);
    expect(writer.text).toBe('**to**');
  });

  it('an empty pair goes away', () => {
    expect(after('en **|**', 'b', CTRL)).toBe('en |');
  });
});

describe('lists and headings by key', () => {
  const shifted = (digit: string): KeyboardEventInit => ({ ctrlKey: true, shiftKey: true, keyCode: digit.charCodeAt(0) });
  it.each([
    ['bullets', '8', '[[en\n\nto]]', '- [[en\n\n- to]]'],
    ['bullets again', '8', '- [[en\n- to]]', '[[en\nto]]'],
    ['numbers', '7', '[[en\nto]]', '1. [[en\n2. to]]'],
    ['numbers from bullets', '7', '- [[en\n- to]]', '1. [[en\n2. to]]'],
    ['tasks', '9', 'en|', '- [ ] en|'],
    ['tasks in an empty line', '9', '|', '- [ ] |'],
    ['tasks in a quote', '9', '> en|', '> - [ ] en|'],
  ])('makes %s', (_name, digit, before, expected) => {
    // A Danish keyboard gives other characters with Shift; the key's place counts.
    expect(after(before, { 7: '/', 8: '(', 9: ')' }[digit] ?? digit, shifted(digit))).toBe(expected);
  });

  it.each([
    ['a heading', '2', 'e|n', '## e|n'],
    ['another level', '3', '# e|n', '### e|n'],
    ['body text from the same level', '1', '# e|n', 'e|n'],
    ['body text', '0', '### e|n', 'e|n'],
  ])('makes %s', (_name, digit, before, expected) => {
    expect(after(before, digit, { ctrlKey: true, altKey: true })).toBe(expected);
  });
});

describe('links', () => {
  it.each([
    ['of the selected words', 'se [[her]]', 'se [her](|)'],
    ['to a selected address', '[[https://eksempel.dk]]', '[|](https://eksempel.dk)'],
    ['with nothing selected', 'se |', 'se [|]()'],
    ['and selects the address of one that is there', '[h|er](https://eksempel.dk)', '[her]([[https://eksempel.dk]])'],
  ])('are made %s', (_name, before, expected) => {
    expect(after(before, 'k', CTRL)).toBe(expected);
  });

  it.each([
    ['https://eksempel.dk/a'],
    ['http://eksempel.dk'],
    ['mailto:karen@eksempel.dk'],
  ])('are opened by Ctrl Enter: %s', (address) => {
    writer = new Writer(`se [h|er](${address})`);
    writer.press('Enter', CTRL);
    expect(writer.asked.links).toEqual([address]);
  });

  it.each([
    ['javascript:alert(1)'],
    ['JaVaScRiPt:alert(1)'],
    ['file:///etc/passwd'],
    ['data:text/html,x'],
    ['tauri://localhost'],
    ['//eksempel.dk'],
    ['vbscript:x'],
    ['fristed-attachment://localhost/x'],
  ])('are never opened: %s', (address) => {
    writer = new Writer(`se [h|er](<${address}>)`);
    writer.press('Enter', CTRL);
    expect(writer.asked.links).toEqual([]);
    expect(writer.asked.opened).toEqual([]);
  });

  it('to a reference open what the reference says', () => {
    writer = new Writer('se [h|er][Kilde]\n\n[kilde]: https://eksempel.dk/kilde');
    writer.press('Enter', CTRL);
    expect(writer.asked.links).toEqual(['https://eksempel.dk/kilde']);
  });

  it('to an attachment open the attachment', () => {
    writer = new Writer('[re|ferat](attachment:0195D3A0-0000-7000-8000-000000000002)');
    writer.press('Enter', CTRL);
    expect(writer.asked.opened).toEqual(['0195d3a0-0000-7000-8000-000000000002']);
  });
});

describe('Ctrl Enter in a task', () => {
  it('ticks it and clears it', () => {
    expect(after('- [ ] e|n', 'Enter', CTRL)).toBe('- [x] e|n');
    expect(after('- [x] e|n', 'Enter', CTRL)).toBe('- [ ] e|n');
    expect(after('> 1. [X] e|n', 'Enter', CTRL)).toBe('> 1. [ ] e|n');
  });

  it('changes nothing where the text may only be read', () => {
    writer = new Writer('- [ ] e|n', { readOnly: true });
    writer.press('Enter', CTRL);
    expect(writer.text).toBe('- [ ] en');
  });
});

describe('keys that belong to the window', () => {
  it.each([
    ['f', { ctrlKey: true, shiftKey: true }],
    ['F', { ctrlKey: true, shiftKey: true, keyCode: 70 }],
    ['n', { ctrlKey: true }],
    ['l', { ctrlKey: true }],
    ['s', { ctrlKey: true }],
    ['p', { ctrlKey: true }],
    [',', { ctrlKey: true }],
  ])('are left to it: %s %o', (key, more) => {
    writer = new Writer('e|n');
    expect(writer.press(key, more)).toBe(false);
  });
});

describe('undo', () => {
  it('takes back a long day of writing', () => {
    writer = new Writer('|');
    let { state } = writer.view;
    const WORDS = 2100;
    for (let i = 0; i < WORDS; i++) {
      const at = Transaction.time.of(i * 10_000);
      state = state.update({ changes: { from: state.doc.length, insert: `ord${i}\n\n` }, annotations: at, userEvent: 'input.type' }).state;
    }
    expect(undoDepth(state)).toBeGreaterThanOrEqual(2000);
  }, 60_000);

  it('of a tick is a step of its own', () => {
    writer = new Writer('- [ ] e|n');
    writer.type('x');
    writer.press('Enter', CTRL);
    writer.press('z', CTRL);
    expect(writer.text).toBe('- [ ] exn');
  });
});
