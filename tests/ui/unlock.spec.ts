import { enlarge, expect, expectAccessible, expectNoSidewaysLoss, languages, open, passphrase, recoveryKey, test, themes } from './window';

test('the passphrase opens the day', async ({ page }) => {
  await open(page, 'stage=locked');
  await expect(page.getByLabel('Adgangssætning')).toBeFocused();
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Tirsdag den 24. november' })).toBeVisible();
});

test('a wrong passphrase says so, and stands ready to be typed over', async ({ page }) => {
  await open(page, 'stage=locked');
  await page.keyboard.type('noget andet');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Det er ikke adgangssætningen til denne journal.');
  await expect(page.getByLabel('Adgangssætning')).toBeFocused();
  await expect(page.getByLabel('Adgangssætning')).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Steder' })).toBeVisible();
});

test('what is typed is hidden until its writer asks to see it', async ({ page }) => {
  await open(page, 'stage=locked');
  const field = page.getByLabel('Adgangssætning');
  await field.fill('hemmelig');
  await expect(field).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Vis' }).click();
  await expect(field).toHaveAttribute('type', 'text');
  await expect(field).toBeFocused();
});

test('the recovery key opens too, and a mistyped one is told from a wrong one', async ({ page }) => {
  await open(page, 'stage=locked');
  await page.getByRole('button', { name: 'Brug gendannelsesnøgle' }).click();
  const field = page.getByLabel('Gendannelsesnøgle');
  await expect(field).toBeFocused();
  await field.fill('QZRY');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Et tegn i gendannelsesnøglen');
  await field.fill(recoveryKey.replace('QZRY', 'PPPP'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('hører ikke til denne journal');
  await field.fill(recoveryKey.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Steder' })).toBeVisible();
});

test('the keyring opens without a question', async ({ page }) => {
  await open(page, 'stage=opening');
  await expect(page.getByRole('navigation', { name: 'Steder' })).toBeVisible();
});

test('a keyring that fails is explained, and the passphrase is asked for', async ({ page }) => {
  await open(page, 'stage=opening&trouble=keyringLocked');
  await expect(page.getByText('Computerens nøglering er låst', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Adgangssætning')).toBeFocused();
});

test('another journal can be chosen; a folder without one is said to have none', async ({ page }) => {
  await open(page, 'stage=locked&folder=/home/karen/Tom');
  await page.getByRole('button', { name: 'En anden journal' }).click();
  await expect(page.getByRole('alert')).toContainText('Der er ingen journal i den mappe.');
  await expect(page.getByRole('alert')).toContainText('/home/karen/Tom');
});

for (const [code, words] of [
  ['inUse', 'Journalen er åben i et andet vindue.'],
  ['newer', 'Journalen er skrevet af en nyere udgave af Fristed.'],
  ['damaged', 'Noget i journalens fil kan ikke læses.'],
  ['keysDamaged', 'keys.json, kan ikke læses'],
  ['noSpace', 'Der er ikke mere plads på disken'],
] as const) {
  test(`what keeps the journal from opening is said with what to do next: ${code}`, async ({ page }) => {
    await open(page, `stage=locked&fail=unlockPassphrase:${code}`);
    await page.keyboard.type(passphrase);
    await page.keyboard.press('Enter');
    const notice = page.getByRole('alert');
    await expect(notice).toContainText(words);
    await expectAccessible(page);
  });
}

for (const [notice, words] of [
  ['recovered', 'Fristed blev ikke lukket rigtigt sidst.'],
  ['logMissing', 'En af journalens filer var væk.'],
  ['foreignLog', 'Der lå en fil fra en anden journal i mappen.'],
  ['readOnly', 'Journalen kan læses, men ikke ændres.'],
  ['migrated', 'Journalen er ført frem til denne udgave af Fristed.'],
] as const) {
  test(`opening tells once what it had to tell: ${notice}`, async ({ page }) => {
    await open(page, `stage=open&notice=${notice}`);
    await expect(page.getByText(words)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Luk beskeden' }).click();
    await expect(page.getByText(words)).toBeHidden();
  });
}

test('a program that does not answer is said to be at fault, not the journal', async ({ page }) => {
  await open(page, 'fail=appStatus:internal');
  await expect(page.getByRole('alert')).toContainText('Det, der allerede er gemt, er der stadig.');
});

for (const lang of languages) {
  for (const theme of themes) {
    test(`the locked window is sound, ${lang} ${theme}`, async ({ page }) => {
      await open(page, `stage=locked&lang=${lang}&theme=${theme}&trouble=keyringUnavailable`);
      await expectAccessible(page);
      await page.keyboard.type('x');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert')).toBeVisible();
      await expectAccessible(page);
      await page.setViewportSize({ width: 900, height: 600 });
      await enlarge(page, 200);
      await expectNoSidewaysLoss(page);
    });
    test(`the window that waits for the keyring is sound, ${lang} ${theme}`, async ({ page }) => {
      await open(page, `stage=opening&keyring=slow&lang=${lang}&theme=${theme}`);
      await expectAccessible(page);
    });
  }
}
