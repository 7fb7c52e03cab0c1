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

for (const lang of languages) {
  for (const theme of themes) {
    test(`an empty journal invites, ${lang} ${theme}`, async ({ page }) => {
      await open(page, `entries=0&lang=${lang}&theme=${theme}`);
      await page.locator('.invite').waitFor();
      await expectAccessible(page);
    });
  }
}
