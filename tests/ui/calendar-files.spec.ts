import { Calendar } from './calendar';
import { expect, test } from './window';

const preview = async (calendar: Calendar) => {
  await calendar.page.getByRole('button', { name: 'Åbn en kalenderfil' }).click();
  await calendar.dialog.waitFor();
};

test('a file is shown before anything is taken in: new, changed, here already, and what is bad with its line', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await preview(calendar);
  await expect(calendar.dialog).toContainText('46 nye begivenheder og 2 ændrede');
  await expect(calendar.dialog).toContainText('3 er her allerede');
  await expect(calendar.dialog).toContainText('Linje 214: begivenheden har ingen start');
  await expect(calendar.dialog).toContainText('Tidszonen ”Skolens egen tid” kendes ikke. Dens tider er taget, som klokken er på denne computer.');
  // What comes from elsewhere takes nothing in.
  await expect(calendar.dialog.getByLabel('Læg i kalenderen').getByRole('option')).toHaveText(['Arbejde', 'Privat', 'Ledergruppen']);
  await calendar.dialog.getByLabel('Læg i kalenderen').selectOption({ label: 'Privat' });
  await calendar.dialog.getByRole('button', { name: 'Hent 48 begivenheder' }).click();
  await expect(calendar.dialog).toContainText('46 begivenheder er kommet ind.');
  await page.keyboard.press('Enter');
  await expect(calendar.dialog).toBeHidden();
  await preview(calendar);
  await expect(calendar.dialog).toContainText('Alt i filen er her allerede.');
});

test('a file that falls on the window is shown in the same way', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['BEGIN:VCALENDAR'], 'skolen.ics', { type: 'text/calendar' }));
    return data;
  });
  await page.locator('.calendar').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(calendar.dialog).toContainText('46 nye begivenheder');
});

test('a file that the system hands over is shown too', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.evaluate(() => (window as unknown as { fristedFile(path: string): void }).fristedFile('/tmp/invitation.ics'));
  await expect(calendar.dialog).toContainText('Fra Birgitte Holm');
});

test('a broken file says so, and that nothing came in', async ({ page }) => {
  const calendar = await Calendar.open(page, 'fail=calendarFilePreview:badFile');
  await preview(calendar);
  await expect(calendar.dialog.getByRole('alert')).toContainText('Filen er i stykker.');
});

test('a file with too many events is refused with the number', async ({ page }) => {
  const calendar = await Calendar.open(page, 'fail=calendarFilePreview:tooManyEvents');
  await preview(calendar);
  await expect(calendar.dialog.getByRole('alert')).toContainText('flere begivenheder, end Fristed tager imod');
});

test('an invitation is answered, and the answer is a file to send', async ({ page }) => {
  const calendar = await Calendar.open(page, 'invitation=request');
  await preview(calendar);
  await expect(calendar.dialog).toContainText('Fristed sender ikke mail.');
  await calendar.dialog.getByRole('button', { name: 'Jeg kommer', exact: true }).click();
  await expect(calendar.toast).toContainText('Send filen til den, der inviterede.');
  await page.getByRole('button', { name: 'Næste uge' }).click();
  await expect(calendar.event(/Ledernetv.rk Syd/).first()).toHaveAccessibleName(/kollegial sparring/);
});

test('where it is not known who she is, she says so before she answers', async ({ page }) => {
  const calendar = await Calendar.open(page, 'invitation=request&own=none');
  await preview(calendar);
  await expect(calendar.dialog.getByRole('button', { name: 'Jeg kommer', exact: true })).toBeDisabled();
  await calendar.dialog.getByLabel('Hvem af de inviterede er du?').selectOption('karen@eksempel.dk');
  await calendar.dialog.getByRole('button', { name: 'Jeg kommer', exact: true }).click();
  await expect(calendar.toast).toContainText('Send filen til den, der inviterede.');
});

for (const [refused, why] of [
  ['notFromOrganizer', 'Den kommer ikke fra den, der inviterede.'],
  ['outOfDate', 'En nyere udgave er allerede i kalenderen.'],
  ['unknownEvent', 'Begivenheden er ikke i nogen af dine kalendere.'],
  ['notInvited', 'Den kommer fra en, der ikke er inviteret.'],
] as const) {
  test(`an invitation that changes nothing says why: ${refused}`, async ({ page }) => {
    const calendar = await Calendar.open(page, `invitation=${refused}`);
    await preview(calendar);
    await expect(calendar.dialog).toContainText('Filen ændrer ikke noget.');
    await expect(calendar.dialog).toContainText(why);
    await expect(calendar.dialog.getByRole('button', { name: 'Jeg kommer', exact: true })).toHaveCount(0);
  });
}

test('a cancellation is taken in; a proposal changes nothing by itself', async ({ page }) => {
  let calendar = await Calendar.open(page, 'invitation=cancel');
  await preview(calendar);
  await expect(page.getByRole('dialog', { name: 'En aflysning' })).toBeVisible();
  await calendar.dialog.getByRole('button', { name: 'Tag ændringen ind' }).click();
  await expect(calendar.toast).toContainText('Den er i kalenderen.');
  calendar = await Calendar.open(page, 'invitation=counter');
  await preview(calendar);
  await expect(calendar.dialog).toContainText('Jens Aaby foreslår denne tid.');
  await expect(calendar.dialog.getByRole('button', { name: 'Tag ændringen ind' })).toHaveCount(0);
});

test('one calendar and all of them are written to a file that says it is not encrypted', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.getByRole('button', { name: 'Mere om Arbejde' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Gem som fil' }).press('Enter');
  await expect(calendar.toast).toContainText('Arbejde.ics');
  await expect(calendar.toast).toContainText('Filen er ikke krypteret.');
});

test('a calendar is made, renamed and coloured, and deleting it says what goes along', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.getByRole('button', { name: 'Ny kalender' }).click();
  await calendar.dialog.getByLabel('Navn').fill('Netværket');
  await calendar.dialog.getByRole('radio', { name: 'Rosa' }).check();
  await calendar.dialog.getByRole('button', { name: 'Opret' }).click();
  await expect(page.getByRole('checkbox', { name: 'Netværket' })).toBeChecked();
  await page.getByRole('button', { name: 'Mere om Outlook' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Slet kalenderen' }).press('Enter');
  await expect(calendar.dialog).toContainText('3 netværksmøder mister deres plads i kalenderen');
  await calendar.dialog.getByRole('button', { name: 'Slet kalenderen' }).click();
  await expect(page.getByRole('checkbox', { name: 'Outlook' })).toHaveCount(0);
});
