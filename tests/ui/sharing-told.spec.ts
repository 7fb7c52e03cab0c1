import { network, meeting } from './networks';
import { dialog, thing } from './sharing';
import { expect, open, test } from './window';

test('a meeting is answered in the feed, and says who comes', async ({ page }) => {
  const article = await thing(page, 'året, der gik');
  await expect(article).toContainText('Torsdag den 17. december kl. 9.00–12.00');
  await article.getByRole('button', { name: 'Kommer', exact: true }).press('Enter');
  await expect(article.getByRole('button', { name: 'Kommer', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(article.locator('dl')).toContainText('Birgitte Holm');
});

test('a meeting in the feed says what it is about, line by line, and asks before an address is opened', async ({ page }) => {
  const article = await thing(page, 'året, der gik');
  const about = article.getByText('Tag én ting med, der lykkedes.');
  expect(await about.innerText()).toContain('lykkedes.\n\nOplægget');
  await about.getByRole('button', { name: 'https://netvaerk.eksempel.dk/aaret' }).press('Enter');
  await expect(dialog(page)).toContainText('https://netvaerk.eksempel.dk/aaret');
});

test('calling a network shows all that leaves: the whole title, when, where, and what the event says', async ({ page }) => {
  await meeting(page, 'sharing=online');
  await page.getByRole('button', { name: 'Indkald netværket …' }).press('Enter');
  const asked = dialog(page);
  await expect(asked).toContainText('får mødets titel, tid, sted og beskrivelse');
  await expect(asked.getByText('Ledernetværk Syd: at lede gennem andre', { exact: true })).toBeVisible();
  await expect(asked).toContainText('Torsdag den 26. november kl. 9.00–12.00');
  await expect(asked).toContainText('Rådhuset, lokale 2');
  const about = asked.getByRole('region', { name: 'Beskrivelse' });
  await about.focus();
  await expect(about).toBeFocused();
  expect(await about.innerText()).toMatch(/^Kære alle\n\nVi mødes igen[^]*Hilsen Birgitte$/);
});

test('whoever joined since a meeting was called can be called too', async ({ page }) => {
  await meeting(page, 'sharing=online');
  await page.getByRole('button', { name: 'Indkald netværket …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Indkald', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('0 kommer, 4 har ikke svaret');
  await expect(page.getByRole('button', { name: /^Indkald også/ })).toHaveCount(0);
  await page.evaluate(() => window.fristedPeer('come'));
  await page.getByRole('button', { name: 'Indkald også Poul Enevold …' }).press('Enter');
  await expect(dialog(page)).toContainText('igen, også Poul Enevold.');
  await dialog(page).getByRole('button', { name: 'Indkald', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('0 kommer, 5 har ikke svaret');
  await expect(page.getByRole('button', { name: /^Indkald også/ })).toHaveCount(0);
});

test('signed out nobody is called to a meeting', async ({ page }) => {
  await meeting(page, 'sharing=signedout');
  await expect(page.getByRole('button', { name: 'Indkald netværket …' })).toBeDisabled();
});

test('a meeting that comes through a network stands in the calendar at once, and what is open stays open', async ({ page }) => {
  await open(page, 'sharing=online');
  await page.keyboard.press('Alt+3');
  const shown = page.getByText('MUS med souschefen').first();
  await shown.waitFor();
  await page.keyboard.press('g');
  await expect(dialog(page)).toBeVisible();
  const focus = () => page.evaluate(() => document.activeElement?.outerHTML ?? '');
  const before = await focus();
  await page.evaluate(() => window.fristedCalled('Netværkets ekstra møde', '2026-11-27'));
  await expect(page.getByText('Netværkets ekstra møde')).toHaveCount(1);
  await expect(dialog(page)).toBeVisible();
  expect(await focus()).toBe(before);
});

test('the network is called to a meeting from its page, and it is called off there', async ({ page }) => {
  await meeting(page, 'sharing=online');
  await page.getByRole('button', { name: 'Indkald netværket …' }).press('Enter');
  await expect(dialog(page)).toContainText('Din forberedelse bliver her.');
  await expect(dialog(page).getByRole('button', { name: 'Ikke endnu' })).toBeFocused();
  await dialog(page).getByRole('button', { name: 'Indkald', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('0 kommer, 4 har ikke svaret');
  await page.getByRole('button', { name: 'Aflys for netværket …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Aflys mødet' }).click();
  await expect(page.getByRole('button', { name: 'Aflys for netværket …' })).toHaveCount(0);
});

test('a meeting that is called off says so, and that nobody has been told yet', async ({ page }) => {
  await meeting(page, 'sharing=offline');
  await page.getByRole('button', { name: 'Indkald netværket …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Indkald', exact: true }).click();
  await page.getByRole('button', { name: 'Aflys for netværket …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Aflys mødet' }).click();
  await expect(page.getByRole('main')).toContainText('Aflyst · Venter på at blive sendt');
});

test('a promise is told to the network only when the leader says so', async ({ page }) => {
  await network(page, 'Ledernetværk Syd', 'sharing=online');
  const row = page.getByRole('listitem').filter({ hasText: 'Send årshjulet til de nye' });
  await row.getByRole('button').press('Enter');
  await page.getByRole('menuitem', { name: 'Fortæl netværket …' }).press('Enter');
  await expect(dialog(page)).toContainText('Send årshjulet til de nye');
  await expect(dialog(page)).toContainText('Lovet af Karen Lund · senest fredag den 4. december');
  await dialog(page).getByRole('button', { name: 'Fortæl det' }).click();
  await expect(page.locator('.toast')).toContainText('Delt med Ledernetværk Syd.', { timeout: 15_000 });
  await page.keyboard.press('Alt+5');
  const first = page.getByRole('option').first();
  await expect(first).toContainText('Send årshjulet til de nye');
  await expect(first).toContainText('Løfte · Karen Lund · senest 4. dec.');
});

test('a promise that is told can be called back for ten seconds', async ({ page }) => {
  await network(page, 'Ledernetværk Syd', 'sharing=online');
  await page.getByRole('listitem').filter({ hasText: 'Send årshjulet til de nye' }).getByRole('button').press('Enter');
  await page.getByRole('menuitem', { name: 'Fortæl netværket …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Fortæl det' }).click();
  await expect(page.locator('.sheet')).toContainText(/Bliver delt med Ledernetværk Syd om \d+ s/);
  await expect(page.getByRole('button', { name: /^Fortryd/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('Fortrudt. Intet er sendt.');
  await page.keyboard.press('Alt+5');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('option').filter({ hasText: 'Send årshjulet' })).toHaveCount(0);
});

test('what another promised says who and by when', async ({ page }) => {
  const article = await thing(page, 'Ring om vagtplanen');
  await expect(page.getByRole('option').filter({ hasText: 'Ring om vagtplanen' })).toContainText('Løfte · Jens Aaby · senest 26. nov.');
  await expect(article).toContainText('Lovet af Jens Aaby · senest torsdag den 26. november');
  await expect(article).not.toContainText('Fra et andet program');
});

test('the ground rules say who is in and who has not said so', async ({ page }) => {
  const article = await thing(page, /^Birgitte Holm.*Spilleregler/s);
  await expect(article).toContainText('Har ikke sagt det endnu: dig, Lone Damgaard og Mette Skov');
  await article.getByRole('button', { name: 'Jeg er med' }).press('Enter');
  await expect(article).toContainText('Jeg er med: Birgitte Holm, Jens Aaby og dig');
  await expect(article).toContainText('Har ikke sagt det endnu: Lone Damgaard og Mette Skov');
});
