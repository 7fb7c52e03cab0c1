import { expect, test } from '@playwright/test';
import { Desk } from './journal';

// Axe reads the whole page several times in each.
test.describe.configure({ timeout: 120_000 });

const MODES = ['lang=da&theme=light', 'lang=da&theme=dark', 'lang=en&theme=light', 'lang=en&theme=dark'];

for (const mode of MODES) {
  test(`the list and an entry are sound: ${mode}`, async ({ page }) => {
    const desk = await Desk.open(page, mode);
    await desk.sound();
    await desk.read('At give slip');
    await desk.sound();
  });

  test(`a new entry and its menu are sound: ${mode}`, async ({ page }) => {
    const desk = await Desk.open(page, mode);
    await page.keyboard.press('Control+n');
    await expect(desk.text).toBeFocused();
    await desk.sound();
    await page.getByRole('button', { name: /^(Mere|More)$/ }).press('Enter');
    await expect(page.getByRole('menu')).toBeVisible();
    await desk.sound();
  });

  test(`tags, this day and the trash are sound: ${mode}`, async ({ page }) => {
    const desk = await Desk.open(page, mode);
    await desk.view(/Emner|Tags/);
    await desk.sound();
    await desk.view(/På denne dag|On this day/);
    await desk.sound();
    await desk.view(/Papirkurv|Trash/);
    await desk.sound();
  });

  test(`a search and its tips are sound: ${mode}`, async ({ page }) => {
    const desk = await Desk.open(page, mode);
    await page.keyboard.press('Control+Shift+F');
    await expect(desk.search).toBeFocused();
    await page.keyboard.type('netværk');
    await expect(desk.list.locator('mark')).not.toHaveCount(0);
    await desk.sound();
    await page.getByRole('button', { name: /Søgetips|Search tips/ }).press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await desk.sound();
  });

  test(`what failed is said soundly: ${mode}`, async ({ page }) => {
    const desk = await Desk.open(page, `${mode}&fail=entrySave:noSpace`);
    await desk.read('At give slip');
    await page.keyboard.type('x');
    await page.getByRole('button', { name: /Kopiér teksten|Copy the text/ }).waitFor();
    await desk.sound();
  });

  test(`an entry that cannot be had is said soundly: ${mode}`, async ({ page }) => {
    const desk = await Desk.open(page, `${mode}&fail=entryGet:damaged`);
    await desk.rows.first().click();
    await page.getByRole('alert').waitFor();
    await desk.sound();
  });
}
