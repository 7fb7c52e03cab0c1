import { expect, test } from '@playwright/test';
import { Desk } from './journal';

// Axe reads the whole page several times in each.
test.describe.configure({ timeout: 120_000 });

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('tags are added and removed by keyboard, with completion', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.read('At give slip');
  const field = page.getByRole('combobox', { name: 'Tilføj emne' });
  await field.focus();
  await page.keyboard.type('net');
  await expect(page.getByRole('option', { name: 'netværk', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('nyt ord,');
  const tags = page.getByRole('group', { name: 'Emner' });
  await expect(tags.locator('.show')).toHaveText(['delegering', 'tillid', 'netværk', 'nyt ord']);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('ArrowLeft');
  await expect(tags.getByRole('button', { name: 'netværk', exact: true })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(tags.locator('.show')).toHaveText(['delegering', 'tillid']);
  await desk.sound();
});

test('a star is given and taken, and the list shows it', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.read('Efter netværksmødet');
  await page.getByRole('button', { name: 'Giv stjerne' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Fjern stjerne' })).toHaveAttribute('aria-pressed', 'true');
  await expect(desk.rows.filter({ hasText: 'Efter netværksmødet' })).toContainText('Med stjerne');
});

test('day and time can be set back, and what is no day is said to be none', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.read('At give slip');
  await desk.menu('Skift dag og tid …');
  const dialog = page.getByRole('dialog', { name: 'Dag og tid' });
  await expect(dialog.getByLabel('Dag', { exact: true })).toBeFocused();
  await desk.sound();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('31.2.2026');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText('Skriv dagen som 24.11.2026.');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3. oktober 2025');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('7.15');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: /Fredag den 3. oktober 2025, kl. 7.15/ })).toBeVisible();
});

test('a dialog gives the focus back to the button or the menu that opened it', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.read('At give slip');
  const dialog = page.getByRole('dialog');
  for (const [item, first] of [
    ['Skift dag og tid …', dialog.getByLabel('Dag', { exact: true })],
    [/^Bilag/, dialog.getByRole('button', { name: 'Tilføj fil' })],
  ] as const) {
    await desk.menu(item);
    await expect(first).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: 'Mere', exact: true })).toBeFocused();
  }
  const earlier = page.getByRole('button', { name: 'Tidligere versioner' });
  await earlier.press('Enter');
  await expect(dialog.getByRole('listbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(earlier).toBeFocused();
});

test('an earlier text can be compared and brought back, and that can be undone', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.read('Efter netværksmødet');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('En ny begyndelse. ');
  await desk.saved();
  await page.getByRole('button', { name: 'Tidligere versioner' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Tidligere versioner' });
  await expect(dialog.getByRole('listbox')).toBeFocused();
  await page.keyboard.press('End');
  await expect(dialog.getByText('Kun i teksten nu:')).not.toHaveCount(0);
  await expect(dialog.locator('.line.now')).toContainText('En ny begyndelse.');
  await desk.sound();
  await dialog.getByRole('radio', { name: 'Hele versionen' }).press('Space');
  await expect(dialog.locator('pre')).not.toContainText('En ny begyndelse.');
  await dialog.getByRole('button', { name: 'Hent denne version frem' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(desk.text).not.toContainText('En ny begyndelse.');
  await page.getByRole('button', { name: 'Fortryd' }).press('Enter');
  await expect(desk.text).toContainText('En ny begyndelse.');
  await desk.saved();
});

test('deleting goes to the trash, and Ctrl Z takes it back', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.read('Efter netværksmødet');
  await desk.menu('Slet');
  await expect(page.getByText('Refleksionen ligger i papirkurven.')).toBeVisible();
  await expect(desk.list).toBeFocused();
  await expect(desk.rows.filter({ hasText: 'Efter netværksmødet' })).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(desk.rows.filter({ hasText: 'Efter netværksmødet' })).toHaveCount(1);
  await expect(desk.title).toHaveValue('Efter netværksmødet');
});

test('the trash can be read, put back, and deleted for good by a button that says so', async ({ page }) => {
  const desk = await Desk.open(page);
  for (const title of ['Efter netværksmødet', 'At give slip', 'Samtalen, der gik skævt']) {
    await desk.read(title);
    await desk.menu('Slet');
    await expect(desk.rows.filter({ hasText: title })).toHaveCount(0);
  }
  await desk.view('Papirkurv');
  await expect(desk.rows).toHaveCount(3);
  await desk.rows.filter({ hasText: 'At give slip' }).click();
  await expect(page.getByText(/Forsvinder for altid den 24. december/)).toBeVisible();
  await expect(desk.text).toHaveAttribute('aria-readonly', 'true');
  await desk.sound();
  await page.getByRole('button', { name: 'Læg tilbage' }).press('Enter');
  await expect(desk.rows).toHaveCount(2);

  await desk.list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Slet for altid' }).press('Enter');
  const sure = page.getByRole('dialog', { name: 'Slet for altid?' });
  await expect(sure.getByRole('button', { name: 'Annuller' })).toBeFocused();
  await desk.sound();
  await sure.getByRole('button', { name: 'Slet for altid' }).press('Enter');
  await expect(desk.rows).toHaveCount(1);

  await page.getByRole('button', { name: 'Tøm papirkurven' }).press('Enter');
  await page.getByRole('button', { name: 'Slet 1 for altid' }).press('Enter');
  await expect(page.getByText('Papirkurven er tom.')).toBeVisible();
});

test('a dropped file is named in the text, listed, and can be saved and removed', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.read('At give slip');
  await desk.menu('Tilføj fil …');
  await expect(desk.text).toContainText('noter.txt');
  await desk.menu(/^Bilag/);
  const dialog = page.getByRole('dialog', { name: 'Bilag' });
  await expect(dialog.getByText('noter.txt')).toBeVisible();
  await desk.sound();
  await dialog.getByRole('button', { name: 'Gem noter.txt som …' }).press('Enter');
  await expect(page.getByText('noter.txt er gemt. Kopien er ikke krypteret.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Fjern noter.txt' }).press('Enter');
  const sure = page.getByRole('dialog', { name: 'Fjern bilaget?' });
  await sure.getByRole('button', { name: 'Fjern' }).press('Enter');
  await expect(page.getByText('noter.txt er fjernet.')).toBeVisible();
});

/** Drops a file onto the text as a file manager does. */
async function drop(desk: Desk, name: string, type: string, content: string | { size: number }) {
  await desk.text.evaluate(
    (node, file) => {
      const bytes =
        typeof file.content === 'string'
          ? Uint8Array.from(atob(file.content), (sign) => sign.charCodeAt(0))
          : new Uint8Array(file.content.size);
      const data = new DataTransfer();
      data.items.add(new File([bytes], file.name, { type: file.type }));
      const { left, top } = node.getBoundingClientRect();
      const where = { clientX: left + 60, clientY: top + 12, bubbles: true, cancelable: true, dataTransfer: data };
      node.dispatchEvent(new DragEvent('drop', where));
    },
    { name, type, content },
  );
}

test('a dropped picture is shown in the text', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.write('Tavlen: ');
  await desk.saved();
  await drop(desk, 'tavlen.png', 'image/png', PICTURE.toString('base64'));
  await expect(desk.text.getByRole('img', { name: 'tavlen.png' })).toHaveJSProperty('naturalWidth', 1);
  await desk.saved();
  await desk.sound();
});

test('a file above 50 MB is refused in words', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.write('Film: ');
  await desk.saved();
  await drop(desk, 'sommerfest.mov', 'video/quicktime', { size: 50_000_001 });
  await expect(page.getByText('sommerfest.mov fylder 50 MB, og en fil må højst fylde 50 MB.')).toBeVisible();
  await expect(desk.text).not.toContainText('sommerfest');
});

test('a web address is opened only after the leader saw where it leads', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.write('Se [siden](https://eksempel.dk/lang/sti) og mere.');
  await desk.saved();
  await page.keyboard.press('Control+End');
  await desk.text.getByText('siden').click({ modifiers: ['Control'] });
  const dialog = page.getByRole('dialog', { name: 'Åbn linket i browseren?' });
  await expect(dialog).toContainText('https://eksempel.dk/lang/sti');
  await expect(dialog.getByRole('button', { name: 'Annuller' })).toBeFocused();
  await desk.sound();
  await dialog.getByRole('button', { name: 'Åbn i browseren' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the text can be copied as Markdown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const desk = await Desk.open(page);
  await desk.read('At give slip');
  await desk.menu('Kopiér som Markdown');
  await expect(page.getByText('Teksten er kopieret.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('## Hvad stod på spil?');
});
