import { expect, test } from './window';
import { WritingDesk } from './editor-desk';

let desk: WritingDesk;

test.beforeEach(async ({ page }) => {
  desk = await WritingDesk.open(page);
});

test.describe('signs of Markdown', () => {
  test('are hidden where the writer is not, and shown where she is', async () => {
    await desk.paste('Det var **stilheden**, der *fik* mig til ~~at~~ `stoppe`.\n\n## Hvad stod på spil?\n\nSlut');
    await desk.sees('stilheden', 'Det var stilheden, der fik mig til at stoppe.');
    await desk.sees('Hvad stod', 'Hvad stod på spil?');
    await desk.page.locator('.cm-strong').click();
    await desk.sees('stilheden', 'Det var **stilheden**, der fik mig til at stoppe.');
    await desk.line('Hvad stod').click();
    await desk.sees('Hvad stod', '## Hvad stod på spil?');
    await desk.sees('stilheden', 'Det var stilheden, der fik mig til at stoppe.');
    await desk.leave();
    await desk.sees('Hvad stod', 'Hvad stod på spil?');
  });

  test('never move the lines below when the cursor passes through', async () => {
    await desk.paste('# En\n\n**to** og *tre*\n\n> fire\n\n- fem\n  - seks\n\n1. syv\n\n- [ ] otte\n\n```js\nni\n```\n\n---\n\nSidste');
    const last = desk.line('Sidste');
    await desk.leave();
    const before = await last.boundingBox();
    await desk.text.focus();
    await desk.press('Control+Home');
    for (let line = 0; line < 19; line++) {
      await desk.press('ArrowDown');
      await desk.settled();
      expect((await last.boundingBox())?.y).toBe(before?.y);
    }
  });

  test('do not open under a mouse that is selecting', async ({ page }) => {
    await desk.paste('Det var **stilheden**, der fik mig til at stoppe.\n\nSlut');
    const strong = await page.locator('.cm-strong').boundingBox();
    if (!strong) throw new Error('nothing is bold');
    await page.mouse.move(strong.x - 40, strong.y + strong.height / 2);
    await page.mouse.down();
    await page.mouse.move(strong.x + strong.width / 2, strong.y + strong.height / 2, { steps: 4 });
    await expect(page.locator('.cm-line .cm-quiet')).toHaveCount(0);
    await page.mouse.up();
    await expect(page.locator('.cm-line .cm-quiet')).toHaveCount(2);
  });

  test('are what copying gives', async () => {
    const text = '# En\n\n**to**\n\n- [x] tre\n\n| a | b |\n|---|---|\n| c | d |\n';
    await desk.paste(text);
    expect(await desk.copied()).toBe(text);
  });
});

test.describe('lists', () => {
  test('go on by Enter, move by Tab and end by an empty item', async () => {
    await desk.type('- en');
    await desk.press('Enter');
    await desk.type('to');
    await desk.press('Tab', 'Enter');
    await desk.type('tre');
    await desk.press('Shift+Tab', 'Enter', 'Enter');
    await desk.type('slut');
    expect(await desk.copied()).toBe('- en\n  - to\n- tre\nslut');
    await expect(desk.page.locator('.cm-bullet')).toHaveCount(3);
  });

  test('take the cursor from word to word, over their signs', async () => {
    await desk.paste('- en\n- to');
    await desk.press('Home', 'ArrowLeft');
    await desk.type('!');
    await desk.press('ArrowRight');
    await desk.type('?');
    expect(await desk.copied()).toBe('- en!\n- ?to');
  });

  test('have tasks that are ticked by mouse and by keyboard', async ({ page }) => {
    await desk.paste('- [ ] Sig det til hende\n- [ ] Tag det med');
    const boxes = page.getByRole('checkbox');
    await expect(boxes.first()).toHaveAccessibleName('Opgave: Sig det til hende');
    await boxes.first().click();
    await expect(boxes.first()).toBeChecked();
    await desk.line('Tag det med').click();
    await desk.press('Control+Enter');
    await expect(boxes.nth(1)).toBeChecked();
    expect(await desk.copied()).toBe('- [x] Sig det til hende\n- [x] Tag det med');
    await boxes.first().click();
    await expect(boxes.first()).not.toBeChecked();
  });

  test('let go of the keyboard: Escape, then Tab', async () => {
    await desk.paste('- en\n- to');
    await desk.press('Escape', 'Tab');
    await expect(desk.text).not.toBeFocused();
    expect(await desk.copied()).toBe('- en\n- to');
  });
});

test('Tab in a paragraph goes on to the next control', async () => {
  await desk.type('en');
  await desk.press('Tab');
  await expect(desk.text).not.toBeFocused();
});

test.describe('keys', () => {
  test('write bold, italic and headings', async () => {
    await desk.type('stilheden');
    await desk.press('Control+Shift+ArrowLeft', 'Control+b');
    await expect(desk.toolbar.getByRole('button', { name: 'Fed' })).toHaveAttribute('aria-pressed', 'true');
    await desk.press('Control+i');
    expect(await desk.copied()).toBe('***stilheden***');
    await desk.press('End', 'Control+Alt+2');
    expect(await desk.copied()).toBe('## ***stilheden***');
    await desk.press('Control+z', 'Control+z', 'Control+z');
    expect(await desk.copied()).toBe('stilheden');
    await desk.press('Control+y');
    expect(await desk.copied()).toBe('**stilheden**');
  });

  test('undo survives an autosave', async ({ page }) => {
    const status = page.locator('.status[data-state]');
    // Each in one go, so that a slow computer does not make several steps of it.
    await page.keyboard.insertText('Første sætning.');
    await expect(status).toHaveAttribute('data-state', 'saved');
    await page.keyboard.insertText(' Anden.');
    await expect(status).not.toHaveAttribute('data-state', 'saved');
    await expect(status).toHaveAttribute('data-state', 'saved');
    await desk.press('Control+z', 'Control+z');
    const left = await desk.copied();
    expect(left).not.toContain('Anden');
    expect(left).not.toContain('Første');
  });
});

test.describe('the toolbar', () => {
  test('is one stop of the keyboard with arrow keys inside', async ({ page }) => {
    await desk.toolbar.getByRole('button').first().focus();
    await desk.press('ArrowRight');
    await expect(desk.toolbar.getByRole('button', { name: 'Fed' })).toBeFocused();
    await desk.press('End');
    await expect(desk.toolbar.getByRole('button', { name: 'Tabel' })).toBeFocused();
    await desk.press('ArrowRight');
    await expect(desk.toolbar.getByRole('button').first()).toBeFocused();
    await expect(page.locator('[role=toolbar] [data-stop][tabindex="0"]')).toHaveCount(1);
  });

  test('makes a heading by keyboard and gives the keyboard back', async ({ page }) => {
    await desk.type('Hvad stod på spil?');
    await desk.toolbar.getByRole('button', { name: /Afsnit/ }).focus();
    await desk.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    await expect(page.getByRole('menuitemradio', { name: /Overskrift 2/ })).toBeFocused();
    await desk.press('Enter');
    await expect(desk.text).toBeFocused();
    await expect(desk.toolbar.getByRole('button', { name: /Overskrift 2/ })).toBeVisible();
    expect(await desk.copied()).toBe('## Hvad stod på spil?');
  });

  test('leaves the cursor in the text when it is clicked', async () => {
    await desk.type('en');
    await desk.toolbar.getByRole('button', { name: 'Opgaveliste' }).click();
    await desk.type(' to');
    expect(await desk.copied()).toBe('- [ ] en to');
  });
});

test.describe('tables', () => {
  test('are drawn as tables, and opened by a click', async ({ page }) => {
    await desk.paste('| Navn | Antal |\n| :--- | ---: |\n| **Karen** | 3 |\n\nSlut');
    const table = page.locator('.cm-table');
    await expect(table.locator('th')).toHaveText(['Navn', 'Antal']);
    await expect(table.locator('td strong')).toHaveText('Karen');
    await table.getByText('3').click();
    await expect(table).toHaveCount(0);
    await desk.type('0');
    expect(await desk.copied()).toBe('| Navn | Antal |\n| :--- | ---: |\n| **Karen** | 30 |\n\nSlut');
  });

  test('never read their cells as HTML', async ({ page }) => {
    await desk.paste('| <img src=x onerror=alert(1)> |\n| --- |\n| <b>a</b> |\n\nSlut');
    await expect(page.locator('.cm-table')).toContainText('<img src=x onerror=alert(1)>');
    expect(await page.locator('.cm-table img, .cm-table b').count()).toBe(0);
  });
});

test.describe('what an import left over', () => {
  const text = '---\nvejr: regn\nhumør: blandet\n---\n\nJeg opdagede det sent.';

  test('is folded into a quiet line that opens', async ({ page }) => {
    await desk.paste(text);
    const folded = page.getByRole('button', { name: 'Oplysninger fra import' });
    await expect(folded).toBeVisible();
    await expect(desk.text).not.toContainText('blandet');
    await folded.click();
    await expect(desk.text).toContainText('humør: blandet');
    await desk.line('opdagede').click();
    await expect(folded).toBeVisible();
    expect(await desk.copied()).toBe(text);
  });
});

test.describe('pictures and links', () => {
  test('from the web are never fetched', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await desk.paste('![Sporet](https://spor.eksempel.dk/pixel.png) ![](//spor.eksempel.dk/a) ![](data:image/png;base64,iVBORw0KGgo=)\n\nSlut');
    await expect(desk.text).toContainText('Sporet · Billede på nettet. Fristed henter det ikke.');
    await expect(desk.text).toContainText('https://spor.eksempel.dk/pixel.png');
    expect(await desk.page.locator('.cm-content img:not(.cm-widgetBuffer)').count()).toBe(0);
    await page.waitForTimeout(300);
    expect(asked.filter((url) => url.includes('spor.'))).toEqual([]);
  });

  test('show their words, and where they lead only to the writer', async () => {
    await desk.paste('Se [artiklen](https://eksempel.dk/delegering).\n\nSlut');
    await desk.sees('Se', 'Se artiklen.');
    await desk.page.locator('.cm-link').click();
    await desk.sees('Se', 'Se [artiklen](https://eksempel.dk/delegering).');
  });

  test('that lead elsewhere than to the web or to mail are shown for what they are', async ({ page }) => {
    await desk.paste('[a](javascript:alert(1)) [b](file:///etc/passwd) [c](tauri://localhost) [d](data:text/html,x)\n\nSlut');
    await desk.sees('alert', '[a](javascript:alert(1)) [b](file:///etc/passwd) [c](tauri://localhost) [d](data:text/html,x)');
    const before = page.url();
    await desk.line('alert').click({ modifiers: ['Control'], position: { x: 4, y: 8 } });
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(page.url()).toBe(before);
    expect(await page.locator('.cm-content a').count()).toBe(0);
  });
});

test.describe('find in the text', () => {
  test('goes from place to place and says how many there are', async ({ page }) => {
    await desk.paste('Det var det.\n\n- Detaljen\n\n| det |\n|---|\n| a |\n\nSlut');
    await desk.press('Control+Home', 'Control+f');
    const panel = page.getByRole('search', { name: 'Find i teksten' });
    await expect(panel.getByRole('textbox')).toBeFocused();
    await desk.type('det');
    await expect(panel.getByRole('status')).toHaveText('1 af 4');
    await desk.press('Enter', 'Enter');
    await expect(panel.getByRole('status')).toHaveText('3 af 4');
    await desk.press('Shift+Enter');
    await expect(panel.getByRole('status')).toHaveText('2 af 4');
    await panel.getByRole('button', { name: 'Skeln mellem store og små bogstaver' }).click();
    await expect(panel.getByRole('status')).toHaveText(/af 2/);
    await panel.getByRole('textbox').fill('findes slet ikke');
    await expect(panel.getByRole('status')).toHaveText('Findes ikke');
    await panel.getByRole('textbox').press('Escape');
    await expect(panel).toHaveCount(0);
    await expect(desk.text).toBeFocused();
  });
});

test('a word from an input method is written once, whatever stands around it', async ({ page }) => {
  await desk.paste('Abc **fed**');
  await desk.press('Control+End');
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await session.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
  await session.send('Input.insertText', { text: '日本' });
  await desk.settled();
  expect(await desk.copied()).toBe('Abc **fed**日本');
});

test('the field says what it is', async () => {
  await expect(desk.text).toHaveAttribute('role', 'textbox');
  await expect(desk.text).toHaveAttribute('aria-multiline', 'true');
  await expect(desk.text).toHaveAttribute('lang', 'da');
  await expect(desk.text).toHaveAttribute('spellcheck', 'true');
  await expect(desk.text).toHaveAttribute('aria-label', /.+/);
});

test('a text of a million characters is drawn only where it is seen, and takes keys', async ({ page }) => {
  const paragraph = 'Jeg opdagede, at jeg rettede i **hendes** oplæg, før jeg havde læst det *færdigt*. Se [her](https://eksempel.dk). ';
  const block = `${paragraph.repeat(3)}\n\n- [ ] en\n- to\n\n| a | b |\n|---|---|\n| c | d |\n\n`;
  const text = block.repeat(2600);
  await desk.paste(text);
  // The rest of it is read while nothing else is to do.
  await page.waitForTimeout(2500);
  await desk.press('Control+Home');
  await desk.type('Først. ');
  await desk.press('Control+End');
  // CodeMirror says so in the console when it is asked to draw the far end faster than it can measure it.
  await page.waitForTimeout(1500);
  await desk.type('Sidst.');
  await desk.settled();
  // Not times, which hang on the machine: what there is to draw does not grow with the text.
  expect(await page.locator('.cm-content *').count()).toBeLessThan(1500);
  expect(await desk.copied()).toBe(`Først. ${text}Sidst.`);
});
