// Every question about calendars from elsewhere, in both languages and themes, also small and with large text.
import { Calendar } from './calendar';
import { Sources } from './sources';
import { enlarge, expect, expectAccessible, expectNoSidewaysLoss, expectNothingOver, languages, test, themes, type Page } from './window';

// Axe reads the whole page several times in each.
test.describe.configure({ timeout: 180_000 });

const troubled = 'source=signInRefused&waiting=2&conflicts=4&missing=12&deleted=8';

/** Each state of the dialogs, one after the other; `look` is at each. */
async function eachState(page: Page, mode: string, look: () => Promise<void>): Promise<void> {
  const sources = await Sources.open(page, mode);
  await look();
  await sources.add('subscription');
  await look();
  await page.keyboard.type('https://lukket.eksempel.dk/plan.ics');
  await sources.dialog.getByLabel(/Kalenderens navn|The calendar’s name/).fill('Skolen');
  await page.keyboard.press('Enter');
  await sources.dialog.getByRole('alert').waitFor();
  await look();
  await page.keyboard.press('Escape');
  await expect(sources.dialog).toBeHidden();
  await sources.add('calDav');
  await page.keyboard.type('https://borte.eksempel.dk');
  await page.keyboard.press('Enter');
  await sources.dialog.getByRole('alert').waitFor();
  await look();
  await sources.dialog.getByLabel(/^(Adresse|Address)$/).fill('kalender.eksempel.dk');
  await page.keyboard.press('Enter');
  await sources.dialog.getByRole('checkbox').first().waitFor();
  await look();
  await page.keyboard.press('Escape');
  await expect(sources.dialog).toBeHidden();
  for (const name of ['Outlook', 'Ledergruppen']) {
    await sources.choose(name, /Adresse og hentning|Address and fetching/);
    await sources.dialog.getByLabel(/^(Adresse|Address)$/).waitFor();
    await look();
    await page.keyboard.press('Escape');
    await expect(sources.dialog).toBeHidden();
    await sources.choose(name, /Slet kalenderen|Delete the calendar/);
    await expect(sources.dialog.getByRole('button', { name: /Slet kalenderen|Delete the calendar/ })).toBeEnabled();
    await look();
    await page.keyboard.press('Escape');
    await expect(sources.dialog).toBeHidden();
  }
  for (const question of [/væk på serveren|gone from the server/, /sletninger|deletions/, /begge steder|both places/]) {
    await sources.row('Ledergruppen').getByRole('button', { name: question }).press('Enter');
    await sources.dialog.waitFor();
    await look();
    if (question.test('begge steder')) {
      await page.keyboard.press('Enter');
      await sources.dialog.getByText(/^2 (af|of) 4$/).waitFor();
      await look();
    }
    await page.keyboard.press('Escape');
    await expect(sources.dialog).toBeHidden();
  }
}

for (const lang of languages) {
  for (const theme of themes) {
    test(`every question about calendars from elsewhere is sound, ${lang} ${theme}`, async ({ page }) => {
      // The page behind a question has its own tests.
      await eachState(page, `lang=${lang}&theme=${theme}&${troubled}`, async () => {
        const asked = await page.getByRole('dialog').count();
        await expectAccessible(page, asked > 0 ? '[role="dialog"]' : '.left .list');
      });
    });
  }

  test(`nothing is lost or laid over another in a small window, ${lang}`, async ({ page }) => {
    await page.setViewportSize({ width: 900, height: 600 });
    await smallStates(page, lang, 100);
  });

  test(`nothing is lost or laid over another in a small window with text of 200 %, ${lang}`, async ({ page }) => {
    await page.setViewportSize({ width: 900, height: 600 });
    await smallStates(page, lang, 200);
  });
}

/** In a small window the calendars stand behind the menu, in a question of their own. */
async function smallStates(page: Page, lang: string, percent: number): Promise<void> {
  const look = async () => {
    await expectNoSidewaysLoss(page);
    await expectNothingOver(page);
  };
  const calendar = await Calendar.open(page, `lang=${lang}&${troubled}`);
  await enlarge(page, percent);
  const list = async () => {
    await page.locator('.right').getByRole('button', { name: /^(Mere|More)$/ }).press('Enter');
    await page.getByRole('menuitem', { name: /^(Kalendere|Calendars)$/ }).press('Enter');
    await calendar.dialog.locator('.list li').first().waitFor();
    await expect(page.locator('.menu-list'), 'the menu goes').toHaveCount(0);
  };
  await list();
  await look();
  for (const question of [/passer ikke|does not fit/, /væk på serveren|gone from the server/, /sletninger|deletions/, /begge steder|both places/]) {
    await calendar.dialog.getByRole('button', { name: question }).press('Enter');
    await expect(calendar.dialog.locator('.list li')).toHaveCount(0);
    await calendar.dialog.getByRole('heading').first().waitFor();
    await look();
    await page.keyboard.press('Escape');
    await expect(calendar.dialog).toBeHidden();
    await list();
  }
  await calendar.dialog.getByRole('button', { name: /Tilføj fra en adresse|Add from an address/ }).press('Enter');
  await calendar.dialog.getByRole('radio').first().waitFor();
  await look();
  await page.keyboard.press('Enter');
  await calendar.dialog.getByLabel(/^(Adresse|Address)$/).fill('https://lukket.eksempel.dk/plan.ics');
  await calendar.dialog.getByLabel(/Kalenderens navn|The calendar’s name/).fill('Skolen');
  await page.keyboard.press('Enter');
  await calendar.dialog.getByRole('alert').waitFor();
  await look();
}
