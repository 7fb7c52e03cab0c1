// An event's own reminders, in its form and where it is shown.
import { Calendar } from './calendar';
import { enlarge, expect, expectAccessible, expectNoSidewaysLoss, languages, test, themes } from './window';

test('a new event gets a reminder, and a second one, by keys', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await page.keyboard.press('n');
  await calendar.dialog.waitFor();
  await page.keyboard.type('Kaffe med R.');
  await calendar.dialog.getByRole('button', { name: 'Flere felter' }).press('Enter');
  const first = calendar.dialog.getByLabel('Påmindelse', { exact: true });
  await expect(first.getByRole('option')).toHaveText([
    'Ingen', 'Når den begynder', '5 minutter før', '10 minutter før', '15 minutter før', '30 minutter før', '1 time før', '1 dag før', '2 dage før',
  ]);
  await first.selectOption({ label: '15 minutter før' });
  await calendar.dialog.getByRole('button', { name: 'Endnu en påmindelse' }).press('Enter');
  const second = calendar.dialog.getByLabel('Påmindelse 2');
  await expect(second).toBeFocused();
  await second.selectOption({ label: '1 dag før' });
  await calendar.dialog.getByRole('button', { name: 'Opret' }).press('Enter');
  await expect(calendar.dialog).toBeHidden();
  await calendar.event('Kaffe med R.').press('Enter');
  await expect(calendar.dialog).toContainText('15 minutter før, 1 dag før');
});

test('reminders that an event already has stay as they are, until they are taken away', async ({ page }) => {
  const calendar = await Calendar.open(page);
  const edit = async () => {
    await calendar.event('MUS med souschefen').press('Enter');
    await calendar.dialog.getByRole('button', { name: 'Ret', exact: true }).press('Enter');
    await calendar.dialog.getByLabel('Titel').waitFor();
  };
  await edit();
  await expect(calendar.dialog.getByLabel('Påmindelse', { exact: true })).toHaveValue('90');
  await expect(calendar.dialog.getByLabel('Påmindelse 2')).toHaveValue('1440');
  await calendar.dialog.getByLabel('Sted').fill('Biblioteket');
  await calendar.dialog.getByRole('button', { name: 'Gem' }).press('Enter');
  await expect(calendar.dialog).toBeHidden();
  await calendar.event('MUS med souschefen').press('Enter');
  await expect(calendar.dialog).toContainText('90 minutter før, 1 dag før');
  await page.keyboard.press('Escape');
  await expect(calendar.dialog).toBeHidden();
  await edit();
  await calendar.dialog.getByLabel('Påmindelse 2').selectOption({ label: 'Ingen' });
  // The field that was emptied is gone, and the focus is not.
  await expect(calendar.dialog.getByLabel('Påmindelse 2')).toHaveCount(0);
  await expect(calendar.dialog.getByLabel('Påmindelse', { exact: true })).toBeFocused();
});

for (const lang of languages) {
  for (const theme of themes) {
    test(`the reminders of an event are sound, also large in a small window, ${lang} ${theme}`, async ({ page }) => {
      const calendar = await Calendar.open(page, `lang=${lang}&theme=${theme}`);
      await calendar.event('MUS med souschefen').press('Enter');
      await calendar.dialog.getByRole('button', { name: /^(Ret|Edit|Change)$/ }).press('Enter');
      await calendar.dialog.getByLabel(/^(Påmindelse|Reminder) 2$/).waitFor();
      await expectAccessible(page);
      await page.setViewportSize({ width: 900, height: 600 });
      await enlarge(page, 200);
      await calendar.dialog.getByRole('button', { name: /Endnu en påmindelse|One more reminder/ }).press('Enter');
      await expectNoSidewaysLoss(page);
    });
  }
}
