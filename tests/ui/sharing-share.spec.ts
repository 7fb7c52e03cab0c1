import { dialog, entry, shareButton, shareDialog, written } from './sharing';
import { expect, open, test } from './window';

test('a private entry carries no word of sharing, and signed out the bar has no way to it', async ({ page }) => {
  await entry(page, '');
  await expect(page.getByRole('article')).not.toContainText('Delt med');
  await expect(page.getByRole('button', { name: 'Del …' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Mere', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Del …' }).press('Enter');
  await expect(dialog(page)).toContainText('Du er ikke logget ind til deling');
  await expect(dialog(page)).toContainText('Intet kan forlade computeren.');
});

test('the dialog shows who can read it and who cannot, and Enter shares nothing', async ({ page }) => {
  await entry(page);
  const asked = await shareDialog(page);
  await expect(asked).toContainText('Det her, og kun det her, forlader din computer.');
  await expect(asked.getByRole('region', { name: 'Kan læse det' }).getByRole('listitem')).toHaveCount(3);
  await expect(asked.getByRole('region', { name: 'Kan ikke læse det' })).toContainText('Mette Skov');
  await expect(asked.getByRole('button', { name: 'Ikke endnu' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('article')).not.toContainText('elt med');
});

test('Enter in the title shares nothing either', async ({ page }) => {
  await entry(page);
  const asked = await shareDialog(page);
  await asked.getByLabel('Overskrift').press('Enter');
  await page.waitForTimeout(300);
  await expect(asked).toBeVisible();
  await expect(page.getByRole('button', { name: /^Fortryd/ })).toHaveCount(0);
});

test('only what is selected is shared, and the rest is not in the preview', async ({ page }) => {
  await written(page, 'Det her er hemmeligt.\n\nDet her vil jeg dele.');
  await page.keyboard.press('Shift+Home');
  const asked = await shareDialog(page);
  const text = asked.getByRole('textbox', { name: 'Det, der bliver delt' });
  await expect(asked.getByRole('radio', { name: 'Uddrag' })).toBeChecked();
  await expect(text).toContainText('Det her vil jeg dele.');
  await expect(text).not.toContainText('hemmeligt');
  await expect(asked).toContainText('5 af 9 ord');
  await asked.getByRole('radio', { name: 'Hele refleksionen' }).check();
  await expect(text).toContainText('hemmeligt');
});

test('the day is told only where the leader says so', async ({ page }) => {
  await entry(page);
  const asked = await shareDialog(page);
  const day = asked.getByRole('checkbox', { name: 'Vis, hvilken dag det er skrevet' });
  await expect(day).not.toBeChecked();
  await expect(asked).not.toContainText('19. november');
  await day.press('Space');
  await expect(asked).toContainText('torsdag den 19. november');
});

test('a name is pointed out, written as initials by one key, and back by another', async ({ page }) => {
  await written(page, 'Jeg rettede i Karens oplæg. Senere ringede Karens chef, og Birgitte tav.');
  const asked = await shareDialog(page);
  const text = asked.getByRole('textbox', { name: 'Det, der bliver delt' });
  await expect(asked.locator('.cm-pointed')).toHaveCount(3);
  await expect(asked).toContainText('Teksten nævner Karens');
  await expect(asked).toContainText('Et ord regnes for et navn, når nogen i dine netværk hedder sådan');
  const karen = asked.getByRole('button', { name: 'Skriv K.s i stedet for Karens' });
  await karen.focus();
  await expect(asked.locator('.cm-pointed-active')).toHaveCount(2);
  await page.keyboard.press('F2');
  await expect(text).toContainText('Jeg rettede i K.s oplæg. Senere ringede K.s chef');
  await expect(karen).toHaveCount(0);
  await expect(asked.getByRole('button', { name: 'Skriv B. i stedet for Birgitte' }), 'the focus goes on to the next').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(text).toContainText('og B. tav');
  await expect(asked.getByRole('button', { name: 'Fortryd' })).toBeFocused();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(text).toContainText('Karens oplæg');
  await expect(text).toContainText('Birgitte tav');
});

test('writing initials changes what leaves and never the journal', async ({ page }) => {
  await written(page, 'Jeg rettede i Karens oplæg.');
  const asked = await shareDialog(page);
  await asked.getByRole('button', { name: 'Skriv K.s i stedet for Karens' }).press('Enter');
  await expect(asked.getByRole('textbox', { name: 'Det, der bliver delt' })).toContainText('K.s');
  await shareButton(page).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.locator('.cm-content')).toContainText('Karens oplæg');
});

test('an attachment stays unless it is chosen, and leaves under another name', async ({ page }) => {
  await entry(page);
  await page.getByRole('button', { name: 'Mere', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Tilføj filer …' }).or(page.getByRole('menuitem', { name: /[Ff]il/ })).first().press('Enter');
  await expect(page.locator('.status[data-state]')).toHaveText(/Gemt/);
  const asked = await shareDialog(page);
  const file = asked.getByRole('checkbox', { name: /sendes som/ }).first();
  await expect(file).not.toBeChecked();
  await expect(asked.locator('.paper li')).toHaveCount(0);
  await file.press('Space');
  await expect(asked.locator('.paper li')).toHaveCount(1);
});

test('there are ten seconds to undo, the focus is at it, and nothing was sent', async ({ page }) => {
  await entry(page);
  await shareDialog(page);
  await shareButton(page).press('Enter');
  const undo = page.getByRole('button', { name: /^Fortryd/ });
  await expect(undo).toBeFocused();
  await expect(page.locator('.sheet')).toContainText(/Bliver delt med Ledernetværk Syd om \d+ s/);
  await expect(page.getByRole('status').filter({ hasText: 'om ti sekunder. Du kan fortryde.' })).toHaveCount(1);
  await expect(page.getByRole('article')).toContainText('Bliver delt med Ledernetværk Syd');
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('Fortrudt. Intet er sendt.');
  await expect(page.getByRole('article')).not.toContainText('elt med Ledernetværk Syd');
});

test('what else is told for a moment stands above the way to undo', async ({ page }) => {
  await entry(page);
  await shareDialog(page);
  await shareButton(page).press('Enter');
  const sheet = page.locator('.sheet');
  await expect(sheet).toContainText('Bliver delt med Ledernetværk Syd');
  await page.getByRole('link', { name: 'Indstillinger' }).or(page.getByRole('button', { name: 'Indstillinger' })).click();
  await page.getByRole('button', { name: 'Kopiér adressen' }).press('Enter');
  const toast = page.locator('.toast').first();
  await expect(toast).toBeVisible();
  const [over, under] = [await toast.boundingBox(), await sheet.boundingBox()];
  expect((over?.y ?? Infinity) + (over?.height ?? 0)).toBeLessThanOrEqual(under?.y ?? -Infinity);
});

test('after ten seconds it is shared, and the entry says with whom', async ({ page }) => {
  await entry(page);
  await shareDialog(page);
  await shareButton(page).click();
  await expect(page.locator('.toast')).toContainText('Delt med Ledernetværk Syd.', { timeout: 15_000 });
  await page.getByRole('article').getByRole('button', { name: 'Delt med Ledernetværk Syd', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Efter netværksmødet' })).toBeVisible();
});

test('what changed since is shown before a new version is shared', async ({ page }) => {
  await entry(page, 'sharing=online', 'At give slip på en opgave');
  await expect(page.getByRole('article')).toContainText('Delt med Ledernetværk Syd');
  await page.getByRole('button', { name: 'Del den nye udgave …' }).press('Enter');
  const asked = dialog(page);
  await expect(asked.getByRole('heading', { name: 'Del den nye udgave med Ledernetværk Syd' })).toBeVisible();
  await expect(asked.getByRole('region', { name: 'Det, der er ændret' })).toContainText('## Hvad stod på spil?');
  await expect(asked.getByRole('button', { name: 'Ikke endnu' })).toBeFocused();
  await shareButton(page).click();
  await expect(asked).toBeHidden();
  await expect(page.getByRole('button', { name: 'Del den nye udgave …' })).toHaveCount(0);
});

test('withdrawing from the entry says what cannot be undone', async ({ page }) => {
  await entry(page, 'sharing=online', 'At give slip på en opgave');
  await page.getByRole('button', { name: 'Træk tilbage fra Ledernetværk Syd …' }).press('Enter');
  await expect(dialog(page)).toContainText('Det, nogen har læst eller kopieret, kan ikke gøres ulæst.');
  await expect(dialog(page).getByRole('button', { name: 'Lad det blive' })).toBeFocused();
  await dialog(page).getByRole('button', { name: 'Træk tilbage', exact: true }).click();
  await expect(page.getByRole('article')).not.toContainText('Delt med');
  await expect(page.getByRole('article')).not.toContainText('trukket tilbage');
});

test('somebody on another computer than before stops sharing, and says whom to look at', async ({ page }) => {
  await entry(page, 'sharing=online&changed');
  const asked = await shareDialog(page);
  await expect(asked.getByRole('status').filter({ hasText: 'Lone Damgaard er ikke på den samme computer' })).toBeVisible();
  await expect(shareButton(page)).toBeDisabled();
  await asked.getByRole('button', { name: 'Gå til netværket' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ledernetværk Syd' })).toBeVisible();
});

test('what is refused is told in the dialog, and the entry is as it was', async ({ page }) => {
  await entry(page, 'sharing=online&fail=share:tooManyRequests');
  const asked = await shareDialog(page);
  await shareButton(page).click();
  await expect(asked.getByRole('alert')).toContainText('Intet er sendt. Refleksionen er, som den var.');
  await expect(asked.getByRole('button', { name: 'Ikke endnu' })).toBeEnabled();
});

test('a preview that cannot be had shares nothing', async ({ page }) => {
  await entry(page, 'sharing=online&fail=sharePreview:damaged');
  await page.keyboard.press('Control+Shift+D');
  await expect(dialog(page).getByRole('alert')).toContainText('Intet er sendt.');
  await expect(dialog(page).getByRole('button', { name: 'Del', exact: true })).toBeDisabled();
});

test('the keys for sharing do nothing where another question is open', async ({ page }) => {
  await open(page, 'sharing=online');
  await page.keyboard.press('Control+Shift+D');
  await expect(dialog(page)).toHaveCount(0);
});

test('in a small window both answers stand beside each other', async ({ page }) => {
  await entry(page);
  await page.setViewportSize({ width: 590, height: 390 });
  const asked = await shareDialog(page);
  const [notYet, share] = await Promise.all([asked.getByRole('button', { name: 'Ikke endnu' }).boundingBox(), shareButton(page).boundingBox()]);
  expect(share?.y).toBe(notYet?.y);
});
