// The calendar, the networks and the meetings in the smallest window, empty and full, with text of 100 and 200 %.
import { Calendar } from './calendar';
import { meeting, network, networks } from './networks';
import { enlarge, expect, expectNoSidewaysLoss, expectNothingOver, languages, open, test, type Page } from './window';

test.describe.configure({ timeout: 120_000 });

test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
});

async function look(page: Page, within?: string): Promise<void> {
  await expectNoSidewaysLoss(page);
  await expectNothingOver(page, within);
}

const dialog = (page: Page) => page.getByRole('dialog');

async function closed(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
}

for (const lang of languages) {
  for (const percent of [100, 200]) {
    const name = `${lang}, text of ${percent} %`;
    const mode = `lang=${lang}`;

    test(`the calendar’s views and its questions: ${name}`, async ({ page }) => {
      const calendar = await Calendar.open(page, mode);
      await calendar.event(/Ugens start/).first().waitFor();
      await enlarge(page, percent);
      for (const view of ['week', 'month', 'day', 'agenda'] as const) {
        await calendar.view(view);
        await look(page, view === 'agenda' ? 'main' : 'main .head');
      }
      // Make an event, whole, with its reminders.
      await page.keyboard.press('n');
      await dialog(page).getByRole('button', { name: /Flere felter|More fields/ }).press('Enter');
      await dialog(page).getByLabel(/^(Gentages|Repeats)$/).selectOption({ index: 2 });
      await look(page);
      await closed(page);
      // See one, be asked about one of a series, jump, find.
      await calendar.event(/Ugens start/).first().press('Enter');
      await dialog(page).getByRole('button', { name: /^(Slet|Delete)$/ }).waitFor();
      await look(page);
      await dialog(page).getByRole('button', { name: /^(Slet|Delete)$/ }).press('Enter');
      await dialog(page).getByRole('radio').first().waitFor();
      await look(page);
      await closed(page);
      for (const key of ['g', 'f']) {
        await page.keyboard.press(key);
        await dialog(page).getByRole('textbox').or(dialog(page).getByRole('searchbox')).first().waitFor();
        await look(page);
        await closed(page);
      }
    });

    test(`a calendar with nothing in it, a file and an invitation: ${name}`, async ({ page }) => {
      const calendar = await Calendar.open(page, `${mode}&events=0&invitation=request&own=none`);
      await page.locator('.invite').waitFor();
      await enlarge(page, percent);
      await look(page);
      await page.locator('.invite').getByRole('button', { name: /Åbn en kalenderfil|Open a calendar file/ }).press('Enter');
      await dialog(page).getByText('Birgitte Holm', { exact: true }).waitFor();
      await look(page);
      await Calendar.open(page, mode);
      await enlarge(page, percent);
      await page.locator('.right').getByRole('button', { name: /^(Mere|More)$/ }).press('Enter');
      await page.getByRole('menuitem', { name: /Åbn en kalenderfil|Open a calendar file/ }).press('Enter');
      await calendar.dialog.getByText(/214/).waitFor();
      await look(page);
    });

    test(`a calendar that cannot be read: ${name}`, async ({ page }) => {
      await Calendar.open(page, `${mode}&fail=calendarView:io`);
      await enlarge(page, percent);
      await page.getByRole('alert').waitFor();
      await look(page, 'main .trouble');
    });

    test(`the networks, none and some, and their questions: ${name}`, async ({ page }) => {
      await networks(page, `${mode}&networks=0`);
      await enlarge(page, percent);
      await look(page);
      await page.getByRole('button', { name: /Nyt netværk|New network/ }).press('Enter');
      await dialog(page).getByRole('textbox').first().waitFor();
      await look(page);
      // A network in which nobody and nothing is yet.
      await dialog(page).getByRole('textbox').first().fill('Nyt og tomt');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Nyt og tomt' }).waitFor();
      await look(page);
      await networks(page, mode);
      await enlarge(page, percent);
      await look(page);
      await page.getByRole('button', { name: 'Ledernetværk Syd' }).press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Ledernetværk Syd' }).waitFor();
      await look(page);
      await page.getByRole('button', { name: /Tilføj medlem|Add a member/ }).press('Enter');
      await dialog(page).getByRole('textbox').first().waitFor();
      await look(page);
      await closed(page);
      const promise = page.getByRole('listitem').filter({ hasText: 'Send årshjulet til de nye' });
      await promise.getByRole('button').press('Enter');
      await page.getByRole('menuitem', { name: /^(Ret|Edit)$/ }).press('Enter');
      await dialog(page).getByRole('textbox').first().waitFor();
      await look(page);
      await closed(page);
      await page.getByRole('button', { name: /^(Mere|More)$/ }).press('Enter');
      await page.getByRole('menuitem').last().press('Enter');
      await expect(dialog(page).getByRole('button').nth(1)).toBeEnabled();
      await look(page);
    });

    test(`a meeting’s three parts, prepared and with nothing in them: ${name}`, async ({ page }) => {
      const parts = async () => {
        for (const part of [0, 1, 2]) {
          await page.getByRole('tab').nth(part).click();
          await page.getByRole('tabpanel').locator('.column').first().waitFor();
          await look(page);
        }
      };
      await meeting(page, mode);
      await enlarge(page, percent);
      await parts();
      await page.getByRole('tab').first().click();
      await page.getByRole('button', { name: /Ret dagsordenen|Edit the agenda/ }).press('Enter');
      await look(page);
      await page.getByRole('button', { name: /eller tag en refleksion|or bring a reflection/ }).first().press('Enter');
      await dialog(page).getByRole('searchbox').waitFor();
      await look(page);
      await closed(page);
      // One that was confirmed just now: nothing in any part.
      await network(page, 'Ledernetværk Syd', mode);
      await page.getByRole('button', { name: /Året, der gik/ }).press('Enter');
      await page.getByRole('tabpanel').waitFor();
      await enlarge(page, percent);
      await parts();
    });

    test(`a meeting that is loose, one with unsaved text, the reminders and the help: ${name}`, async ({ page }) => {
      await network(page, 'Ledernetværk Nord', mode);
      await enlarge(page, percent);
      await page.getByRole('button', { name: /Budget/ }).press('Enter');
      await page.locator('.notice').first().waitFor();
      await look(page);
      await meeting(page, `${mode}&fail=meetingSave:noSpace`);
      await enlarge(page, percent);
      await page.getByRole('tabpanel').getByRole('textbox').first().fill('x');
      await page.getByRole('alert').first().waitFor();
      await look(page);
      await open(page, mode);
      await page.keyboard.press('Control+,');
      await enlarge(page, percent);
      await page.getByRole('switch').last().waitFor();
      await look(page);
      await page.keyboard.press('F1');
      await page.locator('.help').waitFor();
      await look(page);
    });
  }
}

test('in little room what has the focus is never behind the answers', async ({ page }) => {
  const calendar = await Calendar.open(page);
  await enlarge(page, 200);
  await page.keyboard.press('n');
  await calendar.dialog.getByRole('button', { name: 'Flere felter' }).press('Enter');
  for (let step = 0; step < 25; step++) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body) return 'nothing has the focus';
      const box = node.getBoundingClientRect();
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 12));
      const seen = hit !== null && (node.contains(hit) || hit.contains(node) || hit.closest('label')?.contains(node));
      return seen ? '' : `${node.outerHTML.slice(0, 80)} under ${hit?.className}`;
    });
    expect(hidden).toBe('');
  }
});
