import { dialog, sharedNetwork } from './sharing';
import { expect, open, test, type Page } from './window';

test('a network that is not shared says that it is only here, and asks nobody', async ({ page }) => {
  const card = await sharedNetwork(page, '');
  await expect(card).toContainText('Netværket er kun her hos dig.');
  await card.getByRole('button', { name: 'Log ind under Indstillinger' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Indstillinger' })).toBeVisible();
});

test('connecting asks who can be in it, and says that it cannot be changed', async ({ page }) => {
  const card = await sharedNetwork(page, 'sharing=online', 'Ledernetværk Nord');
  await card.getByRole('button', { name: 'Forbind netværket …' }).press('Enter');
  await expect(dialog(page).getByRole('radio', { name: /Kun vores kommune/ })).toBeChecked();
  await expect(dialog(page)).toContainText('Det kan ikke ændres senere.');
  await dialog(page).getByRole('radio', { name: /Flere kommuner/ }).check();
  await dialog(page).getByRole('button', { name: 'Forbind', exact: true }).click();
  await expect(card).toContainText('Også ledere fra andre kommuner kan være med.');
  await expect(card).toContainText('Der er kun dig endnu.');
});

test('everybody is told by name and in words', async ({ page }) => {
  const card = await sharedNetwork(page);
  const person = (name: string) => card.getByRole('listitem').filter({ hasText: name });
  await expect(person('Birgitte Holm')).toContainText('I har bekræftet hinanden');
  await expect(person('Jens Aaby')).toContainText('Ikke bekræftet endnu');
  await expect(person('Jens Aaby')).toContainText('En computer i det navn er ikke bekræftet.');
  await expect(person('Mette Skov')).toContainText('Kan ikke læse det, du deler');
  await expect(person('Poul Enevold')).toContainText('Inviteret, har ikke svaret');
});

test('one who asks is let in by the leader, and only then is in it', async ({ page }) => {
  const card = await sharedNetwork(page);
  await expect(card).toContainText('Sara Winther vil gerne med');
  await card.getByRole('button', { name: 'Luk Sara Winther ind' }).press('Enter');
  await expect(card).not.toContainText('vil gerne med');
  await expect(page.locator('.toast')).toContainText('Sara Winther er inviteret og læser det, der bliver delt, efter at invitationen er taget imod.');
  await expect(card.getByRole('listitem').filter({ hasText: 'Sara Winther' })).toContainText('Inviteret, har ikke svaret');
});

test('an invitation goes to an address that looks like one, and a stranger’s is refused', async ({ page }) => {
  const card = await sharedNetwork(page);
  await card.getByRole('button', { name: 'Inviter …' }).press('Enter');
  await expect(dialog(page).getByLabel('Adresse')).toBeFocused();
  await page.keyboard.type('ole@eksempel.dk');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText('En adresse begynder med @');
  await dialog(page).getByLabel('Adresse').fill('@ingen:eksempel.dk');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('alert')).toContainText('Ingen har den adresse.');
  await dialog(page).getByLabel('Adresse').fill('@ole:eksempel.dk');
  await page.keyboard.press('Enter');
  await expect(card.getByRole('listitem').filter({ hasText: 'Ole' })).toContainText('Inviteret, har ikke svaret');
});

test('a code is shown large and as a picture, and opens nothing once it is hidden', async ({ page }) => {
  const card = await sharedNetwork(page);
  await card.getByRole('button', { name: 'Vis en kode …' }).press('Enter');
  await expect(dialog(page)).toContainText('Koden virker, så længe den bliver vist.');
  await expect(dialog(page).getByRole('img', { name: 'Koden som et billede, der kan scannes' })).toBeVisible();
  const size = await dialog(page).locator('.text').evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
  expect(size, 'readable from the back of a room').toBeGreaterThanOrEqual(40);
  await expect(dialog(page).getByRole('button', { name: 'Skjul koden' }), 'a stray Enter lets nobody in').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('åbner ikke noget mere');
  await expect(card.getByRole('button', { name: 'Vis en kode …' })).toBeFocused();
});

test('a code that could not be hidden is told of, and hidden once the server answers', async ({ page }) => {
  const card = await sharedNetwork(page);
  await card.getByRole('button', { name: 'Vis en kode …' }).press('Enter');
  await expect(dialog(page).getByRole('button', { name: 'Skjul koden' })).toBeFocused();
  await page.evaluate(() => window.fristedServer(false));
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('koden virker endnu');
  expect(await page.evaluate(() => window.fristedCodes())).toHaveLength(1);
  await page.evaluate(() => window.fristedServer(true));
  await expect.poll(() => page.evaluate(() => window.fristedCodes())).toHaveLength(0);
});

test('over a code that is shown anew nothing says that it is hidden', async ({ page }) => {
  const card = await sharedNetwork(page, 'sharing=online&wait=400');
  await card.getByRole('button', { name: 'Vis en kode …' }).press('Enter');
  await expect(dialog(page).getByRole('button', { name: 'Skjul koden' })).toBeFocused();
  await page.keyboard.press('Enter');
  await card.getByRole('button', { name: 'Vis en kode …' }).press('Enter');
  await expect(dialog(page)).toContainText('SYD-7K2M-94QX');
  expect(await page.evaluate(() => window.fristedCodes())).toHaveLength(1);
  await expect(page.locator('.toast')).toHaveCount(0);
});

test('what is told while a question is open lies over none of its answers', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  const card = await sharedNetwork(page);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await card.getByRole('button', { name: 'Vis en kode …' }).press('Enter');
  await expect(dialog(page).getByRole('button', { name: 'Skjul koden' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('åbner ikke noget mere');
  await card.getByRole('button', { name: 'Vis en kode …' }).press('Enter');
  const answer = await dialog(page).getByRole('button', { name: 'Skjul koden' }).boundingBox();
  const told = await page.locator('.toast').boundingBox();
  expect(told!.y + told!.height).toBeLessThanOrEqual(answer!.y);
});

test('a code that stands on the screen stays while other things change', async ({ page }) => {
  const card = await sharedNetwork(page);
  await card.getByRole('button', { name: 'Vis en kode …' }).press('Enter');
  await expect(dialog(page)).toContainText('SYD-7K2M-94QX');
  await page.evaluate(() => window.fristedPeer('ask'));
  await page.evaluate(() => window.fristedServer(true));
  await expect(page.getByText('Jens Aaby vil bekræfte')).toBeAttached();
  expect(await page.evaluate(() => window.fristedCodes())).toHaveLength(1);
});

test('a code that somebody shows is typed, and one waits to be let in', async ({ page }) => {
  await open(page, 'sharing=online');
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: 'Indtast en kode …' }).press('Enter');
  await expect(dialog(page).getByLabel('Koden')).toBeFocused();
  await expect(dialog(page)).toContainText('kommer der en invitation, som du tager imod under Netværk');
  await page.keyboard.type('kort');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('alert')).toContainText('Koden åbner ikke noget.');
  await dialog(page).getByLabel('Koden').fill('OST-1A2B-3C4D');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toContainText('Du har bedt om at komme med i Institutionsledere Øst.');
});

test('an invitation is accepted into a network that is here, or declined', async ({ page }) => {
  await open(page, 'sharing=online');
  await page.keyboard.press('Alt+4');
  await expect(page.getByRole('main')).toContainText('Tove Bech inviterer dig til Skoleledere i Vest.');
  await page.getByRole('button', { name: 'Tag imod invitationen til Skoleledere i Vest' }).press('Enter');
  await expect(dialog(page).getByRole('radio', { name: 'Et nyt netværk: Skoleledere i Vest' })).toBeChecked();
  await expect(dialog(page).getByRole('radio', { name: /Ledernetværk Syd/ }), 'it is shared already').toHaveCount(0);
  await dialog(page).getByRole('radio', { name: /Ledernetværk Nord/ }).check();
  await dialog(page).getByRole('button', { name: 'Kom med' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ledernetværk Nord' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Deling' })).toContainText('Tove Bech');
});

test('an invitation that is declined is gone', async ({ page }) => {
  await open(page, 'sharing=online');
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: 'Afslå invitationen til Skoleledere i Vest' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Afslå', exact: true }).click();
  await expect(page.getByRole('main')).not.toContainText('Tove Bech');
});

/** Deletes the network here; the leader is still in the shared one. */
async function deleted(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mere', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Slet netværket' }).press('Enter');
  await expect(dialog(page)).toContainText('Du er stadig med i det delte netværk');
  await expect(dialog(page)).toContainText('forlad det først under Deling');
  await dialog(page).getByRole('button', { name: 'Slet netværket' }).click();
  await expect(page.getByRole('main')).toContainText('Du er med i Ledernetværk Syd, men det ligger ikke hos dig.');
}

test('a shared network that was deleted here can be put here again', async ({ page }) => {
  await sharedNetwork(page);
  await deleted(page);
  await page.getByRole('button', { name: 'Læg Ledernetværk Syd hos dig' }).press('Enter');
  await expect(dialog(page)).toContainText('Du er med i det i forvejen.');
  await expect(dialog(page).getByRole('radio', { name: 'Et nyt netværk: Ledernetværk Syd' })).toBeChecked();
  await dialog(page).getByRole('button', { name: 'Læg det her' }).click();
  await expect(page.locator('.toast')).toContainText('Ledernetværk Syd ligger nu hos dig.');
  await expect(page.getByRole('heading', { level: 1, name: 'Ledernetværk Syd' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Deling' })).toContainText('Birgitte Holm');
});

test('a network that is not shared takes one that lies nowhere, rather than a second one', async ({ page }) => {
  await sharedNetwork(page);
  await deleted(page);
  await page.getByRole('button', { name: /^Ledernetværk Nord/ }).press('Enter');
  const card = page.getByRole('region', { name: 'Deling' });
  await expect(card.getByRole('button', { name: 'Forbind netværket …' })).toBeVisible();
  await card.getByRole('button', { name: 'Læg Ledernetværk Syd hos dig' }).press('Enter');
  await expect(dialog(page).getByRole('radio', { name: 'Ledernetværk Nord, som du har i forvejen' })).toBeChecked();
  await dialog(page).getByRole('button', { name: 'Læg det her' }).click();
  await expect(card).toContainText('Birgitte Holm');
  await expect(card.getByRole('button', { name: 'Forbind netværket …' })).toHaveCount(0);
});

test('sharing where the only network lies nowhere says so, and not that one is to be connected', async ({ page }) => {
  await sharedNetwork(page);
  await deleted(page);
  await page.keyboard.press('Alt+2');
  await page.getByRole('option', { name: /Efter netværksmødet/ }).first().click();
  await page.keyboard.press('Control+Shift+D');
  await expect(dialog(page)).toContainText('Du er med i 1 netværk, der ikke ligger hos dig.');
  await expect(dialog(page)).not.toContainText('Forbind');
  await dialog(page).getByRole('button', { name: 'Gå til Netværk' }).click();
  await expect(page.getByRole('button', { name: 'Læg Ledernetværk Syd hos dig' })).toBeVisible();
});

test('deleting a network that is only here says nothing of others', async ({ page }) => {
  await sharedNetwork(page, 'sharing=online', 'Ledernetværk Nord');
  await page.getByRole('button', { name: 'Mere', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Slet netværket' }).press('Enter');
  await expect(dialog(page)).toContainText('Det kan ikke fortrydes.');
  await expect(dialog(page)).not.toContainText('Du er stadig med');
});

test('two leaders compare seven signs by their names, and know each other then', async ({ page }) => {
  const card = await sharedNetwork(page);
  await card.getByRole('button', { name: 'Deling med Jens Aaby' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Bekræft hinanden …' }).press('Enter');
  await expect(dialog(page)).toContainText('Venter på Jens Aaby.');
  await page.evaluate(() => window.fristedPeer('ready'));
  const signs = dialog(page).getByRole('list', { name: 'De syv tegn' }).getByRole('listitem');
  await expect(signs).toHaveCount(7);
  await expect(signs.first()).toContainText('Hund');
  await expect(signs.last()).toContainText('Tegnestift');
  await expect(dialog(page).getByRole('button', { name: 'Ja, de er ens' }), 'a stray Enter confirms nobody').not.toBeFocused();
  await dialog(page).getByRole('button', { name: 'Ja, de er ens' }).press('Enter');
  await expect(dialog(page)).toContainText('I har bekræftet hinanden.');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(card.getByRole('listitem').filter({ hasText: 'Jens Aaby' })).toContainText('I har bekræftet hinanden');
});

test('one who is asked by another answers from wherever she is, and signs that differ confirm nobody', async ({ page }) => {
  await open(page, 'sharing=online');
  await page.evaluate(() => window.fristedPeer('ask'));
  await expect(page.getByRole('main')).toContainText('Jens Aaby vil bekræfte');
  await expect(dialog(page), 'nothing comes between a leader and what she writes').toHaveCount(0);
  await page.getByRole('button', { name: 'Se tegnene …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Vis tegnene' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Nej, de er forskellige' }).press('Enter');
  await expect(dialog(page)).toContainText('del ikke noget fortroligt');
});

test('somebody on another computer than before stops what is sent, and calling comes first', async ({ page }) => {
  const card = await sharedNetwork(page, 'sharing=online&changed');
  await expect(card).toContainText('Intet bliver sendt til netværket lige nu.');
  await card.getByRole('button', { name: 'Se, hvad du kan gøre …' }).first().press('Enter');
  await expect(dialog(page)).toContainText('Ring til Lone Damgaard, og spørg: ”Har du fået ny computer?”');
  await expect(dialog(page).getByRole('button', { name: 'Vent, til jeg har spurgt' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card).toContainText('Intet bliver sendt til netværket lige nu.');
  await card.getByRole('button', { name: 'Se, hvad du kan gøre …' }).first().click();
  await dialog(page).getByRole('button', { name: 'Jeg har spurgt: det er Lone Damgaard' }).click();
  await expect(card).not.toContainText('Intet bliver sendt');
  await expect(card.getByRole('listitem').filter({ hasText: 'Lone Damgaard' })).toContainText('Ikke bekræftet endnu');
});

test('removing somebody says what cannot be undone', async ({ page }) => {
  const card = await sharedNetwork(page);
  await card.getByRole('button', { name: 'Deling med Jens Aaby' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Fjern fra netværket …' }).press('Enter');
  await expect(dialog(page)).toContainText('kan ikke gøres ulæst');
  await dialog(page).getByRole('button', { name: 'Fjern', exact: true }).click();
  await expect(card.getByRole('button', { name: 'Deling med Jens Aaby' })).toHaveCount(0);
});

test('leaving offers to withdraw everything first, and what was shared stays readable', async ({ page }) => {
  const card = await sharedNetwork(page);
  await card.getByRole('button', { name: 'Mere om deling' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Forlad netværket …' }).press('Enter');
  await expect(dialog(page).getByRole('radio', { name: /Træk alt tilbage først/ })).toBeChecked();
  await expect(dialog(page).getByRole('button', { name: 'Lad det være' })).toBeFocused();
  await dialog(page).getByRole('button', { name: 'Forlad netværket' }).click();
  await expect(card).toContainText('Du er ikke længere med.');
  await expect(card.getByRole('button', { name: /Det, der er delt her/ })).toBeVisible();
});

test('everything is taken back without leaving, and it says how much that was', async ({ page }) => {
  const card = await sharedNetwork(page);
  await card.getByRole('button', { name: 'Mere om deling' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Træk alt tilbage …' }).press('Enter');
  await expect(dialog(page)).toContainText('du er stadig med i netværket');
  await expect(dialog(page).getByRole('button', { name: 'Lad det blive' })).toBeFocused();
  await dialog(page).getByRole('button', { name: 'Træk alt tilbage' }).click();
  await expect(page.getByRole('status').filter({ hasText: /ting, du har delt, er trukket tilbage/ })).toBeVisible();
  await expect(card).toContainText('Hvem er med');
});

test('what the server refuses is told where it was asked, and nothing closes', async ({ page }) => {
  const card = await sharedNetwork(page, 'sharing=online&fail=networkConnect:unreachable', 'Ledernetværk Nord');
  await card.getByRole('button', { name: 'Forbind netværket …' }).click();
  await dialog(page).getByRole('button', { name: 'Forbind', exact: true }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('Netværket er her stadig og er kun hos dig.');
});

test('the ground rules are written from what they are now, and told to the network', async ({ page }) => {
  const card = await sharedNetwork(page);
  await card.getByRole('button', { name: 'Mere om deling' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Spilleregler …' }).press('Enter');
  const rules = dialog(page).getByLabel('Jeres spilleregler');
  await expect(rules).toHaveValue(/Det, der siges her, bliver her/);
  await rules.fill('Vi taler om os selv.');
  await dialog(page).getByRole('button', { name: 'Fortæl Ledernetværk Syd' }).click();
  await expect(page.locator('.sheet')).toContainText(/Bliver delt med Ledernetværk Syd om \d+ s/);
  await expect(page.getByRole('button', { name: /^Fortryd/ })).toBeFocused();
  await page.keyboard.press('Control+z');
  await card.getByRole('button', { name: 'Mere om deling' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Spilleregler …' }).press('Enter');
  await expect(rules, 'what was called back is not lost').toHaveValue('Vi taler om os selv.');
  await dialog(page).getByRole('button', { name: 'Fortæl Ledernetværk Syd' }).click();
  await expect(page.locator('.toast')).toContainText(/elt med Ledernetværk Syd/, { timeout: 15_000 });
  await page.keyboard.press('Alt+5');
  const first = page.getByRole('option').first();
  await expect(first).toContainText('Spilleregler');
  await expect(first).toContainText('Vi taler om os selv.');
});
