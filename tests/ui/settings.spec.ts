import { expect, expectAccessible, open, passphrase, test, themes, type Page } from './window';

const renewed = 'PA7L-E6MU-4KHC-3JN5-DW0S-F2TV-9X8G-QZRY-LQ7A-UM6E';
const sentence = 'blå cykel spiser torsdag';

async function settings(page: Page, query = '') {
  await open(page, query);
  await page.keyboard.press('Control+,');
  await page.locator('.settings li').nth(2).waitFor();
}

test('language and look hold at once', async ({ page }) => {
  await settings(page);
  await page.getByRole('radio', { name: 'English' }).check();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('radio', { name: 'Light' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('the theme follows the computer until another is chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await settings(page);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('the minutes until the lock can be chosen, and spelling turned off by keyboard', async ({ page }) => {
  await settings(page);
  const minutes = page.getByRole('combobox');
  await expect(minutes).toHaveValue('10');
  await minutes.selectOption('30');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('combobox')).toHaveValue('30');
  const spelling = page.getByRole('switch', { name: 'Stavekontrol' });
  await spelling.focus();
  await page.keyboard.press('Space');
  await expect(spelling).toHaveAttribute('aria-checked', 'false');
});

test('the passphrase is changed, and the old one opens nothing any more', async ({ page }) => {
  await settings(page);
  await page.getByRole('button', { name: 'Skift …' }).click();
  await page.getByLabel('Den nuværende').fill('forkert');
  await page.getByLabel('Den nye').fill(sentence);
  await page.getByLabel('Skriv den igen').fill(sentence);
  await expect(page.getByText('En hurtig computer', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Skift', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('Det er ikke adgangssætningen til denne journal.');
  await page.getByLabel('Den nuværende').fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Den nye adgangssætning gælder nu.')).toBeVisible();
  await page.keyboard.press('Control+l');
  await page.getByLabel('Adgangssætning').fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Adgangssætning').fill(sentence);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Steder' })).toBeVisible();
});

test('a new recovery key is shown, asked for, and only then holds; older backups are spoken of', async ({ page }) => {
  await settings(page);
  await page.getByRole('button', { name: 'Lav en ny …' }).click();
  await expect(page.getByText('Ældre sikkerhedskopier beholder deres gamle nøgler.', { exact: false })).toBeVisible();
  await page.getByRole('radio', { name: /Også den nøgle, journalen er krypteret med/ }).check();
  await page.getByLabel('Din adgangssætning').fill(passphrase);
  await page.getByRole('button', { name: 'Lav en ny nøgle' }).click();
  await expect(page.getByRole('dialog').getByText('PA7L')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Jeg har den' }).click();
  await page.getByRole('textbox', { name: 'Gendannelsesnøgle' }).fill('PA7L');
  await page.getByRole('button', { name: 'Tag den i brug' }).click();
  await expect(page.getByRole('alert')).toContainText('Et tegn i gendannelsesnøglen');
  await page.getByRole('textbox', { name: 'Gendannelsesnøgle' }).fill(renewed);
  await page.getByRole('button', { name: 'Tag den i brug' }).click();
  await expect(page.getByText('Den gamle åbner ikke længere.', { exact: false })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('this computer is forgotten and remembered again', async ({ page }) => {
  await settings(page);
  await page.getByRole('button', { name: 'Glem nøglen' }).click();
  await expect(page.getByText('Denne computer har glemt nøglen.')).toBeVisible();
  await page.getByRole('button', { name: 'Husk nøglen …' }).click();
  await page.getByLabel('Din adgangssætning').fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Denne computer husker nu nøglen.')).toBeVisible();
});

test('a keyring that does not answer is said in the dialog', async ({ page }) => {
  await settings(page, 'keyring=none');
  await page.getByRole('button', { name: 'Husk nøglen …' }).click();
  await page.getByLabel('Din adgangssætning').fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Computerens nøglering svarer ikke.');
});

test('settings that cannot be written say so', async ({ page }) => {
  await settings(page, 'fail=settingsSave:notWritable');
  await page.getByRole('radio', { name: 'Mørk' }).click();
  await expect(page.getByText('Her kan der ikke skrives.')).toBeVisible();
  // What could not be kept is not shown as chosen.
  await expect(page.getByRole('radio', { name: 'Mørk' })).not.toBeChecked();
});

test('reminders are chosen by day, and kept', async ({ page }) => {
  await settings(page);
  const week = page.getByRole('checkbox', { name: '7 dage før' });
  await expect(page.getByRole('checkbox', { name: '3 dage før' })).toBeChecked();
  await week.press('Space');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+,');
  await expect(week).toBeChecked();
});

test('reminders that cannot be kept are not shown as chosen', async ({ page }) => {
  await settings(page, 'fail=remindingSave:notWritable');
  await page.getByRole('checkbox', { name: '7 dage før' }).press('Space');
  await expect(page.getByText('Her kan der ikke skrives.')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: '7 dage før' })).not.toBeChecked();
});

test('what a notification says is off at first; both switches keep the focus and what was chosen', async ({ page }) => {
  await settings(page);
  const promises = page.getByRole('switch', { name: 'Mind mig om løfter på dagen' });
  const names = page.getByRole('switch', { name: 'Skriv i beskeden, hvad den handler om' });
  await expect(promises).toBeChecked();
  await expect(names).not.toBeChecked();
  await names.press('Space');
  await expect(names).toBeFocused();
  await promises.press('Space');
  await expect(promises).toBeFocused();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+,');
  await expect(names).toBeChecked();
  await expect(promises).not.toBeChecked();
});

test('notifications are turned off as a whole, and what hangs on them is then out of reach', async ({ page }) => {
  await settings(page);
  const notify = page.getByRole('switch', { name: 'Vis påmindelser som beskeder på skærmen' });
  await expect(notify).toBeChecked();
  await notify.press('Space');
  await expect(notify).toBeFocused();
  await expect(page.getByRole('switch', { name: 'Mind mig om løfter på dagen' })).toBeDisabled();
  await expect(page.getByRole('switch', { name: 'Skriv i beskeden, hvad den handler om' })).toBeDisabled();
  // What is to be prepared still stands on the day, so its days can be chosen.
  await expect(page.getByRole('checkbox', { name: '3 dage før' })).toBeEnabled();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+,');
  await expect(notify).not.toBeChecked();
});

test('a switch that could not be kept goes back', async ({ page }) => {
  await settings(page, 'fail=remindingSave:notWritable');
  const names = page.getByRole('switch', { name: 'Skriv i beskeden, hvad den handler om' });
  await names.press('Space');
  await expect(page.getByText('Her kan der ikke skrives.')).toBeVisible();
  await expect(names).not.toBeChecked();
});

test('the leader’s own addresses are kept, and what is none is said', async ({ page }) => {
  await settings(page);
  const own = page.getByLabel('Dine e-mailadresser');
  await own.fill('karen');
  await own.press('Tab');
  await expect(page.getByRole('alert')).toContainText('En adresse skal se ud som');
  await own.fill('karen@eksempel.dk, k@eksempel.dk');
  await own.press('Tab');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+,');
  await expect(own).toHaveValue('karen@eksempel.dk, k@eksempel.dk');
});

test('import and export are reached from here', async ({ page }) => {
  await settings(page);
  await page.getByRole('button', { name: 'Hent en journal …' }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Vælg fil' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Eksportér …' }).click();
  await expect(page.getByRole('dialog').getByRole('radio', { name: /Markdown/ })).toBeFocused();
});

for (const theme of themes) {
  test(`the dialogs of the keys are sound in ${theme}`, async ({ page }) => {
    await settings(page, `theme=${theme}`);
    for (const name of ['Skift …', 'Lav en ny …']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });
}
