import { dialog, sharingCard } from './sharing';
import { expect, test } from './window';

test('nobody is signed in at first, and it says that nothing leaves before that', async ({ page }) => {
  const card = await sharingCard(page);
  await expect(card).toContainText('Intet forlader computeren, før du har logget ind');
  await expect(page.getByRole('navigation', { name: 'Steder' }).getByRole('button', { name: 'Delt' })).toHaveCount(0);
});

test('one signs in by keyboard with the address that the server has and a password', async ({ page }) => {
  const card = await sharingCard(page);
  await card.getByRole('button', { name: 'Log ind …' }).press('Enter');
  await expect(dialog(page).getByLabel('Serverens adresse')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText('Skriv en adresse.');
  await page.keyboard.type('kommune.dk');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Brugernavn')).toBeFocused();
  await expect(dialog(page)).toContainText('Du logger ind på https://matrix.kommune.dk.');
  await page.keyboard.type('karen');
  await page.keyboard.press('Tab');
  await page.keyboard.type('hemmeligt');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(card).toContainText('@karen:eksempel.dk');
  await expect(card).toContainText('Serveren svarer.');
  await expect(page.locator('.toast')).toContainText('Intet er delt.');
});

test('a wrong password is refused, says what was kept, and is not left in the field', async ({ page }) => {
  const card = await sharingCard(page);
  await card.getByRole('button', { name: 'Log ind …' }).click();
  await dialog(page).getByLabel('Serverens adresse').fill('kommune.dk');
  await page.keyboard.press('Enter');
  await dialog(page).getByLabel('Brugernavn').fill('karen');
  await dialog(page).getByLabel('Adgangskode', { exact: true }).fill('forkert');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('alert')).toContainText('Du er ikke logget ind, og intet er gemt.');
  await expect(dialog(page).getByLabel('Adgangskode', { exact: true })).toHaveValue('');
  await expect(dialog(page).getByLabel('Brugernavn')).toHaveValue('karen');
});

test('an address with no server says so, and one that is too old says what it lacks', async ({ page }) => {
  const card = await sharingCard(page);
  await card.getByRole('button', { name: 'Log ind …' }).click();
  const address = dialog(page).getByLabel('Serverens adresse');
  await address.fill('side.dk');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('alert')).toContainText('Der er ingen server til deling på den adresse.');
  await address.fill('gammel.dk');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('alert')).toContainText('org.matrix.simplified_msc3575');
});

test('signing in by the browser waits for it, can be stopped, and goes on by itself', async ({ page }) => {
  const card = await sharingCard(page);
  await card.getByRole('button', { name: 'Log ind …' }).click();
  await dialog(page).getByLabel('Serverens adresse').fill('sso.kommune.dk');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Brugernavn')).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Log ind med Kommunens login' }).press('Enter');
  await expect(dialog(page).getByRole('heading', { name: 'Venter på browseren' })).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Stop med at vente' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('button', { name: 'Log ind med Kommunens login' })).toBeVisible();
  await expect(dialog(page).getByRole('alert')).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Log ind med Kommunens login' }).click();
  await dialog(page).getByRole('button', { name: 'Stop med at vente' }).waitFor();
  await page.evaluate(() => window.fristedBrowser());
  await expect(dialog(page)).toBeHidden();
  await expect(card).toContainText('@karen:eksempel.dk');
});

test('signing out says what goes and what stays, and the focus begins where nothing happens', async ({ page }) => {
  const card = await sharingCard(page, 'sharing=online');
  await card.getByRole('button', { name: 'Log ud …' }).press('Enter');
  await expect(dialog(page)).toContainText('Nøglerne til kontoen slettes fra disken.');
  await expect(dialog(page)).toContainText('Dine refleksioner, og alt, du har delt og fået, er her stadig.');
  await expect(dialog(page).getByRole('button', { name: 'Bliv logget ind' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card.getByRole('button', { name: 'Log ud …' })).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('button', { name: 'Log ud', exact: true }).click();
  await expect(card.getByRole('button', { name: 'Log ind …' })).toBeVisible();
});

test('signing out where the server does not answer says that it counts the computer as signed in', async ({ page }) => {
  const card = await sharingCard(page, 'sharing=offline');
  await card.getByRole('button', { name: 'Log ud …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Log ud', exact: true }).click();
  await expect(page.locator('.toast')).toContainText('Serveren svarede ikke og regner stadig computeren for logget ind.');
  await expect(card.getByRole('button', { name: 'Log ind …' })).toBeVisible();
  await expect(card.getByRole('alert'), 'nothing is wrong with being signed out').toHaveCount(0);
});

test('a computer that the server signed out says so everywhere, and that all is kept', async ({ page }) => {
  const card = await sharingCard(page, 'sharing=signedout');
  await expect(card.getByRole('alert')).toContainText('Alt, du har delt og fået, er her stadig.');
  await page.keyboard.press('Alt+1');
  await page.getByRole('main').getByRole('button', { name: 'Log ind igen …' }).click();
  await card.getByRole('button', { name: 'Log ind igen …' }).click();
  await expect(dialog(page).getByLabel('Serverens adresse')).toHaveValue('https://matrix.eksempel.dk');
});

test('an account that was used before begins with the way that loses nothing', async ({ page }) => {
  const card = await sharingCard(page, 'sharing=elsewhere');
  await card.getByRole('button', { name: 'Se, hvad du kan gøre …' }).press('Enter');
  await expect(dialog(page).getByRole('radio', { name: /Jeg har brugt Fristed på en anden computer/ })).toBeChecked();
  await expect(dialog(page)).toContainText('Vælg så Åbn en anden journal under Indstillinger, Journalens plads.');
  await expect(dialog(page).getByRole('button', { name: 'Begynd forfra' })).toHaveCount(0);
  await dialog(page).getByRole('radio', { name: /Jeg har fået en nøgle/ }).check();
  await dialog(page).getByLabel('Nøglen fra det andet program').fill('forkert');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('alert')).toContainText('Den nøgle åbner ikke noget.');
  await dialog(page).getByRole('radio', { name: /Jeg har ingen af delene/ }).check();
  await expect(dialog(page).getByRole('alert')).toHaveCount(0);
  await expect(dialog(page)).toContainText('Det kan ikke fortrydes.');
  await dialog(page).getByRole('button', { name: 'Begynd forfra' }).click();
  await expect(dialog(page).getByRole('status')).toHaveText('Log ind på siden, der er åbnet i din browser. Fristed går videre af sig selv bagefter. Fristed venter i to minutter.');
  await page.evaluate(() => window.fristedBrowser());
  await expect(dialog(page)).toBeHidden();
  await expect(card.getByRole('button', { name: 'Se, hvad du kan gøre …' })).toHaveCount(0);
});

test('how it stands is asked again where it could not be told', async ({ page }) => {
  const card = await sharingCard(page, 'fail=sharingStatus:damaged');
  await expect(card.getByRole('alert')).toContainText('Noget i journalens fil kan ikke læses.');
  await expect(card.getByRole('button', { name: 'Prøv igen' })).toBeVisible();
});
