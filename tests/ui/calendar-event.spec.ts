import { Calendar } from './calendar';
import { expect, test, type Page } from './window';

/** Makes an event at nine on the 24th, and gives it. */
async function made(calendar: Calendar, title: string) {
  await calendar.event('MUS med souschefen').waitFor();
  await calendar.cell('2026-11-27', 30).focus();
  await calendar.page.keyboard.press('n');
  await calendar.dialog.waitFor();
  await calendar.page.keyboard.type(title);
  await calendar.page.keyboard.press('Enter');
  await expect(calendar.dialog).toBeHidden();
  return calendar.event(title);
}

const name = (page: Page, text: string) => page.locator('.right [data-key]').filter({ hasText: text });

test('an event is made by keys alone, and taken back', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const event = await made(calendar, 'Kaffe med R.');
  await expect(event).toBeVisible();
  await expect(event).toBeFocused();
  await expect(event).toHaveAccessibleName(/fredag den 27. november kl. 15.00–16.00/);
  await expect(calendar.toast).toContainText('Begivenheden er oprettet.');
  await page.keyboard.press('Control+z');
  await expect(event).toHaveCount(0);
});

test('an event without a title is asked for one', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.keyboard.press('n');
  await calendar.dialog.waitFor();
  await page.keyboard.press('Enter');
  await expect(calendar.dialog.getByRole('alert')).toHaveText('Skriv noget her.');
});

test('the whole form: whole days, a place, a repetition in a sentence', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.keyboard.press('n');
  const dialog = calendar.dialog;
  await dialog.getByRole('button', { name: 'Flere felter' }).click();
  await dialog.getByLabel('Titel').fill('Sparring');
  await dialog.getByLabel('Fra', { exact: true }).fill('26.11.2026');
  await dialog.getByLabel('Klokken', { exact: true }).fill('13.00');
  await dialog.getByLabel('Klokken', { exact: true }).press('Tab');
  await expect(dialog.getByLabel('Klokken, slut')).toHaveValue('14.00');
  await dialog.getByLabel('Sted').fill('Biblioteket');
  await dialog.getByLabel('Gentages').selectOption({ label: 'Ugentligt' });
  await dialog.getByRole('button', { name: 'mandag', exact: true }).click();
  await expect(dialog.getByText('Hver uge: mandag og torsdag.')).toBeVisible();
  await dialog.getByLabel('Holder op').selectOption({ label: 'Efter et antal gange' });
  await dialog.getByLabel('Antal gange').fill('3');
  await dialog.getByLabel('Antal gange').press('Tab');
  await expect(dialog.getByText('Hver uge: mandag og torsdag, 3 gange.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Opret' }).click();
  await expect(dialog).toBeHidden();
  await name(page, 'Sparring').click();
  await expect(dialog).toContainText('Hver uge: mandag og torsdag, 3 gange');
  await expect(dialog).toContainText('Biblioteket');
});

test('a day can be chosen in a small month beside its field', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.keyboard.press('n');
  const dialog = calendar.dialog.first();
  await dialog.getByRole('button', { name: 'Flere felter' }).click();
  await dialog.getByRole('button', { name: 'Fra: vælg dag' }).press('Enter');
  await page.getByRole('button', { name: 'mandag den 30. november' }).last().click();
  await expect(dialog.getByLabel('Fra', { exact: true })).toHaveValue('30.11.2026');
  await expect(dialog.getByLabel('Til', { exact: true })).toHaveValue('30.11.2026');
});

test('an end before the start is said, and nothing is lost', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.keyboard.press('n');
  const dialog = calendar.dialog;
  await dialog.getByRole('button', { name: 'Flere felter' }).click();
  await dialog.getByLabel('Titel').fill('Bagvendt');
  await dialog.getByLabel('Til', { exact: true }).fill('1.11.2026');
  await dialog.getByRole('button', { name: 'Opret' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Slutningen ligger før starten.');
  await expect(dialog.getByLabel('Titel')).toHaveValue('Bagvendt');
});

test('what could not be saved stays in the form', async ({ page }) => {
  const calendar = await Calendar.open(page, 'fail=eventCreate:noSpace');
  await page.keyboard.press('n');
  await calendar.dialog.waitFor();
  await page.keyboard.type('Det må ikke gå tabt');
  await page.keyboard.press('Enter');
  await expect(calendar.dialog.getByRole('alert')).toContainText('Der er ikke mere plads på disken');
  await expect(calendar.dialog.getByLabel('Titel')).toHaveValue('Det må ikke gå tabt');
});

test('an event moves and is stretched by keys, keeps the focus, and comes back', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const mus = name(page, 'MUS med souschefen');
  await mus.focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(mus).toHaveAccessibleName(/torsdag den 26. november kl. 9.00–10.30/);
  await expect(mus).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(mus).toHaveAccessibleName(/kl. 9.15–10.45/);
  await expect(mus).toBeFocused();
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await expect(mus).toHaveAccessibleName(/kl. 9.15–11.00/);
  await page.keyboard.press('Control+z');
  await expect(mus).toHaveAccessibleName(/kl. 9.15–10.45/);
  await expect(calendar.toast.first()).toBeVisible();
});

test('an event is dragged to another day and hour, and its end is dragged', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const event = await made(calendar, 'Kan flyttes');
  await event.waitFor();
  const from = await event.boundingBox();
  const to = await calendar.cell('2026-11-26', 28).boundingBox();
  if (!from || !to) throw new Error('nothing to drag');
  await page.mouse.move(from.x + from.width / 2, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(event).toHaveAccessibleName(/torsdag den 26. november kl. 14.00–15.00/);
  const now = await event.boundingBox();
  const end = await calendar.cell('2026-11-26', 31).boundingBox();
  if (!now || !end) throw new Error('nothing to drag');
  await page.mouse.move(now.x + now.width / 2, now.y + now.height - 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(event).toHaveAccessibleName(/kl. 14.00–16.00/);
  await expect(calendar.dialog).toHaveCount(0);
});

test('escape gives a drag up', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const event = await made(calendar, 'Bliver her');
  const from = await event.boundingBox();
  const to = await calendar.cell('2026-11-26', 28).boundingBox();
  if (!from || !to) throw new Error('nothing to drag');
  await page.mouse.move(from.x + from.width / 2, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(to.x + 10, to.y + 10, { steps: 8 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(event).toHaveAccessibleName(/fredag den 27. november kl. 15.00–16.00/);
});

test('one of a series is asked about once: only this, this and those after, or all', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const start = name(page, 'Ugens start');
  await start.focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(calendar.dialog).toContainText('Den gentages. Hvad gælder det?');
  await expect(calendar.dialog.getByRole('radio', { name: 'Kun denne' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await calendar.dialog.getByRole('button', { name: 'Flyt' }).click();
  await expect(start).toHaveAccessibleName(/tirsdag den 24. november/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Næste uge' }).click();
  await expect(start).toHaveAccessibleName(/tirsdag den 1. december/);
});

test('deleting one of a series leaves the others, and can be taken back', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const start = name(page, 'Ugens start');
  await start.focus();
  await page.keyboard.press('Delete');
  await calendar.dialog.getByRole('button', { name: 'Slet' }).click();
  await expect(start).toHaveCount(0);
  await calendar.toast.getByRole('button', { name: 'Fortryd' }).click();
  await expect(start).toHaveCount(1);
});

test('deleting an event that is a meeting says what the meeting loses', async ({ page }) => {
  const calendar = await Calendar.open(page);
  // One of the leader's own that is made a meeting first.
  await name(page, 'MUS med souschefen').click();
  await calendar.dialog.getByRole('button', { name: 'Ledernetværk Nord' }).click();
  await page.getByRole('heading', { level: 1, name: 'MUS med souschefen' }).waitFor();
  await page.keyboard.press('Alt+3');
  await name(page, 'MUS med souschefen').focus();
  await page.keyboard.press('Delete');
  await expect(calendar.dialog).toContainText('1 netværksmøde mister sin plads i kalenderen');
  await expect(calendar.dialog).toContainText('Forberedelse, noter og løfter bliver stående');
  await calendar.dialog.getByRole('button', { name: 'Slet' }).click();
  await expect(name(page, 'MUS med souschefen')).toHaveCount(0);
});

test('a move that is refused says why, and the event stays where it was', async ({ page }) => {
  const calendar = await Calendar.open(page, 'fail=eventMove:calendarReadOnly');
  const mus = name(page, 'MUS med souschefen');
  await mus.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(calendar.toast).toContainText('Begivenheder i den kalender kan ikke ændres her.');
  await expect(mus).toHaveAccessibleName(/onsdag den 25. november kl. 9.00–10.30/);
});

test('an event that is moved out of view takes the view along', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const night = name(page, 'Telefon med London');
  await night.focus();
  for (const day of ['lørdag den 28.', 'søndag den 29.', 'mandag den 30.']) {
    await page.keyboard.press('Alt+ArrowRight');
    await expect(night).toHaveAccessibleName(new RegExp(day));
    await expect(night).toBeFocused();
  }
  await expect(page.getByRole('heading', { level: 1, name: /Uge 49/ })).toBeVisible();
  await expect(calendar.toast.first()).toBeVisible();
});

test('an event tells who comes; its links are opened after a question; an answer becomes a file', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await name(page, 'Ledernetv').first().click();
  const dialog = calendar.dialog;
  await expect(dialog).toContainText('Birgitte Holm');
  await expect(dialog).toContainText('ikke svaret');
  await dialog.getByRole('button', { name: 'Måske' }).click();
  await expect(calendar.toast).toContainText('Send filen til den, der inviterede.');
  await expect(dialog).toContainText('Dit svar: måske');
  await dialog.getByRole('button', { name: /https:\/\/netvaerk/ }).click();
  await expect(page.getByRole('dialog', { name: 'Åbn linket i browseren?' })).toContainText('netvaerk.eksempel.dk');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Åbn linket i browseren?' })).toBeHidden();
  await dialog.getByRole('button', { name: 'Åbn mødet' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'At lede gennem andre' })).toBeVisible();
});

test('an event made in another zone says so, in the form too', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await name(page, 'Telefon med London').click();
  await expect(calendar.dialog).toContainText('lavet i Europe/London');
  await calendar.dialog.getByRole('button', { name: 'Ret' }).click();
  await expect(calendar.dialog).toContainText('Tiden er skrevet, som klokken er i Europe/London.');
  await expect(calendar.dialog.getByLabel('Klokken', { exact: true })).toHaveValue('9.00');
  await expect(calendar.dialog).toContainText('kl. 10.00–10.45');
});

test('an event is found by its title', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.keyboard.press('f');
  await calendar.dialog.getByRole('searchbox').fill('strategi');
  await calendar.dialog.getByRole('button', { name: /Strategidage/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(calendar.dialog).toContainText('Kolding');
});
