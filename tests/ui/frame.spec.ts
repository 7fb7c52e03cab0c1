import { enlarge, expect, expectAccessible, expectNoSidewaysLoss, languages, open, passphrase, test, themes, type Page } from './window';

/** Chooses in the system menu. */
const choose = (page: Page, item: string) =>
  page.evaluate((one) => (window as unknown as { fristedMenu(item: string): void }).fristedMenu(one), item);

test('every place is reached by keys, and the title never tells more than the program’s name', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'Indstillinger' })).toBeVisible();
  await page.keyboard.press('F1');
  await expect(page.getByRole('heading', { level: 1, name: 'Hjælp' })).toBeVisible();
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('searchbox')).toBeVisible();
  await page.keyboard.press('Alt+3');
  await expect(page.getByRole('heading', { level: 1, name: /Uge 48/ })).toBeVisible();
  await page.keyboard.press('Alt+4');
  await expect(page.getByRole('heading', { level: 1, name: 'Netværk' })).toBeVisible();
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('heading', { level: 1, name: 'Tirsdag den 24. november' })).toBeVisible();
  await page.keyboard.press('Control+Shift+F');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await expect(page).toHaveTitle('Fristed');
});

test('help says what sharing is, who reads it, and what the server sees', async ({ page }) => {
  await open(page);
  await page.getByRole('navigation', { name: 'Steder' }).getByRole('button', { name: 'Hjælp' }).click();
  await page.getByRole('link', { name: 'At dele med dit netværk' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'At dele med dit netværk' })).toBeFocused();
  const part = page.getByRole('region', { name: 'At dele med dit netværk' });
  await expect(part).toContainText('Intet bliver delt af sig selv');
  await expect(part).toContainText('kan ikke gøres ulæst');
  await expect(part).toContainText('Serveren kan ikke læse det, I deler');
});

test('the first stop of the tab key skips to the content', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Gå til indholdet' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Begynd at skrive' })).toBeFocused();
});

test('the current place is told to readers too', async ({ page }) => {
  await open(page);
  const places = page.getByRole('navigation', { name: 'Steder' });
  await expect(places.getByRole('button', { name: 'I dag' })).toHaveAttribute('aria-current', 'page');
  await places.getByRole('button', { name: 'Hjælp' }).click();
  await expect(places.getByRole('button', { name: 'Hjælp' })).toHaveAttribute('aria-current', 'page');
});

test('the list of keys opens with a question mark, closes with escape, and gives the focus back', async ({ page }) => {
  await open(page);
  const help = page.getByRole('button', { name: 'Hjælp' });
  await help.focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Taster' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(help).toBeFocused();
});

test('a question mark is a sign like any other in a field', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+Shift+F');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('hvad?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toHaveValue('hvad?');
});

test('the system menu does what the keys do', async ({ page }) => {
  await open(page);
  await choose(page, 'settings');
  await expect(page.getByRole('heading', { level: 1, name: 'Indstillinger' })).toBeVisible();
  await choose(page, 'import');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await choose(page, 'shortcuts');
  await expect(page.getByRole('dialog', { name: 'Taster' })).toBeVisible();
  await choose(page, 'lock');
  await expect(page.getByLabel('Adgangssætning')).toBeVisible();
});

for (const from of ['menu', 'keys'] as const) {
  test(`a wish in the moment after a dialog was closed is not lost, by ${from}`, async ({ page }) => {
    await open(page);
    const help = page.getByRole('button', { name: 'Hjælp' });
    await help.focus();
    await choose(page, 'import');
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Vælg fil' })).toBeFocused();
    // Both before the next frame, in which the closed dialog leaves the page.
    await page.evaluate((by) => {
      const press = (key: string) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      press('Escape');
      if (by === 'keys') press('?');
      else (window as unknown as { fristedMenu(item: string): void }).fristedMenu('shortcuts');
    }, from);
    const keys = page.getByRole('dialog', { name: 'Taster' });
    await expect(keys).toBeVisible();
    await expect(keys.locator(':focus')).toHaveCount(1);
    await expect(page.getByRole('dialog')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(help).toBeFocused();
  });
}

test('a dialog that asks is answered first, whatever is wished beside it', async ({ page }) => {
  await open(page);
  await choose(page, 'import');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Control+,');
  await choose(page, 'shortcuts');
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await expect(dialog).toHaveCount(1);
  await expect(dialog).toHaveAccessibleName('Hent en journal');
});

test('locking saves first and leaves no text in the page', async ({ page }) => {
  await open(page, 'entries=0');
  await page.keyboard.press('Control+n');
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.type('En hemmelig sætning om tillid');
  await page.keyboard.press('Control+l');
  await expect(page.getByLabel('Adgangssætning')).toBeFocused();
  expect(await page.content()).not.toContain('hemmelig sætning');
  await expect(page).toHaveTitle('Fristed');
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Tirsdag den 24. november' })).toBeVisible();
  await expect(page.getByText('En hemmelig sætning om tillid', { exact: false }).first()).toBeVisible();
});

test('a text that cannot be saved keeps the journal open and says why', async ({ page }) => {
  await open(page, 'fail=entrySave:noSpace,entryCreate:noSpace&entries=0');
  await page.keyboard.press('Control+n');
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.type('Det, der ikke må gå tabt');
  await page.keyboard.press('Control+l');
  await expect(page.getByText('Der er ikke mere plads på disken', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Steder' })).toBeVisible();
});

test('nobody at the computer locks it', async ({ page }) => {
  await open(page, 'idle=0.02');
  await expect(page.getByLabel('Adgangssætning')).toBeVisible({ timeout: 10_000 });
});

test('in a narrow window the places are icons whose names come with the focus', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await open(page);
  const item = page.getByRole('button', { name: 'Refleksioner' });
  const name = item.locator('.name');
  await expect(name).toHaveCSS('opacity', '0');
  await item.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(name).toHaveCSS('opacity', '1');
});

for (const lang of languages) {
  for (const theme of themes) {
    test(`today, settings and help are sound, ${lang} ${theme}`, async ({ page }) => {
      await open(page, `lang=${lang}&theme=${theme}`);
      await page.locator('.today ul').first().waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Control+,');
      await page.locator('.settings li').nth(2).waitFor();
      await expectAccessible(page);
      await page.keyboard.press('F1');
      await page.locator('.help').waitFor();
      await expectAccessible(page);
    });

    test(`nothing is lost sideways in a small window with text of 200 %, ${lang} ${theme}`, async ({ page }) => {
      await page.setViewportSize({ width: 900, height: 600 });
      await open(page, `lang=${lang}&theme=${theme}`);
      await enlarge(page, 200);
      await page.locator('.today ul').first().waitFor();
      await expectNoSidewaysLoss(page);
      await page.keyboard.press('Control+,');
      await page.locator('.settings li').nth(2).waitFor();
      await expectNoSidewaysLoss(page);
      await page.keyboard.press('F1');
      await page.locator('.help').waitFor();
      await expectNoSidewaysLoss(page);
      await page.keyboard.press('Control+/');
      await page.getByRole('dialog').waitFor();
      await expectNoSidewaysLoss(page);
    });
  }
}
