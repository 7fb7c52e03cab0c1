import { expect, expectAccessible, open, test } from './window';

const looks = ['lang=da&theme=light', 'lang=en&theme=dark'];

for (const look of looks) {
  for (const [key, view] of [['1', 'month'], ['2', 'week'], ['3', 'day'], ['4', 'list']] as const) {
    test(`the calendar is sound as a ${view}: ${look}`, async ({ page }) => {
      await open(page, look);
      await page.keyboard.press('Alt+3');
      await expect(page.getByRole('button', { name: /^(Ny begivenhed|New event)/ }).first()).toBeVisible();
      await page.keyboard.press(key);
      await expectAccessible(page);
    });
  }

  test(`networks and a meeting are sound before, during and after: ${look}`, async ({ page }) => {
    await open(page, look);
    await page.keyboard.press('Alt+4');
    await expectAccessible(page);
    await page.getByRole('button', { name: /Ledernetværk Syd/ }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Ledernetværk Syd' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: /At lede gennem andre/ }).first().click();
    for (const part of [/^(Under|During)/, /^(Efter|After)/, /^(Før|Before)/]) {
      await page.getByRole('tab', { name: part }).click();
      await expect(page.getByRole('tab', { name: part })).toHaveAttribute('aria-selected', 'true');
      await expectAccessible(page);
    }
  });
}

test('an event is made by keyboard and taken back', async ({ page }) => {
  await open(page, 'events=0');
  await page.keyboard.press('Alt+3');
  await expect(page.getByRole('button', { name: /^Ny begivenhed/ }).first()).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('Møde om vagtplanen');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('Møde om vagtplanen').first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Møde om vagtplanen')).toHaveCount(0);
});

test('a promise is understood in one line and kept', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: /Ledernetværk Syd/ }).first().click();
  const line = page.getByLabel('Nyt løfte');
  await line.fill('Mette: sender årshjulet inden fredag');
  await line.press('Enter');
  await expect(page.getByText('sender årshjulet', { exact: false }).first()).toBeVisible();
  await expect(line).toHaveValue('');
});
