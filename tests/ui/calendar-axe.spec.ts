// Every screen of the calendar, the networks and the meetings, in both languages and themes, and with large text.
import { Calendar } from './calendar';
import { meeting, network, networks } from './networks';
import { enlarge, expect, expectAccessible, expectNoSidewaysLoss, languages, test, themes } from './window';

// Axe reads the whole page several times in each.
test.describe.configure({ timeout: 180_000 });

for (const lang of languages) {
  for (const theme of themes) {
    const mode = `lang=${lang}&theme=${theme}`;

    test(`each view of the calendar is sound, ${lang} ${theme}`, async ({ page }) => {
      const calendar = await Calendar.open(page, mode);
      await calendar.event(/Ugens start/).first().waitFor();
      for (const view of ['week', 'month', 'day', 'agenda'] as const) {
        await calendar.view(view);
        await page.locator('.right [data-key]').first().waitFor();
        await expectAccessible(page);
      }
    });

    test(`the questions of the calendar are sound, ${lang} ${theme}`, async ({ page }) => {
      const calendar = await Calendar.open(page, mode);
      await calendar.event(/Ugens start/).first().waitFor();
      await page.keyboard.press('n');
      await calendar.dialog.getByRole('button', { name: /Flere felter|More fields/ }).click();
      await calendar.dialog.getByLabel(/^(Gentages|Repeats)$/).selectOption({ index: 2 });
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(calendar.dialog).toBeHidden();
      await calendar.event(/Ledernetv/).first().click();
      await calendar.dialog.getByText('Mette Skov').waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(calendar.dialog).toBeHidden();
      await calendar.event(/Ugens start/).first().focus();
      await page.keyboard.press('Delete');
      await calendar.dialog.getByRole('radio').first().waitFor();
      await expectAccessible(page);
    });

    test(`a file is sound, ${lang} ${theme}`, async ({ page }) => {
      const calendar = await Calendar.open(page, mode);
      await page.getByRole('button', { name: /Åbn en kalenderfil|Open a calendar file/ }).click();
      await calendar.dialog.getByText(/214/).waitFor();
      await expectAccessible(page);
    });

    test(`an invitation and an empty calendar are sound, ${lang} ${theme}`, async ({ page }) => {
      const calendar = await Calendar.open(page, `${mode}&invitation=request&own=none&events=0`);
      await page.locator('.invite').waitFor();
      await expectAccessible(page);
      await page.locator('.invite').getByRole('button', { name: /Åbn en kalenderfil|Open a calendar file/ }).click();
      await calendar.dialog.getByText('Birgitte Holm', { exact: true }).waitFor();
      await expectAccessible(page);
    });

    test(`the networks and a meeting’s three parts are sound, ${lang} ${theme}`, async ({ page }) => {
      await networks(page, mode);
      await page.locator('.network').first().waitFor();
      await expectAccessible(page);
      await network(page, 'Ledernetværk Syd', mode);
      await expectAccessible(page);
      await page.getByRole('button', { name: /At lede gennem andre/ }).press('Enter');
      for (const part of [/Før|Before/, /Under|During/, /Efter|After/]) {
        await page.getByRole('tab', { name: part }).click();
        await page.getByRole('tabpanel').locator('.column').first().waitFor();
        await expectAccessible(page);
      }
    });

    test(`nothing is lost sideways in a small window with text of 200 %: calendar and meeting, ${lang} ${theme}`, async ({ page }) => {
      await page.setViewportSize({ width: 900, height: 600 });
      const calendar = await Calendar.open(page, mode);
      await enlarge(page, 200);
      for (const view of ['week', 'month', 'day', 'agenda'] as const) {
        await calendar.view(view);
        await expectNoSidewaysLoss(page);
      }
      await page.keyboard.press('n');
      await calendar.dialog.getByRole('button', { name: /Flere felter|More fields/ }).click();
      await expectNoSidewaysLoss(page);
      await page.keyboard.press('Escape');
      await meeting(page, mode);
      await enlarge(page, 200);
      await expectNoSidewaysLoss(page);
      await page.getByRole('tab').nth(1).click();
      await expectNoSidewaysLoss(page);
      await page.getByRole('tab').nth(2).click();
      await expectNoSidewaysLoss(page);
    });
  }
}

test('an error and a detached meeting are sound', async ({ page }) => {
  await Calendar.open(page, 'fail=calendarView:io');
  await page.getByRole('alert').waitFor();
  await expectAccessible(page);
  await meeting(page, 'fail=meetingSave:noSpace');
  await page.getByRole('textbox', { name: 'Det vil jeg have ud af mødet' }).fill('x');
  await page.getByRole('alert').waitFor();
  await expectAccessible(page);
  await network(page, 'Ledernetværk Nord');
  await page.getByRole('button', { name: /Budget/ }).press('Enter');
  await page.getByText('Mødet er løsrevet.').waitFor();
  await expectAccessible(page);
});
