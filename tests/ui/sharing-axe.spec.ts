// Every screen and question about sharing, in both languages and themes, also small and with large text.
import { meeting } from './networks';
import { dialog, entry, feed, shareDialog, sharedNetwork, sharingCard, thing, written } from './sharing';
import { enlarge, expect, expectAccessible, expectNoSidewaysLoss, expectNothingOver, languages, open, test, themes, type Page } from './window';

test.describe.configure({ timeout: 240_000 });

const closed = async (page: Page) => {
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
};
const asked = (page: Page) => dialog(page).getByRole('button').first().waitFor();

/** Signing in and out, and an account that was used before. */
async function settings(page: Page, mode: string, look: () => Promise<void>): Promise<void> {
  let card = await sharingCard(page, mode);
  await look();
  await card.getByRole('button', { name: /^(Log ind|Sign in)/ }).press('Enter');
  await asked(page);
  await look();
  await page.keyboard.type('side.dk');
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('alert').waitFor();
  await look();
  await dialog(page).getByRole('textbox').first().fill('kommune.dk');
  await page.keyboard.press('Enter');
  await dialog(page).getByText(/^(Brugernavn|User name)$/).waitFor();
  await look();
  await dialog(page).getByRole('button', { name: /Kommunens login/ }).click();
  await dialog(page).getByRole('button', { name: /^(Stop med at vente|Stop waiting)$/ }).waitFor();
  await look();
  await closed(page);
  card = await sharingCard(page, `${mode}&sharing=elsewhere`);
  await card.getByRole('button', { name: /^(Se, hvad|See what)/ }).press('Enter');
  for (const way of [0, 1, 2]) {
    await dialog(page).getByRole('radio').nth(way).check();
    await look();
  }
  await closed(page);
  await card.getByRole('button', { name: /^(Log ud|Sign out)/ }).press('Enter');
  await asked(page);
  await look();
  await closed(page);
}

/** A shared network with everything that can be asked about it. */
async function people(page: Page, mode: string, look: () => Promise<void>): Promise<void> {
  await open(page, `${mode}&sharing=online`);
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: /^(Tag imod|Accept)/ }).waitFor();
  await look();
  await page.getByRole('button', { name: /^(Tag imod|Accept)/ }).press('Enter');
  await asked(page);
  await look();
  await closed(page);
  const card = await sharedNetwork(page, `${mode}&sharing=online&changed`);
  await card.getByRole('button', { name: /^(Vis en kode|Show a code)/ }).waitFor();
  await look();
  await card.getByRole('button', { name: /^(Se, hvad|See what)/ }).first().press('Enter');
  await asked(page);
  await look();
  await closed(page);
  await card.getByRole('button', { name: /^(Vis en kode|Show a code)/ }).press('Enter');
  await dialog(page).getByRole('img').waitFor();
  await look();
  await closed(page);
  await card.getByRole('button', { name: /^(Inviter|Invite) …/ }).press('Enter');
  await asked(page);
  await look();
  await closed(page);
  for (const name of [/^(Spilleregler|Ground rules)/, /^(Forlad|Leave)/]) {
    await card.getByRole('button', { name: /^(Mere om deling|More about sharing)$/ }).press('Enter');
    await page.getByRole('menuitem', { name }).press('Enter');
    await asked(page);
    await look();
    await closed(page);
  }
  await card.getByRole('button', { name: /Jens Aaby/ }).press('Enter');
  await page.getByRole('menuitem').first().press('Enter');
  await asked(page);
  await look();
  await page.evaluate(() => window.fristedPeer('ready'));
  await dialog(page).getByRole('listitem').first().waitFor();
  await look();
  await page.evaluate(() => window.fristedPeer('agree'));
  await expect(dialog(page).getByRole('listitem')).toHaveCount(0);
  await look();
  await closed(page);
  await page.getByRole('button', { name: /^(Mere|More)$/ }).press('Enter');
  await page.getByRole('menuitem', { name: /^(Slet|Delete)/ }).press('Enter');
  await expect(dialog(page).getByRole('button', { name: /^(Slet|Delete)/ })).toBeEnabled();
  await look();
  await dialog(page).getByRole('button', { name: /^(Slet|Delete)/ }).click();
  await page.getByRole('button', { name: /^(Læg|Put)/ }).waitFor();
  await look();
  await page.getByRole('button', { name: /^(Læg|Put)/ }).press('Enter');
  await asked(page);
  await look();
  await closed(page);
}

/** Calling a network to a meeting, and whoever joined since. */
async function calling(page: Page, mode: string, look: () => Promise<void>): Promise<void> {
  await meeting(page, `${mode}&sharing=online`);
  await page.getByRole('button', { name: /^(Indkald|Call)/ }).press('Enter');
  await dialog(page).getByRole('region').waitFor();
  await look();
  await dialog(page).getByRole('button', { name: /^(Indkald|Call)$/ }).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.evaluate(() => window.fristedPeer('come'));
  await page.getByRole('button', { name: /Poul Enevold/ }).waitFor();
  await look();
  await page.getByRole('button', { name: /Poul Enevold/ }).press('Enter');
  await asked(page);
  await look();
  await closed(page);
}

/** Sharing an entry. */
async function sharing(page: Page, mode: string, look: () => Promise<void>): Promise<void> {
  await written(page, 'Jeg rettede i Karens oplæg, og Birgitte sagde ikke noget.', `${mode}&sharing=online`);
  await shareDialog(page);
  await look();
  await dialog(page).getByRole('button', { name: /K\.s/ }).press('Enter');
  await dialog(page).getByText(/K\.s oplæg/).waitFor();
  await look();
  await closed(page);
  await entry(page, `${mode}&sharing=online`, 'At give slip på en opgave');
  await page.getByRole('button', { name: /^(Del den nye|Share the new)/ }).press('Enter');
  await dialog(page).getByRole('region').first().waitFor();
  await look();
  await closed(page);
  await page.getByRole('button', { name: /^(Træk tilbage|Withdraw)/ }).press('Enter');
  await asked(page);
  await look();
  await closed(page);
  await look();
}

/** The feed, its threads and what waits. */
async function reading(page: Page, mode: string, look: () => Promise<void>): Promise<void> {
  await feed(page, `${mode}&sharing=offline&failed`);
  await look();
  await page.getByRole('button', { name: /(venter på at blive sendt|waiting to be sent)$/ }).press('Enter');
  await dialog(page).getByRole('listitem').first().waitFor();
  await look();
  await closed(page);
  await feed(page, `${mode}&sharing=online&asks`);
  await page.getByRole('button', { name: /(venter på dig|is waiting for you)$/ }).press('Enter');
  await dialog(page).getByRole('listitem').first().waitFor();
  await look();
  await closed(page);
  await thing(page, 'Det svære ved at spørge', `${mode}&sharing=online&asks`);
  await look();
  await thing(page, 'At give slip', `${mode}&sharing=online&again=asks`);
  await look();
  await thing(page, 'At give slip', `${mode}&sharing=online&again=failed`);
  await look();
  await feed(page, `${mode}&sharing=online&again=failed`);
  await page.getByRole('button', { name: /(venter på dig|is waiting for you)$/ }).press('Enter');
  await dialog(page).getByRole('button', { name: /^(Send ikke|Do not send)/ }).press('Enter');
  await look();
  await closed(page);
  await entry(page, `${mode}&sharing=online&again=waiting`, 'At give slip på en opgave');
  await look();
  const removed = await thing(page, 'Det, jeg ikke fik sagt', `${mode}&sharing=online`);
  await removed.getByRole('button', { name: /^(Mere om|More about) Det, jeg/ }).press('Enter');
  await page.getByRole('menuitem').first().press('Enter');
  await asked(page);
  await look();
  await closed(page);
  for (const title of [/Det, jeg ikke fik sagt/, /året, der gik/, /Vagtplanen/, /(Nøglen er ikke|The key has not)/, 'Ring om vagtplanen']) {
    await thing(page, title, `${mode}&sharing=online`);
    await look();
  }
}

const parts = { settings, people, calling, sharing, reading };

for (const [name, part] of Object.entries(parts)) {
  for (const lang of languages) {
    for (const theme of themes) {
      test(`${name} are sound, ${lang} ${theme}`, async ({ page }) => {
        await part(page, `lang=${lang}&theme=${theme}`, async () => {
          const within = (await dialog(page).count()) > 0 ? '[role="dialog"]' : 'main';
          await expectAccessible(page, within);
        });
      });
    }
    for (const percent of [100, 200]) {
      test(`${name} lose nothing in a small window with text of ${percent} %, ${lang}`, async ({ page }) => {
        await page.setViewportSize({ width: 900, height: 600 });
        await part(page, `lang=${lang}&theme=light`, async () => {
          await enlarge(page, percent);
          await expectNoSidewaysLoss(page);
          // A long list measures its rows anew a moment after the text grew.
          await expect(() => expectNothingOver(page)).toPass({ timeout: 3000 });
        });
      });
    }
  }
}
