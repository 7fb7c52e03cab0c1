// What is settled with a server: events changed on both sides, and many that are gone at one end.
import { Sources } from './sources';
import { expect, test } from './window';

test('mine and the server’s stand beside each other, with what differs in words', async ({ page }) => {
  const sources = await Sources.open(page, 'conflicts=4');
  await sources.row('Ledergruppen').getByRole('button', { name: '4 begivenheder er ændret begge steder' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Ændret begge steder' });
  await expect(dialog).toContainText('”Ledermøde, udvidet” er ændret både her og på serveren. Intet er gået tabt');
  await expect(dialog).toContainText('1 af 4');
  await expect(dialog).toContainText('Forskellen: titel, tidspunkt og beskrivelse.');
  const [mine, theirs] = [dialog.locator('section').first(), dialog.locator('section').last()];
  await expect(mine).toContainText('Her hos dig');
  await expect(mine.locator('mark')).toHaveText(['Ledermøde, udvidet', '9.00–12.00', 'Tag jeres tal']);
  await expect(theirs.locator('mark')).toHaveText(['Ledermøde', '10.00–11.00', 'Direktøren tager tallene']);
  await expect(mine.getByText('forskellig')).toHaveCount(3);
  // What is alike is not marked.
  await expect(mine.locator('div').filter({ hasText: 'Sted' })).not.toContainText('forskellig');
  await expect(dialog.getByRole('button', { name: 'Behold begge' })).toBeFocused();
});

test('each is settled in its own words, until none is left and the focus goes back', async ({ page }) => {
  const sources = await Sources.open(page, 'conflicts=4');
  const way = sources.row('Ledergruppen').getByRole('button', { name: /begge steder/ });
  await way.press('Enter');
  await page.keyboard.press('Enter');
  await expect(sources.calendar.toast.last()).toContainText('Begge er i kalenderen.');
  const second = page.getByRole('dialog', { name: 'Slettet her, ændret på serveren' });
  await expect(second).toContainText('2 af 4');
  await expect(second).toContainText('Du har slettet den her.');
  await expect(second.getByRole('button', { name: 'Behold begge' })).toHaveCount(0);
  await second.getByRole('button', { name: 'Hent den tilbage hertil' }).press('Enter');
  const third = page.getByRole('dialog', { name: 'Ændret her, slettet på serveren' });
  await expect(third).toContainText('Den er slettet på serveren.');
  await third.getByRole('button', { name: 'Læg min tilbage på serveren' }).press('Enter');
  const fourth = page.getByRole('dialog', { name: 'Ændret begge steder' });
  await expect(fourth).toContainText('Forskellen ligger i noget, Fristed ikke viser.');
  await fourth.getByRole('button', { name: 'Tag serverens' }).press('Enter');
  await expect(sources.dialog).toBeHidden();
  await expect(way).toHaveCount(0);
  await expect(sources.calendar.toast.last()).toContainText('Serverens udgave gælder.');
});

test('a conflict that is left waits; one that cannot be settled stays', async ({ page }) => {
  const sources = await Sources.open(page, 'conflicts=1&fail=conflictResolve:unreachable');
  const way = sources.row('Ledergruppen').getByRole('button', { name: '1 begivenhed er ændret begge steder' });
  await way.press('Enter');
  await sources.dialog.getByRole('button', { name: 'Behold min' }).press('Enter');
  await expect(sources.calendar.toast).toContainText('Serveren svarer ikke');
  await expect(sources.dialog).toContainText('Ledermøde, udvidet');
  await page.keyboard.press('Escape');
  await expect(way).toBeFocused();
});

test('many that are gone from the server go here only with a yes', async ({ page }) => {
  const sources = await Sources.open(page, 'missing=12');
  const way = sources.row('Ledergruppen').getByRole('button', { name: '12 begivenheder er væk på serveren' });
  await way.press('Enter');
  await expect(sources.dialog).toContainText('Her står de stadig.');
  await expect(sources.dialog).toContainText('lægger Fristed dem tilbage på serveren');
  // The safe answer is the one that Enter gives.
  await expect(sources.dialog.getByRole('button', { name: 'Behold dem' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(way).toBeFocused();
  await way.press('Enter');
  await sources.dialog.getByRole('button', { name: 'Slet 12 her også' }).press('Enter');
  await expect(sources.dialog).toBeHidden();
  await expect(way).toHaveCount(0);
});

test('many that were deleted here go from the server only with a yes, and can come back', async ({ page }) => {
  const sources = await Sources.open(page, 'deleted=8');
  await sources.row('Ledergruppen').getByRole('button', { name: '8 sletninger venter på dit svar' }).press('Enter');
  await expect(sources.dialog).toContainText('Det er mange på én gang, så Fristed spørger');
  await expect(sources.dialog.getByRole('button', { name: 'Slet 8 på serveren' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(sources.dialog).toBeHidden();
  await expect(sources.row('Ledergruppen')).not.toContainText('sletninger');
});

test('the questions are also reached from how the calendar stands, and an answer that fails keeps the question', async ({ page }) => {
  const sources = await Sources.open(page, 'missing=12&fail=missingConfirm:serverRefused');
  await sources.choose('Ledergruppen', 'Adresse og hentning');
  const look = sources.dialog.getByRole('button', { name: 'Se på det' });
  await expect(look).toHaveAccessibleDescription('12 begivenheder er væk på serveren');
  await look.press('Enter');
  await sources.dialog.getByRole('button', { name: 'Behold dem' }).press('Enter');
  await expect(sources.calendar.toast).toContainText('Serveren sagde nej.');
  await expect(sources.dialog).toContainText('12 begivenheder er væk på serveren');
});
