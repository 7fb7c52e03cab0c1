import { expect, test } from '@playwright/test';
import { Desk } from './journal';

// Axe reads the whole page several times in each.
test.describe.configure({ timeout: 120_000 });

test('a list of 100,000 scrolls to its end and back, with only the rows in sight in the page', async ({ page }) => {
  const desk = await Desk.open(page, 'entries=100000');
  await expect(desk.list).toHaveAttribute('aria-label', /100\.000 refleksioner/);
  await desk.list.focus();
  await page.keyboard.press('End');
  await expect(desk.rows.last()).toHaveAttribute('aria-posinset', '100000');
  await expect(desk.rows.last()).not.toHaveAttribute('aria-busy', 'true');
  expect(await desk.rows.count()).toBeLessThan(40);
  await page.keyboard.press('Home');
  await expect(desk.rows.first()).toHaveAttribute('aria-posinset', '1');

  // A long throw of the wheel: at no moment are there more rows in the page than can be seen and a few,
  // so that no frame has more to draw than the first one had.
  const most = await desk.list.evaluate(async (list) => {
    let rows = 0;
    for (let step = 0; step < 60; step += 1) {
      list.scrollTop += 4000;
      await new Promise((next) => requestAnimationFrame(next));
      rows = Math.max(rows, list.querySelectorAll('[role=option]').length);
    }
    return rows;
  });
  expect(most).toBeLessThan(40);
  await expect(desk.rows.filter({ hasNot: page.locator('.bar') }).first()).toBeVisible();
});

test('the keys go through the list, and the entry follows', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.list.focus();
  await page.keyboard.press('ArrowDown');
  await expect(desk.title).toHaveValue('Efter netværksmødet');
  await expect(desk.list).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(desk.title).toHaveValue('At give slip på en opgave');
  await page.keyboard.press('PageDown');
  const active = await desk.list.getAttribute('aria-activedescendant');
  expect(active).toBeTruthy();
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(desk.text).toBeFocused();
});

test('the open entry stays marked when a new one comes above it', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.read('Samtalen, der gik skævt');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Nyt. ');
  await desk.saved();
  await expect(desk.rows.and(page.locator('[aria-selected=true]'))).toContainText('Samtalen, der gik skævt');
});

test('the calendar is one stop, goes by the keys of a grid, and a day narrows the list', async ({ page }) => {
  const desk = await Desk.open(page);
  const today = desk.grid.getByRole('button', { name: /tirsdag den 24. november/ });
  await expect(today).toHaveAttribute('aria-current', 'date');
  await today.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await expect(desk.grid.getByRole('button', { name: /mandag den 16. november/ })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('PageUp');
  await expect(page.getByRole('grid', { name: 'Oktober 2026' })).toBeVisible();
  await expect(desk.grid.getByRole('button', { name: /22. oktober/ })).toBeFocused();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const thursday = desk.grid.getByRole('button', { name: 'torsdag den 19. november, 1 refleksion' });
  await expect(thursday).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(desk.rows).toHaveCount(1);
  await expect(desk.rows).toContainText('Efter netværksmødet');
  await expect(desk.grid.getByRole('gridcell', { selected: true })).toHaveText(/19/);
  await page.getByRole('button', { name: 'Vis alle' }).press('Enter');
  await expect(desk.rows).not.toHaveCount(1);
});

test('a month is one choice, and an empty day invites', async ({ page }) => {
  const desk = await Desk.open(page);
  await page.getByRole('button', { name: 'Vis hele November 2026' }).press('Enter');
  await expect(desk.list).toHaveAttribute('aria-label', /November 2026, 4 refleksioner/);
  await desk.grid.getByRole('button', { name: /mandag den 2. november/ }).press('Enter');
  await expect(page.getByText('Du har ikke skrevet noget den dag.')).toBeVisible();
  await page.getByRole('button', { name: 'Skriv om den dag' }).press('Enter');
  await expect(desk.text).toBeFocused();
  await page.keyboard.type('Den dag.');
  await desk.saved();
  await expect(page.getByRole('button', { name: /Skift dag og tid: Mandag den 2. november/ })).toBeVisible();
});

test('the list shows what has a star, a tag, or this day in other years', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.view('Med stjerne');
  await expect(desk.rows.first()).toContainText('Med stjerne');
  await desk.view('Emner');
  await page.getByRole('button', { name: /^netværk/ }).press('Enter');
  await expect(desk.list).toHaveAttribute('aria-label', /^netværk, /);
  await desk.view('På denne dag');
  await expect(desk.rows.first()).toContainText('24. nov. 20');
});

test('results come while typing, hits only, each marked; Escape clears', async ({ page }) => {
  const desk = await Desk.open(page);
  await page.keyboard.press('Control+Shift+F');
  await expect(desk.search).toBeFocused();
  await page.keyboard.type('netværk');
  await expect(page.getByRole('status').filter({ hasText: 'fund' })).toBeVisible();
  const count = await desk.rows.count();
  expect(count).toBeGreaterThan(0);
  await expect(desk.list.locator('mark')).not.toHaveCount(0);
  for (const row of await desk.rows.all()) await expect(row.locator('mark').first()).toBeVisible();
  await desk.sound();
  await page.keyboard.press('ArrowDown');
  await expect(desk.list).toBeFocused();
  await page.keyboard.press('Control+Shift+F');
  await expect(desk.search).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(desk.text).toBeFocused();
  await page.keyboard.press('Control+Shift+F');
  await expect(desk.search).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(desk.search).toHaveValue('');
  await expect(desk.list.locator('mark')).toHaveCount(0);
});

test('a search with no hits helps on, and its tips can be read', async ({ page }) => {
  const desk = await Desk.open(page);
  await page.keyboard.press('Control+Shift+F');
  await expect(desk.search).toBeFocused();
  await page.keyboard.type('"( tag: zzz');
  await expect(page.getByText('Ingen refleksioner passer på det, du søger.')).toBeVisible();
  await expect(page.getByText('tag:tillid')).toBeVisible();
  await desk.sound();
});

test('a list that cannot be had says so and can be asked for again', async ({ page }) => {
  const desk = await Desk.open(page, 'fail=entryPage:io');
  await expect(page.getByRole('alert')).toContainText('Listen kan ikke hentes.');
  await expect(page.getByRole('button', { name: 'Prøv igen' })).toBeVisible();
  await desk.sound();
});

test('an empty journal invites', async ({ page }) => {
  const desk = await Desk.open(page, 'entries=0');
  await expect(page.getByText('Her er plads til dine tanker')).toBeVisible();
  await desk.sound();
  await page.getByRole('button', { name: 'Begynd at skrive' }).press('Enter');
  await expect(desk.text).toBeFocused();
});

test('in a narrow window the list folds away, and the way back keeps one’s place', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  const desk = await Desk.open(page);
  await desk.list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(desk.title).toHaveValue('Efter netværksmødet');
  await expect(desk.list).toBeHidden();
  await desk.sound();
  await page.getByRole('button', { name: 'Til listen' }).press('Enter');
  await expect(desk.list).toBeFocused();
});

test('nothing is cut off with text at 200 percent', async ({ page }) => {
  const desk = await Desk.open(page);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await desk.list.focus();
  await page.keyboard.press('Enter');
  await expect(desk.text).toBeFocused();
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBe(0);
  const bar = page.locator('.bar').first();
  expect(await bar.evaluate((node) => node.scrollWidth <= node.clientWidth + 1)).toBe(true);
});
