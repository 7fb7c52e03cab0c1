import { expect, expectAccessible, languages, open, test, themes } from './window';

test('the day shows a question, what was written on it before, and the latest', async ({ page }) => {
  await open(page);
  await expect(page.getByText('Uge 48')).toBeVisible();
  await expect(page.getByText('For et år siden')).toBeVisible();
  await expect(page.getByText('”Jeg gik derfra med en følelse', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: /Efter netværksmødet/ }).click();
  await expect(page.getByRole('button', { name: 'Refleksioner', exact: true })).toHaveAttribute('aria-current', 'page');
});

test('another question takes the place of the first without moving anything', async ({ page }) => {
  await open(page);
  const question = page.locator('.prompt');
  const before = await question.textContent();
  const button = page.getByRole('button', { name: 'Et andet spørgsmål' });
  const place = await button.boundingBox();
  await button.click();
  await expect(question).not.toHaveText(before ?? '');
  expect(await button.boundingBox()).toEqual(place);
});

test('writing begins with the question that stands there', async ({ page }) => {
  await open(page);
  const question = (await page.locator('.prompt').textContent()) ?? '';
  await page.keyboard.press('Control+n');
  await expect(page.locator('.cm-content')).toContainText(question);
});

test('nothing moves while the day is being read', async ({ page }) => {
  await open(page, 'wait=600');
  const button = page.getByRole('button', { name: 'Begynd at skrive' });
  const before = await button.boundingBox();
  await page.getByRole('region', { name: 'Senest' }).getByRole('list').waitFor();
  expect(await button.boundingBox()).toEqual(before);
});

test('a journal that cannot be read says so where its rows would stand, and can be asked again', async ({ page }) => {
  await open(page, 'fail=entryPage:io');
  await expect(page.getByRole('alert')).toContainText('Filerne kunne ikke læses eller skrives.');
  await page.getByRole('button', { name: 'Prøv igen' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
});

test('the next meeting shows which parts have something in them, and leads to its preparation', async ({ page }) => {
  await open(page);
  await expect(page.getByText('næste netværksmøde om 2 dage', { exact: false })).toBeVisible();
  await expect(page.getByText('3 af 5 dele har noget i sig')).toBeVisible();
  await expect(page.getByText('Ikke endnu: netværkets spørgsmål og løfterne fra sidst')).toBeVisible();
  await page.getByRole('button', { name: 'Forbered', exact: true }).press('Enter');
  await expect(page.getByRole('tab', { name: 'Før' })).toHaveAttribute('aria-selected', 'true');
});

test('a promise that is due is ticked, stays in sight, and can be taken back', async ({ page }) => {
  await open(page);
  const due = page.getByRole('checkbox', { name: /Vent med at svare på afdelingsmødet/ });
  await due.press('Space');
  await expect(due).toBeChecked();
  await page.locator('.toast').getByRole('button', { name: 'Fortryd' }).click();
  await expect(due).not.toBeChecked();
});

test('a reminder is put away for good', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /Læg påmindelsen om At lede gennem andre væk/ }).press('Enter');
  await expect(page.getByText('Du bad om at blive mindet om')).toHaveCount(0);
  await page.keyboard.press('Alt+2');
  await page.keyboard.press('Alt+1');
  await page.getByText('Næste møde').waitFor();
  await expect(page.getByText('Du bad om at blive mindet om')).toHaveCount(0);
});

test('the journal stands also where the networks cannot be read', async ({ page }) => {
  await open(page, 'fail=networkDay:damaged');
  await expect(page.getByRole('alert')).toContainText('Noget i journalens fil kan ikke læses.');
  await expect(page.getByRole('button', { name: /Efter netværksmødet/ })).toBeVisible();
});

for (const lang of languages) {
  for (const theme of themes) {
    test(`an empty journal invites, ${lang} ${theme}`, async ({ page }) => {
      await open(page, `entries=0&lang=${lang}&theme=${theme}`);
      await page.locator('.invite').waitFor();
      await expectAccessible(page);
    });
  }
}
