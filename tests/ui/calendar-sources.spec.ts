// Calendars from elsewhere: added, looked at, changed and taken away.
import { Sources } from './sources';
import { expect, test } from './window';

test('a published calendar is added by keys alone, and shows when it was fetched', async ({ page }) => {
  const sources = await Sources.open(page);
  await sources.add('subscription');
  await page.keyboard.type('webcal://skolen.eksempel.dk/plan.ics');
  await sources.dialog.getByLabel('Kalenderens navn').fill('Skolen');
  await sources.dialog.getByRole('radio', { name: 'Rosa' }).check();
  await sources.dialog.getByLabel('Hent', { exact: true }).selectOption({ label: 'En gang i døgnet' });
  await page.keyboard.press('Enter');
  await expect(sources.dialog).toBeHidden();
  await expect(sources.calendar.toast).toContainText('Kalenderen er tilføjet.');
  await expect(sources.row('Skolen')).toContainText('Hentet i dag kl. 9.12');
  await expect(page.getByRole('button', { name: 'Tilføj fra en adresse' })).toBeFocused();
  await sources.choose('Skolen', 'Adresse og hentning');
  await expect(sources.dialog.getByLabel('Hent', { exact: true })).toHaveValue('1440');
  await expect(sources.dialog.getByLabel('Adresse', { exact: true })).toHaveValue('webcal://skolen.eksempel.dk/plan.ics');
});

test('what is left out is asked for where it is missing, and nothing is sent', async ({ page }) => {
  const sources = await Sources.open(page, 'fail=subscriptionAdd:internal');
  await sources.add('subscription');
  await page.keyboard.press('Enter');
  await expect(sources.dialog.getByRole('alert')).toHaveText(['Skriv noget her.', 'Skriv noget her.']);
});

test('an address that wants a name and a password asks for them, and takes what is typed', async ({ page }) => {
  const sources = await Sources.open(page);
  await sources.add('subscription');
  await page.keyboard.type('https://lukket.eksempel.dk/plan.ics');
  await sources.dialog.getByLabel('Kalenderens navn').fill('Lukket');
  await expect(sources.dialog.getByLabel('Brugernavn')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(sources.dialog.getByRole('alert')).toHaveText('Adressen vil have navn og adgangskode. Skriv dem her.');
  await expect(sources.dialog.getByLabel('Brugernavn')).toBeFocused();
  await page.keyboard.type('karen');
  await page.keyboard.press('Tab');
  await page.keyboard.type('forkert');
  await page.keyboard.press('Enter');
  await expect(sources.dialog.getByRole('alert')).toContainText('Serveren tager ikke imod navnet eller adgangskoden.');
  // What was typed is still there to be mended.
  await expect(sources.dialog.getByLabel('Kalenderens navn')).toHaveValue('Lukket');
  await sources.dialog.getByLabel('Adgangskode', { exact: true }).fill('hemmelig');
  await page.keyboard.press('Enter');
  await expect(sources.row('Lukket')).toContainText('Hentet i dag kl. 9.12');
});

for (const [address, what, next] of [
  ['https://borte.eksempel.dk/a.ics', 'Serveren svarer ikke, eller der er ikke noget net.', 'Der er ikke tilføjet noget.'],
  ['https://fejl.eksempel.dk/a.ics', 'Serveren sagde nej.', 'Der er ikke tilføjet noget.'],
  ['https://falsk.eksempel.dk/a.ics', 'Serveren kan ikke vise, at den er den, den siger.', 'spørg din it-afdeling'],
  ['https://side.eksempel.dk/a', 'Der ligger ikke en kalender på den adresse.', 'Den ender som regel på .ics'],
  ['file:///etc/passwd', 'Den adresse henter Fristed ikke fra.', 'Brug en adresse, der begynder med https'],
] as const) {
  test(`an address that gives nothing says why and what to do: ${address}`, async ({ page }) => {
    const sources = await Sources.open(page);
    await sources.add('subscription');
    await page.keyboard.type(address);
    await sources.dialog.getByLabel('Kalenderens navn').fill('Prøve');
    await page.keyboard.press('Enter');
    await expect(sources.dialog.getByRole('alert')).toContainText(what);
    await expect(sources.dialog.getByRole('alert')).toContainText(next);
    await expect(sources.dialog.getByLabel('Adresse', { exact: true })).toHaveValue(address);
  });
}

test('an account’s calendars are found, and those that are chosen come here', async ({ page }) => {
  const sources = await Sources.open(page);
  await sources.add('calDav');
  await page.keyboard.type('kalender.eksempel.dk');
  await sources.dialog.getByLabel('Brugernavn').fill('karen');
  await sources.dialog.getByLabel('Adgangskode', { exact: true }).fill('hemmelig');
  await page.keyboard.press('Enter');
  await expect(sources.dialog.getByRole('checkbox', { name: /Ledergruppen/ })).toBeDisabled();
  await expect(sources.dialog.getByText('er her allerede')).toBeVisible();
  const karen = sources.dialog.getByRole('checkbox', { name: 'Karen' });
  await expect(karen).toBeFocused();
  await sources.dialog.getByRole('checkbox', { name: /Lokaler.*kan kun læses/ }).press('Space');
  await sources.dialog.getByRole('button', { name: 'Tilføj 1' }).press('Enter');
  await expect(sources.row('Karen')).toContainText('Hentet i dag');
  await expect(sources.row('Lokaler')).toHaveCount(0);
  await sources.choose('Karen', 'Adresse og hentning');
  await expect(sources.dialog).toContainText('Følger med begge veje');
});

test('an account with no calendars says so, and one can go back', async ({ page }) => {
  const sources = await Sources.open(page);
  await sources.add('calDav');
  await page.keyboard.type('kalender.eksempel.dk');
  await sources.dialog.getByLabel('Brugernavn').fill('tom');
  await page.keyboard.press('Enter');
  await expect(sources.dialog).toContainText('Der er ingen kalendere på den konto.');
  await sources.dialog.getByRole('button', { name: 'Tilbage' }).press('Enter');
  await expect(sources.dialog.getByLabel('Adresse', { exact: true })).toHaveValue('kalender.eksempel.dk');
});

test('a server that is slow can be left; its answer then changes nothing in the next question', async ({ page }) => {
  const sources = await Sources.open(page, 'wait=700');
  await sources.add('calDav');
  await page.keyboard.type('kalender.eksempel.dk');
  await page.keyboard.press('Enter');
  await expect(sources.dialog.getByRole('status')).toHaveText('Spørger serveren …');
  await sources.dialog.getByRole('button', { name: 'Annuller' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Tilføj fra en adresse' })).toBeFocused();
  await sources.add('subscription');
  // Longer than the answer that nobody waits for takes.
  await page.waitForTimeout(900);
  await expect(sources.dialog.getByLabel('Kalenderens navn')).toBeVisible();
  await expect(sources.dialog.getByLabel('Adresse', { exact: true })).toHaveValue('');
});

test('a calendar that could not be fetched says what happened, what was kept, and what to do; trying again tells how it went', async ({ page }) => {
  const sources = await Sources.open(page, 'source=unreachable');
  const outlook = sources.row('Outlook');
  await expect(outlook).toContainText('Sidst hentet i går kl. 16.05');
  await outlook.getByRole('button', { name: 'Serveren svarer ikke' }).press('Enter');
  const alert = sources.dialog.getByRole('alert');
  await expect(alert).toContainText('Serveren svarer ikke, eller der er ikke noget net.');
  await expect(alert).toContainText('Det, der blev hentet i går kl. 16.05, står her stadig.');
  await expect(alert).toContainText('Fristed prøver også igen af sig selv.');
  await sources.dialog.getByRole('button', { name: 'Prøv igen' }).press('Enter');
  await expect(alert).toContainText('Serveren svarer ikke');
  await expect(sources.dialog.getByRole('button', { name: 'Prøv igen' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(outlook.getByRole('button', { name: 'Serveren svarer ikke' })).toBeFocused();
});

test('one that is fetched only when asked does not promise to try by itself', async ({ page }) => {
  const sources = await Sources.open(page, 'source=unreachable');
  await sources.choose('Outlook', 'Adresse og hentning');
  await sources.dialog.getByLabel('Hent', { exact: true }).selectOption({ label: 'Kun når jeg beder om det' });
  await sources.dialog.getByRole('button', { name: 'Gem' }).press('Enter');
  await sources.choose('Outlook', 'Adresse og hentning');
  await expect(sources.dialog).toContainText('Den bliver kun hentet, når du beder om det.');
  await expect(sources.dialog.getByRole('alert')).toContainText('og prøv igen.');
  await expect(sources.dialog.getByRole('alert')).not.toContainText('af sig selv');
});

test('a password that does not fit any more is typed again, and the calendar is fetched', async ({ page }) => {
  const sources = await Sources.open(page, 'source=signInRefused');
  await sources.row('Outlook').getByRole('button', { name: 'Navn eller adgangskode passer ikke' }).press('Enter');
  await expect(sources.dialog.getByLabel('Brugernavn')).toBeFocused();
  await page.keyboard.type('karen');
  await page.keyboard.press('Tab');
  await page.keyboard.type('forkert');
  await page.keyboard.press('Enter');
  await expect(sources.dialog.getByRole('alert').last()).toContainText('Serveren tager ikke imod navnet eller adgangskoden.');
  await sources.dialog.getByLabel('Adgangskode', { exact: true }).fill('hemmelig');
  await page.keyboard.press('Enter');
  await expect(sources.dialog).toBeHidden();
  await expect(sources.row('Outlook')).toContainText('Hentet i dag kl. 9.12');
  await expect(sources.row('Outlook').getByRole('button', { name: /passer ikke/ })).toHaveCount(0);
});

test('a new try that goes well keeps the focus on its button', async ({ page }) => {
  const sources = await Sources.open(page, 'wait=200');
  await sources.choose('Ledergruppen', 'Adresse og hentning');
  const now = sources.dialog.getByRole('button', { name: 'Hent nu' });
  await now.press('Enter');
  await expect(sources.dialog.getByText('Henter …')).toBeVisible();
  await expect(sources.dialog.getByText('Henter …')).toBeHidden();
  await expect(now).toBeFocused();
});

test('a calendar is fetched now, sends what waits, and says so', async ({ page }) => {
  const sources = await Sources.open(page, 'waiting=2&wait=300');
  await expect(sources.row('Ledergruppen')).toContainText('2 ændringer venter på at blive sendt');
  await sources.choose('Ledergruppen', 'Hent nu');
  await expect(sources.row('Ledergruppen').getByRole('status')).toHaveText('Henter …');
  await expect(sources.calendar.toast).toContainText('Ledergruppen er hentet.');
  await expect(sources.row('Ledergruppen')).not.toContainText('venter');
});

test('fetching that fails is told where the dialog is not open', async ({ page }) => {
  const sources = await Sources.open(page, 'source=certificateBad');
  await sources.choose('Outlook', 'Hent nu');
  await expect(sources.calendar.toast).toContainText('Serveren kan ikke vise, at den er den, den siger.');
});

test('what changed by itself comes into view', async ({ page }) => {
  const sources = await Sources.open(page, 'waiting=1');
  await expect(sources.row('Ledergruppen')).toContainText('1 ændring venter');
  // Sent behind the window’s back, as the program does it on its own.
  await page.evaluate(() => (window as unknown as { fristedSync(id: string): void }).fristedSync('c-shared'));
  await expect(sources.row('Ledergruppen')).not.toContainText('venter');
});

test('a calendar from elsewhere is renamed and coloured like any other, and its events are only read', async ({ page }) => {
  const sources = await Sources.open(page);
  await sources.choose('Outlook', 'Navn og farve');
  await sources.dialog.getByLabel('Navn').fill('Min Outlook');
  await sources.dialog.getByRole('radio', { name: 'Oliven' }).check();
  await page.keyboard.press('Enter');
  await expect(sources.row('Min Outlook')).toHaveAttribute('data-colour', 'olive');
  await sources.calendar.event('Frokost med skolelederen').press('Enter');
  await expect(sources.dialog).toContainText('Kalenderen kommer et andet sted fra og kan ikke ændres her.');
  await expect(sources.dialog.getByRole('button', { name: 'Ret', exact: true })).toHaveCount(0);
});

test('taking away a calendar to read says that nothing happens where it comes from', async ({ page }) => {
  const sources = await Sources.open(page);
  await sources.choose('Outlook', 'Slet kalenderen');
  await expect(sources.dialog).toContainText('adressen bliver glemt. Dér, hvor den kommer fra, sker der ikke noget.');
  await expect(sources.dialog).toContainText('netværksmøder mister deres plads');
  await sources.dialog.getByRole('button', { name: 'Slet kalenderen' }).press('Enter');
  await expect(sources.row('Outlook')).toHaveCount(0);
});

test('taking away one on a server names one’s own changes that would be lost, and can send them first', async ({ page }) => {
  const sources = await Sources.open(page, 'waiting=2&conflicts=1');
  await sources.choose('Ledergruppen', 'Slet kalenderen');
  await expect(sources.dialog).toContainText('På serveren bliver de stående');
  await expect(sources.dialog).toContainText('2 ændringer, du har lavet her, er ikke nået frem til serveren. De går tabt.');
  await expect(sources.dialog).toContainText('1 begivenhed er ændret begge steder.');
  await expect(sources.dialog.getByRole('button', { name: 'Annuller' })).toBeFocused();
  await sources.dialog.getByRole('button', { name: 'Send dem først' }).press('Enter');
  await expect(sources.dialog).toContainText('Nu er det hele sendt.');
  await expect(sources.dialog).not.toContainText('De går tabt');
  await page.keyboard.press('Escape');
  await expect(sources.row('Ledergruppen')).toBeVisible();
});
