import { expect, expectAccessible, expectNoSidewaysLoss, open, recoveryKey, test, enlarge, type Page } from './window';

const sentence = 'blå cykel spiser torsdag';

const next = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function toPassphrase(page: Page) {
  await next(page, 'Kom i gang');
  await next(page, 'Brug denne mappe');
}

async function toKey(page: Page) {
  await toPassphrase(page);
  await page.getByLabel('Adgangssætning').fill(sentence);
  await page.getByLabel('Skriv den igen').fill(sentence);
  await expect(page.getByText('Meget god.')).toBeVisible();
  await next(page, 'Brug denne sætning');
  await next(page, 'Videre');
  await expect(page.getByRole('heading', { name: 'Din gendannelsesnøgle' })).toBeVisible();
}

test('a leader makes her vault by keyboard alone, and stands before an empty day', async ({ page }) => {
  await open(page, 'stage=firstRun&entries=0');
  const keys = page.keyboard;
  await expect(page.getByText('Trin 1 af 6')).toBeVisible();
  await page.getByRole('button', { name: 'Kom i gang' }).focus();
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: 'Hvor skal journalen ligge?' })).toBeFocused();
  await keys.press('Tab');
  await expect(page.getByRole('button', { name: 'Vælg en anden …' })).toBeFocused();
  await keys.press('Tab');
  await keys.press('Tab');
  await expect(page.getByRole('button', { name: 'Brug denne mappe' })).toBeFocused();
  await keys.press('Enter');
  await expect(page.getByLabel('Adgangssætning')).toBeFocused();
  await keys.type(sentence);
  await keys.press('Tab');
  await keys.press('Tab');
  await expect(page.getByLabel('Skriv den igen')).toBeFocused();
  await keys.type(sentence);
  // Only the whole sentence is called so: half of it was judged while it was being typed.
  await expect(page.getByText('Meget god.')).toBeVisible();
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: 'Skal denne computer huske nøglen?' })).toBeFocused();
  await keys.press('Tab');
  await keys.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /Åbn uden at spørge/ })).toBeChecked();
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: 'Din gendannelsesnøgle' })).toBeFocused();
  await page.getByRole('button', { name: 'Jeg har den' }).focus();
  await keys.press('Enter');
  await expect(page.getByLabel('Gendannelsesnøgle')).toBeFocused();
  await keys.insertText(recoveryKey.toLowerCase().replaceAll('-', ' '));
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: 'Tirsdag den 24. november' })).toBeVisible();
  await expect(page.getByText('Tag din gamle dagbog med.')).toBeVisible();
});

test('every step can go back, and what was typed is still there', async ({ page }) => {
  await open(page, 'stage=firstRun');
  await toKey(page);
  await next(page, 'Tilbage');
  await next(page, 'Tilbage');
  await expect(page.getByLabel('Adgangssætning')).toHaveValue(sentence);
  await next(page, 'Tilbage');
  await expect(page.getByText('/home/karen/Dokumenter/Fristed')).toBeVisible();
  await next(page, 'Tilbage');
  await expect(page.getByText('Trin 1 af 6')).toBeVisible();
});

test('the language changes where one stands, without a new page', async ({ page }) => {
  await open(page, 'stage=firstRun');
  await page.evaluate(() => Object.assign(window, { same: true }));
  await page.getByRole('radio', { name: 'English' }).check();
  await expect(page.getByRole('heading', { name: 'Welcome to Fristed' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
});

test('a passphrase that is easy to guess is said to be so, and goes no further', async ({ page }) => {
  await open(page, 'stage=firstRun');
  await toPassphrase(page);
  await page.getByLabel('Adgangssætning').fill('sommer2024');
  await expect(page.getByText('Meget svag.')).toBeVisible();
  await page.getByLabel('Skriv den igen').fill('sommer2024');
  await next(page, 'Brug denne sætning');
  await expect(page.getByText('Adgangssætningen er for let at gætte.')).toBeVisible();
  await expect(page.getByText('Trin 3 af 6')).toBeVisible();
  await page.getByLabel('Adgangssætning').fill(sentence);
  await next(page, 'Brug denne sætning');
  await expect(page.getByText('De to er ikke ens.')).toBeVisible();
});

test('a recovery key that is mistyped, or another one, makes no vault', async ({ page }) => {
  await open(page, 'stage=firstRun');
  await toKey(page);
  await next(page, 'Jeg har den');
  await page.getByLabel('Gendannelsesnøgle').fill('QZRY-9X8G');
  await next(page, 'Lav journalen');
  await expect(page.getByRole('alert')).toContainText('Et tegn i gendannelsesnøglen er skrevet forkert');
  await page.getByLabel('Gendannelsesnøgle').fill(recoveryKey.replace('QZRY', 'PPPP'));
  await next(page, 'Lav journalen');
  await expect(page.getByRole('alert')).toContainText('Det er ikke den nøgle, du lige fik vist.');
  await expect(page.getByLabel('Gendannelsesnøgle')).toBeFocused();
});

test('on paper there is the key, its place, its day and what it is for, and nothing else', async ({ page }) => {
  await open(page, 'stage=firstRun');
  await toKey(page);
  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('.printed');
  await expect(paper).toBeVisible();
  for (const group of recoveryKey.split('-')) await expect(paper).toContainText(group);
  await expect(paper).toContainText('/home/karen/Dokumenter/Fristed');
  await expect(paper).toContainText('24. november 2026');
  await expect(paper).toContainText('hvis du glemmer din adgangssætning');
  await expect(page.getByRole('button', { name: 'Jeg har den' })).toBeHidden();
});

test('a folder that is kept in step elsewhere is pointed out', async ({ page }) => {
  await open(page, 'stage=firstRun&synced');
  await next(page, 'Kom i gang');
  await expect(page.getByText('Mappen kopieres af en tjeneste som OneDrive eller Dropbox.')).toBeVisible();
});

test('a folder that cannot be written is refused with the reason and what to do', async ({ page }) => {
  await open(page, 'stage=firstRun&folder=/usr/share');
  await next(page, 'Kom i gang');
  await next(page, 'Vælg en anden …');
  await expect(page.getByRole('alert')).toContainText('Her kan der ikke skrives.');
  await expect(page.getByRole('button', { name: 'Brug denne mappe' })).toBeDisabled();
});

test('an existing journal can be chosen instead', async ({ page }) => {
  await open(page, 'stage=firstRun');
  await next(page, 'Jeg har allerede en journal …');
  await expect(page.getByText('Din journal er låst. Kun du kan åbne den.')).toBeVisible();
});

test('a full disk at the end is said, and what was typed stays', async ({ page }) => {
  await open(page, 'stage=firstRun&fail=firstRunFinish:noSpace');
  await toKey(page);
  await next(page, 'Jeg har den');
  await page.getByLabel('Gendannelsesnøgle').fill(recoveryKey);
  await next(page, 'Lav journalen');
  await expect(page.getByRole('alert')).toContainText('Der er ikke mere plads på disken');
  await expect(page.getByLabel('Gendannelsesnøgle')).toHaveValue(recoveryKey);
});

test('without a keyring the step says so and asks nothing', async ({ page }) => {
  await open(page, 'stage=firstRun&keyring=none');
  await toPassphrase(page);
  await page.getByLabel('Adgangssætning').fill(sentence);
  await page.getByLabel('Skriv den igen').fill(sentence);
  await expect(page.getByText('Meget god.')).toBeVisible();
  await next(page, 'Brug denne sætning');
  await expect(page.getByText('Fristed kan ikke bruge nogen nøglering', { exact: false })).toBeVisible();
  await expect(page.getByRole('radio')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`every step is sound in ${theme}, also in english and in large text`, async ({ page }) => {
    await open(page, `stage=firstRun&theme=${theme}`);
    await expectAccessible(page);
    await toPassphrase(page);
    await page.getByLabel('Adgangssætning').fill('kort');
    await expect(page.getByText('Meget svag.')).toBeVisible();
    await expectAccessible(page);
    await next(page, 'Tilbage');
    await expectAccessible(page);
    await next(page, 'Brug denne mappe');
    // What was typed before is judged too, so another word would still stand there.
    await page.getByLabel('Adgangssætning').fill(sentence);
    await page.getByLabel('Skriv den igen').fill(sentence);
    await expect(page.getByText('Meget god.')).toBeVisible();
    await next(page, 'Brug denne sætning');
    await expect(page.getByRole('radio')).toHaveCount(2);
    await expectAccessible(page);
    await next(page, 'Videre');
    await expect(page.getByRole('button', { name: 'Jeg har den' })).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 900, height: 600 });
    await enlarge(page, 200);
    await expectNoSidewaysLoss(page);
    await next(page, 'Jeg har den');
    await expectNoSidewaysLoss(page);
    await expectAccessible(page);
  });
}

test('the english first run is sound', async ({ page }) => {
  await open(page, 'stage=firstRun&lang=en');
  await expectAccessible(page);
  await next(page, 'Get started');
  await expectAccessible(page);
});
