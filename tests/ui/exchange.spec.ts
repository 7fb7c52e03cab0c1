import { expect, test, type Page } from '@playwright/test';
import { Desk } from './journal';

// Axe reads the whole page several times in each.
test.describe.configure({ timeout: 120_000 });

/** Chooses in the system menu. */
async function systemMenu(page: Page, item: 'import' | 'export') {
  await page.evaluate((what) => (window as unknown as { fristedMenu: (item: string) => void }).fristedMenu(what), item);
}

/** Lets the work go on that stands still halfway. */
async function goOn(page: Page) {
  await page.evaluate(() => (window as unknown as { fristedGoOn: () => void }).fristedGoOn());
}

test('an import shows what would come, brings it in, and adds nothing twice', async ({ page }) => {
  const desk = await Desk.open(page, 'hold');
  await systemMenu(page, 'import');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Vælg fil' })).toBeFocused();
  await desk.sound();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('412 nye refleksioner');
  await expect(dialog).toContainText('fra 12. august 2019 til 30. oktober 2026');
  await expect(dialog).toContainText('57 bilag (81,3 MB)');
  await expect(dialog).toContainText('videos/sommerfest.mov fylder mere end 50 MB');
  await desk.sound();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await desk.sound();
  await goOn(page);
  await expect(dialog).toContainText('412 refleksioner er kommet ind i din journal.');
  await expect(dialog).toContainText('den er ikke krypteret af Fristed');
  await desk.sound();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await systemMenu(page, 'import');
  await dialog.getByRole('button', { name: 'Vælg fil' }).press('Enter');
  await expect(dialog).toContainText('Alt i filen er her allerede.');
});

test('an import can be stopped, and then nothing came', async ({ page }) => {
  const desk = await Desk.open(page, 'hold');
  await systemMenu(page, 'import');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Vælg mappe' }).press('Enter');
  await dialog.getByRole('button', { name: 'Hent 412 refleksioner' }).press('Enter');
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Intet er hentet, og journalen er, som den var.');
  await desk.sound();
});

test('a broken file is said to be broken, and nothing came', async ({ page }) => {
  const desk = await Desk.open(page, 'fail=importPreview:badFile');
  await systemMenu(page, 'import');
  await page.getByRole('button', { name: 'Vælg fil' }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('Der blev ikke hentet noget');
  await desk.sound();
});

test('an export says that it is not encrypted before it writes anything', async ({ page }) => {
  const desk = await Desk.open(page, 'hold');
  await desk.write('Sidste linje før eksporten.');
  await systemMenu(page, 'export');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: /Markdown/ })).toBeFocused();
  await expect(dialog).toContainText('Eksporten er ikke krypteret');
  await expect(dialog.getByRole('button', { name: 'Eksportér ukrypteret' })).toBeDisabled();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: /JSON/ })).toBeChecked();
  await dialog.getByRole('button', { name: 'Vælg mappe' }).press('Enter');
  await desk.sound();
  await dialog.getByRole('button', { name: 'Eksportér ukrypteret' }).press('Enter');
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeFocused();
  await goOn(page);
  await expect(dialog).toContainText('22 refleksioner ligger nu i /home/karen/Dokumenter/Fristed-eksport.');
  await desk.sound();
});

test('a folder that is not empty is refused in words', async ({ page }) => {
  const desk = await Desk.open(page, 'fail=exportRun:notEmpty');
  await systemMenu(page, 'export');
  await page.getByRole('button', { name: 'Vælg mappe' }).press('Enter');
  await page.getByRole('button', { name: 'Eksportér ukrypteret' }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('Der blev ikke eksporteret noget');
  await desk.sound();
  await page.getByRole('button', { name: 'Vælg en anden' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Eksportér ukrypteret' })).toBeVisible();
});

test('an export of a damaged journal says what could not be read and what to do', async ({ page }) => {
  const desk = await Desk.open(page, 'unreadable=2,0,1');
  await systemMenu(page, 'export');
  await page.getByRole('button', { name: 'Vælg mappe' }).press('Enter');
  await page.getByRole('button', { name: 'Eksportér ukrypteret' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Det, der kan læses, er eksporteret' });
  await expect(dialog).toContainText('20 refleksioner ligger nu i');
  await expect(dialog).toContainText('2 refleksioner kan ikke læses og er ikke med.');
  await expect(dialog).toContainText('1 bilag kan ikke læses og er ikke med.');
  await expect(dialog).not.toContainText('mangler noget andet');
  await expect(dialog).toContainText('kopiér mappen med journalen til et sikkert sted');
  await desk.sound();
});

test('an export of a damaged journal that lost nothing says that too', async ({ page }) => {
  const desk = await Desk.open(page, 'unreadable=0,0,0&lang=en');
  await systemMenu(page, 'export');
  await page.getByRole('button', { name: 'Choose a folder' }).press('Enter');
  await page.getByRole('button', { name: 'Export unencrypted' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'What can be read is exported' });
  await expect(dialog).toContainText('All reflections and attachments can be read and are there.');
  await desk.sound();
});

for (const mode of ['lang=da&theme=dark', 'lang=en&theme=light', 'lang=en&theme=dark']) {
  test(`import and export are sound: ${mode}`, async ({ page }) => {
    const desk = await Desk.open(page, mode);
    await systemMenu(page, 'import');
    await expect(page.getByRole('button', { name: /Vælg fil|Choose a file/ })).toBeFocused();
    await desk.sound();
    await page.keyboard.press('Enter');
    await page.getByText(/Day One (i|in) /).waitFor();
    await desk.sound();
    await page.keyboard.press('Escape');
    await systemMenu(page, 'export');
    await expect(page.getByRole('radio', { name: /Markdown/ })).toBeFocused();
    await desk.sound();
  });
}
