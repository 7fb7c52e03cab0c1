import { Calendar } from './calendar';
import { expect, test } from './window';

test('the week begins on monday, by 24 hours, with its number, and the day is marked', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await expect(page.getByRole('heading', { level: 1, name: /Uge 48/ })).toBeVisible();
  await expect(calendar.grid.getByRole('columnheader').nth(1)).toHaveText(/mandag den 23. november/);
  await expect(calendar.grid.getByRole('rowheader', { name: '15.00' })).toBeAttached();
  await expect(calendar.event('MUS med souschefen')).toBeVisible();
  await expect(calendar.grid.locator('.now')).toHaveCount(1);
});

test('the grid of hours has one stop, and the arrows go by half hours and days', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await calendar.event('MUS med souschefen').waitFor();
  expect(await calendar.grid.locator('[tabindex="0"]').count()).toBe(1);
  await calendar.cell('2026-11-24', 18).focus();
  await page.keyboard.press('ArrowDown');
  await expect(calendar.cell('2026-11-24', 19)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(calendar.cell('2026-11-25', 19)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(calendar.cell('2026-11-23', 19)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('heading', { level: 1, name: /Uge 47/ })).toBeVisible();
  await expect(calendar.cell('2026-11-22', 19)).toBeFocused();
  await page.keyboard.press('PageDown');
  await expect(calendar.cell('2026-11-29', 19)).toBeFocused();
  for (let each = 0; each < 20; each++) await page.keyboard.press('ArrowUp');
  await expect(calendar.cell('2026-11-29')).toBeFocused();
});

test('enter goes into the events of a slot, and escape comes back to it', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const mus = calendar.event('MUS med souschefen');
  await mus.waitFor();
  await calendar.cell('2026-11-25', 18).focus();
  await page.keyboard.press('Enter');
  await expect(mus).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(calendar.cell('2026-11-25', 26).locator('[data-key]')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  await expect(calendar.cell('2026-11-25', 18)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(calendar.dialog).toContainText('Onsdag den 25. november kl. 9.00–10.30');
  await page.keyboard.press('Escape');
  await expect(calendar.dialog).toBeHidden();
  await expect(mus).toBeFocused();
});

test('events that meet stand side by side', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const boxes = await Promise.all(
    ['Ledermøde', 'Samtale med M.', 'Tilsyn'].map(async (title) => {
      const event = calendar.event(title).first();
      await event.waitFor();
      return (await event.boundingBox()) ?? { x: 0, width: 0 };
    }),
  );
  for (const [place, box] of boxes.entries()) {
    const next = boxes[place + 1];
    if (next) expect(box.x + box.width).toBeLessThanOrEqual(next.x + 1);
  }
});

test('a month has its weeks’ numbers, whole weeks, and one stop', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await calendar.view('month');
  await expect(calendar.grid.getByRole('rowheader').first()).toContainText('44');
  await expect(calendar.grid.getByRole('gridcell')).toHaveCount(42);
  expect(await calendar.grid.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
  await calendar.cell('2026-11-24').focus();
  await page.keyboard.press('ArrowUp');
  await expect(calendar.cell('2026-11-17')).toBeFocused();
  await page.keyboard.press('End');
  await expect(calendar.cell('2026-11-22')).toBeFocused();
  await page.keyboard.press('PageDown');
  await expect(calendar.cell('2026-12-22')).toBeFocused();
  await expect(page.getByRole('heading', { level: 1, name: /December 2026/ })).toBeVisible();
});

test('a day of a month lets in by enter, and makes an event where it has none', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await calendar.view('month');
  await calendar.event('Nattog til Hamborg').waitFor();
  await calendar.cell('2026-11-24').focus();
  await page.keyboard.press('Enter');
  await expect(calendar.cell('2026-11-24').locator('[data-key]').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(calendar.cell('2026-11-24').locator('[data-key]').nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(calendar.cell('2026-11-24')).toBeFocused();
  await calendar.cell('2026-11-22').focus();
  await page.keyboard.press('Enter');
  await expect(calendar.dialog).toContainText('Søndag den 22. november');
});

test('public holidays have their names', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await calendar.view('month');
  await page.keyboard.press('g');
  await calendar.dialog.getByRole('textbox').fill('25.12.2026');
  await page.keyboard.press('Enter');
  await expect(calendar.dialog).toBeHidden();
  await expect(calendar.cell('2026-12-25')).toContainText('Juledag');
  await calendar.view('week');
  await expect(calendar.grid.getByRole('columnheader').filter({ hasText: 'Juledag' }).first()).toBeVisible();
});

test('the list goes from event to event by one stop', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await calendar.view('agenda');
  const rows = page.locator('.agenda [data-key]');
  await rows.first().waitFor();
  expect(await page.locator('.agenda [tabindex="0"]').count()).toBe(1);
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(rows.last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(calendar.dialog).toBeVisible();
});

test('today, earlier and later, by keys and by buttons', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.getByRole('button', { name: 'Næste uge' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Uge 49/ })).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.getByRole('heading', { level: 1, name: /Uge 48/ })).toBeVisible();
  await calendar.view('day');
  await expect(page.getByRole('heading', { level: 1, name: /Tirsdag den 24. november 2026/ })).toBeVisible();
  await page.getByRole('button', { name: 'Forrige dag' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Mandag den 23. november 2026/ })).toBeVisible();
});

test('the calendar is found again where it was left', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await calendar.view('month');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Alt+1');
  await page.locator('.today').waitFor();
  await page.keyboard.press('Alt+3');
  await expect(calendar.grid).toHaveAccessibleName('November 2026');
});

test('a calendar is hidden and shown by its name', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await expect(calendar.event('MUS med souschefen')).toBeVisible();
  const work = page.getByRole('checkbox', { name: 'Arbejde' });
  await work.press('Space');
  await expect(calendar.event('MUS med souschefen')).toHaveCount(0);
  await expect(calendar.event('Ledernetværk Syd').first()).toBeVisible();
  await work.press('Space');
  await expect(calendar.event('MUS med souschefen')).toBeVisible();
});

test('each event says in words what its colour says', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await expect(calendar.event('MUS med souschefen')).toHaveAccessibleName(/MUS med souschefen, onsdag den 25. november kl. 9.00–10.30, Mit kontor, i kalenderen Arbejde/);
  await expect(calendar.event('Budgetopfølgning').or(calendar.event('Budg')).first()).toHaveAccessibleName(/aflyst/);
  await expect(calendar.event('Ledernetværk Syd').first()).toHaveAccessibleName(/netværksmøde/);
});

test('a full calendar shows what fits, and how much more there is', async ({ page }) => {
  const calendar = await Calendar.open(page, 'events=2000');
  await calendar.view('month');
  const more = calendar.cell('2026-11-25').getByText(/flere/);
  await expect(more).toBeVisible();
  await more.click();
  await expect(page.getByRole('heading', { level: 1, name: /Onsdag den 25. november 2026/ })).toBeVisible();
  await calendar.view('agenda');
  await expect(page.getByRole('button', { name: 'Vis 200 flere' })).toBeVisible();
});

test('a calendar that cannot be read says so, and can be asked again', async ({ page }) => {
  await Calendar.open(page, 'fail=calendarView:io');
  await expect(page.getByRole('alert')).toContainText('Filerne kunne ikke læses eller skrives.');
  await page.getByRole('button', { name: 'Prøv igen' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
});

test('a calendar with nothing in it invites, and is honest about outlook', async ({ page }) => {
  const calendar = await Calendar.open(page, 'events=0');
  await expect(page.getByText('Fristed har ingen forbindelse til Exchange.', { exact: false })).toBeVisible();
  await page.locator('.invite').getByRole('button', { name: 'Ny begivenhed' }).click();
  await page.keyboard.type('Den første');
  await page.keyboard.press('Enter');
  await expect(calendar.event('Den første')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Min kalender' })).toBeChecked();
});
