import { network, networks } from './networks';
import { expect, test } from './window';

test('a network is made, and its rule finds its meetings, which the leader confirms or not', async ({ page }) => {
  await networks(page, 'networks=0');
  await page.getByRole('button', { name: 'Nyt netværk' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Navn').fill('Ledernetværk Syd');
  await dialog.getByLabel('Titlen indeholder').fill('Ledernetværk Syd');
  await dialog.getByRole('radio', { name: 'Blå' }).check();
  await dialog.getByRole('button', { name: 'Opret' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ledernetværk Syd' })).toBeVisible();
  await expect(page.getByText('Er det netværkets møder?')).toBeVisible();
  await page.getByRole('button', { name: /^Ja, .*at lede gennem andre/ }).click();
  await expect(page.getByRole('button', { name: /At lede gennem andre/ }).first()).toBeVisible();
  await page.getByRole('button', { name: /^Nej, .*året, der gik/ }).click();
  await expect(page.getByRole('button', { name: /^Nej, .*året, der gik/ })).toHaveCount(0);
});

test('the list tells each network’s next meeting and what is promised', async ({ page }) => {
  await networks(page);
  const south = page.getByRole('button', { name: /Ledernetværk Syd/ });
  await expect(south).toContainText('7 medlemmer · 3 åbne løfter');
  await expect(south).toContainText('At lede gennem andre');
  await expect(south).toContainText('Torsdag den 26. november kl. 9.00–12.00');
});

test('people are written down with notes of one’s own, and taken away with a way back', async ({ page }) => {
  await network(page);
  await page.getByRole('button', { name: 'Tilføj medlem' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Navn').fill('Nanna Bro');
  await dialog.getByLabel('Arbejdssted').fill('Musikskolen');
  await dialog.getByLabel('Dine noter').fill('Spørg til flytningen.');
  await dialog.getByRole('button', { name: 'Tilføj', exact: true }).click();
  await expect(page.getByText('Spørg til flytningen.')).toBeVisible();
  await page.getByRole('button', { name: 'Mere om Nanna Bro' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Fjern' }).press('Enter');
  await expect(page.getByText('Musikskolen')).toHaveCount(0);
  await page.locator('.toast').getByRole('button', { name: 'Fortryd' }).click();
  await expect(page.getByText('Musikskolen')).toBeVisible();
});

test('a promise in one line is understood while it is typed, and enter takes it', async ({ page }) => {
  await network(page);
  const line = page.getByLabel('Nyt løfte');
  await line.pressSequentially('Mette: sender årshjulet inden fredag');
  const understood = page.locator('.understood');
  await expect(understood).toContainText('Mette Skov');
  await expect(understood).toContainText('sender årshjulet');
  await expect(understood).toContainText('fredag den 27. november');
  await page.keyboard.press('Enter');
  await expect(line).toHaveValue('');
  const row = page.getByRole('listitem').filter({ hasText: 'sender årshjulet' });
  await expect(row).toContainText('Mette Skov');
  await row.getByRole('checkbox').press('Space');
  await expect(page.locator('.toast')).toContainText('Holdt.');
  await expect(row.getByRole('checkbox')).toBeChecked();
});

test('a promise is changed, remembers what it was, and can be let go', async ({ page }) => {
  await network(page);
  const row = page.getByRole('listitem').filter({ hasText: 'Send årshjulet til de nye' });
  await row.getByRole('button').press('Enter');
  await page.getByRole('menuitem', { name: 'Ret' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Hvornår', { exact: true }).fill('18.12.2026');
  await dialog.getByRole('button', { name: 'Gem' }).click();
  await expect(row).toContainText('18. dec.');
  await expect(row).toContainText('ændret 1 gang');
  await row.getByRole('button').press('Enter');
  await page.getByRole('menuitem', { name: 'Ret' }).press('Enter');
  await expect(dialog).toContainText('senest 4. dec.');
  await page.keyboard.press('Escape');
  await row.getByRole('button').press('Enter');
  await page.getByRole('menuitem', { name: 'Læg det fra dig' }).press('Enter');
  await expect(row).toContainText('lagt fra');
});

test('deleting a network says what goes along, and what stays', async ({ page }) => {
  await network(page);
  await page.getByRole('button', { name: 'Mere', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Slet netværket' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('3 møder med forberedelse og noter bliver slettet');
  await expect(dialog).toContainText('5 løfter bliver slettet.');
  await expect(dialog).toContainText('Begivenhederne i kalenderen og dine refleksioner bliver stående.');
  await dialog.getByRole('button', { name: 'Slet netværket' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Netværk' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Ledernetværk Syd/ })).toHaveCount(0);
});

test('networks that cannot be read say so', async ({ page }) => {
  await networks(page, 'fail=networks:damaged');
  await expect(page.getByRole('alert')).toContainText('Noget i journalens fil kan ikke læses.');
});
