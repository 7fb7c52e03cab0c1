// What is said of things on their way: new versions, what is taken back, what waits, and calling back.
import { dialog, entry, feed, shareButton, shareDialog, sharedNetwork, thing, written } from './sharing';
import { expect, test, type Page } from './window';

const OWN = 'At give slip på en opgave';
const toast = (page: Page) => page.locator('.toast');

async function withdrawn(page: Page): Promise<void> {
  await page.getByRole('article').getByRole('button', { name: /^Træk tilbage/ }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Træk tilbage', exact: true }).click();
}

/** What waits, from the line above the feed. */
async function outbox(page: Page, line: string): Promise<void> {
  await page.getByRole('button', { name: line }).press('Enter');
  await dialog(page).getByRole('listitem').first().waitFor();
}

for (const [how, note] of [
  ['waiting', 'Den nye udgave er ikke sendt endnu'],
  ['failed', 'Den nye udgave kunne ikke sendes'],
  ['asks', 'Den nye udgave venter på dit svar'],
] as const) {
  test(`while a new version is not sent the entry says that the earlier one is shared: ${how}`, async ({ page }) => {
    await entry(page, `sharing=online&again=${how}`, OWN);
    const article = page.getByRole('article');
    await expect(article.getByRole('button', { name: 'Delt med Ledernetværk Syd', exact: true })).toBeVisible();
    await expect(article).toContainText(note);
    await expect(article.getByRole('button', { name: 'Træk tilbage fra Ledernetværk Syd …' })).toBeVisible();
  });

  test(`while a new version is not sent all of it can be withdrawn: ${how}`, async ({ page }) => {
    const article = await thing(page, OWN, `sharing=online&again=${how}`);
    await expect(article).toContainText('De andre læser stadig den tidligere.');
    await expect(article).not.toContainText('Intet er sendt');
    if (how !== 'asks') await expect(article).toContainText(note);
    await expect(article.getByLabel('Dit svar')).toBeVisible();
    await withdrawn(page);
    await expect(article).toContainText('Trukket tilbage den 24. november');
    await expect(article).not.toContainText('Den nye udgave');
  });
}

test('a new version about which the leader is asked is given up, and the earlier one is still shared', async ({ page }) => {
  const article = await thing(page, OWN, 'sharing=online&again=asks');
  await expect(article).toContainText('I dag ville jeg have spurgt.');
  await expect(article.getByText('Send ikke den nye udgave', { exact: true })).toBeVisible();
  await article.getByRole('button', { name: `Send ikke den nye udgave af ${OWN}` }).press('Enter');
  await expect(toast(page)).toContainText('Den nye udgave bliver ikke sendt. Den tidligere er stadig delt.');
  await expect(article).toContainText('stilheden');
  await expect(article).not.toContainText('I dag ville jeg have spurgt.');
  await expect(article).toBeFocused();
});

test('a new version that could not be sent is given up among what is not sent', async ({ page }) => {
  await feed(page, 'sharing=online&again=failed');
  await outbox(page, '1 venter på dig');
  const row = dialog(page).getByRole('listitem');
  await expect(row).toContainText('Ny udgave til Ledernetværk Syd');
  await expect(row).toContainText('Den nye udgave kunne ikke sendes');
  await row.getByRole('button', { name: `Send ikke den nye udgave af ${OWN}` }).press('Enter');
  await expect(row).toContainText('Så læser de andre stadig den tidligere.');
  await expect(row).not.toContainText('Så bliver det ikke sendt');
  await row.getByRole('button', { name: 'Send ikke den nye udgave', exact: true }).press('Enter');
  await expect(toast(page)).toContainText('Den tidligere er stadig delt.');
  await expect(dialog(page)).toContainText('Alt er sendt.');
});

test('a new version that is called back leaves the earlier one shared', async ({ page }) => {
  await entry(page, 'sharing=online', OWN);
  await page.getByRole('button', { name: 'Del den nye udgave …' }).press('Enter');
  await shareButton(page).click();
  await page.getByRole('button', { name: /^Fortryd/ }).press('Enter');
  await expect(toast(page)).toContainText('Fortrudt. Den nye udgave er ikke sendt.');
  await expect(page.getByRole('article').getByRole('button', { name: 'Delt med Ledernetværk Syd', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Del den nye udgave …' })).toBeVisible();
});

test('taken back is said when it is done', async ({ page }) => {
  const article = await thing(page, OWN);
  await withdrawn(page);
  await expect(toast(page)).toHaveText(/^Det er trukket tilbage\./);
  await expect(article, 'what had the focus is gone').toBeFocused();
});

test('away from the server it is said to be taken back later, and the entry says so too', async ({ page }) => {
  await entry(page, 'sharing=offline', OWN);
  await withdrawn(page);
  await expect(toast(page)).toContainText('Det bliver trukket tilbage, når serveren svarer.');
  await expect(page.getByRole('article')).toContainText('Bliver trukket tilbage fra Ledernetværk Syd …');
  await expect(page.getByRole('article')).not.toContainText('Delt med');
  await expect(page.getByText('Det er trukket tilbage.')).toHaveCount(0);
});

test('a refused withdrawal has its own words wherever it is told of', async ({ page }) => {
  const article = await thing(page, OWN, 'sharing=online&refuses');
  await withdrawn(page);
  await expect(toast(page)).toContainText('Det kunne ikke trækkes tilbage. De andre kan stadig læse det.');
  await expect(article).toContainText('Kunne ikke trækkes tilbage. De andre kan stadig læse det.');
  await outbox(page, '1 venter på dig');
  const row = dialog(page).getByRole('listitem');
  await expect(row).toContainText('Trækkes tilbage fra Ledernetværk Syd');
  await expect(row).toContainText('Kunne ikke trækkes tilbage.');
  await expect(row.getByRole('button', { name: 'Prøv igen at trække noget tilbage fra Ledernetværk Syd' })).toBeVisible();
  await expect(row.getByRole('button'), 'here it is gone already').toHaveCount(1);
});

for (const [how, said] of [
  ['offline', 'Bliver trukket tilbage …'],
  ['online&refuses', 'Kunne ikke trækkes tilbage. De andre kan stadig læse det.'],
] as const) {
  test(`nothing is said to be withdrawn while others have it: ${how}`, async ({ page }) => {
    const article = await thing(page, OWN, `sharing=${how}`);
    await withdrawn(page);
    await expect(article.getByText(said, { exact: true })).toHaveCount(1);
    await expect(page.getByRole('option').filter({ hasText: said })).toHaveCount(1);
    for (const place of [article, page.getByRole('option').filter({ hasText: said })]) {
      await expect(place).not.toContainText('Trukket tilbage');
      await expect(place).not.toContainText('har taget det tilbage');
    }
  });
}

test('what refuses to be withdrawn leads from where it is read to where it waits', async ({ page }) => {
  const article = await thing(page, OWN, 'sharing=online&refuses');
  await withdrawn(page);
  await article.getByRole('button', { name: 'Se …' }).press('Enter');
  await expect(dialog(page).getByRole('listitem')).toContainText('Trækkes tilbage fra Ledernetværk Syd');
});

test('signed out the entry says with whom it is shared, and offers nothing that cannot be done', async ({ page }) => {
  await entry(page, 'sharing=signedout', OWN);
  const article = page.getByRole('article');
  await expect(article.getByRole('button', { name: 'Delt med Ledernetværk Syd', exact: true })).toBeVisible();
  await expect(article.getByRole('button', { name: /^Træk tilbage fra/ })).toHaveCount(0);
  await expect(article.getByRole('button', { name: 'Del den nye udgave …' })).toHaveCount(0);
});

test('a removal that waits says where', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt', 'sharing=offline');
  await article.getByRole('button', { name: 'Mere om Det, jeg ikke fik sagt' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Fjern for alle …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Fjern for alle' }).click();
  await expect(article).toBeFocused();
  await outbox(page, '3 venter på at blive sendt');
  const row = dialog(page).getByRole('listitem').filter({ hasText: 'Fjerner noget, en anden har delt i Ledernetværk Syd' });
  await expect(row.getByRole('button', { name: 'Opgiv at fjerne noget, en anden har delt i Ledernetværk Syd' })).toBeVisible();
});

for (const [how, said] of [
  ['online', /^\d ting, du har delt, er trukket tilbage\./],
  ['offline', /^\d ting, du har delt, bliver trukket tilbage, når serveren svarer\./],
] as const) {
  test(`everything is taken back, and it says how far that is: ${how}`, async ({ page }) => {
    const card = await sharedNetwork(page, `sharing=${how}`);
    await card.getByRole('button', { name: 'Mere om deling' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Træk alt tilbage …' }).press('Enter');
    await dialog(page).getByRole('button', { name: 'Træk alt tilbage' }).click();
    await expect(toast(page)).toHaveText(said);
  });
}

test('what may not have been sent yet is not said to be shared', async ({ page }) => {
  await entry(page, 'sharing=online&fail=feedThread:damaged');
  await shareDialog(page);
  await shareButton(page).click();
  await expect(toast(page)).toContainText('Bliver delt med Ledernetværk Syd …', { timeout: 15_000 });
});

test('in a journal that was locked nothing is told of what was shared', async ({ page }) => {
  await entry(page, 'sharing=online&fail=feedThread:locked');
  await shareDialog(page);
  await shareButton(page).click();
  await expect(page.locator('.sheet')).toContainText('Bliver delt med');
  await expect(page.locator('.sheet')).toBeHidden({ timeout: 15_000 });
  await page.waitForTimeout(1200);
  await expect(toast(page)).toHaveCount(0);
});

test('one press undoes one thing: in the dialog, and then what is being shared', async ({ page }) => {
  await written(page, 'Jeg rettede i Karens oplæg.');
  await shareDialog(page);
  await shareButton(page).click();
  await expect(page.locator('.sheet')).toContainText('Bliver delt med');
  const asked = await shareDialog(page);
  const text = asked.getByRole('textbox', { name: 'Det, der bliver delt' });
  await asked.getByRole('button', { name: 'Skriv K.s i stedet for Karens' }).press('Enter');
  await expect(text).toContainText('K.s');
  await page.keyboard.press('Control+z');
  await expect(text).toContainText('Karens');
  await page.keyboard.press('Control+z');
  await expect(page.locator('.sheet'), 'nothing behind the question').toContainText('Bliver delt med');
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await page.getByRole('button', { name: /^Fortryd/ }).focus();
  await page.keyboard.press('Control+z');
  await expect(toast(page)).toContainText('Fortrudt. Intet er sendt.');
});

test('one press undoes one thing: what is being shared before what was deleted', async ({ page }) => {
  await entry(page);
  await shareDialog(page);
  await shareButton(page).click();
  await expect(page.locator('.sheet')).toContainText('Bliver delt med');
  const row = page.getByRole('option', { name: new RegExp(OWN) });
  await row.click();
  await expect(page.locator('.title textarea')).toHaveValue(OWN);
  await page.getByRole('button', { name: 'Mere', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: /^Slet/ }).press('Enter');
  await expect(row).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(toast(page).filter({ hasText: 'Fortrudt. Intet er sendt.' })).toBeVisible();
  await page.waitForTimeout(300);
  await expect(row).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(row).toBeVisible();
});

test('the keys that undo are for what is being shared in the calendar too', async ({ page }) => {
  await entry(page);
  await shareDialog(page);
  await shareButton(page).click();
  await page.getByRole('button', { name: /^Fortryd/ }).waitFor();
  await page.keyboard.press('Alt+3');
  await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('Control+z');
  await expect(toast(page)).toContainText('Fortrudt. Intet er sendt.');
});

test('when what had the focus goes, the thread has it', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt');
  const other = article.getByRole('listitem').filter({ hasText: 'kortere' });
  await other.getByRole('button', { name: /^Mere om svaret/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Fjern for alle …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Fjern for alle' }).press('Enter');
  await expect(article).not.toContainText('kortere');
  await expect(article).toBeFocused();
});

test('when the leader has answered about newcomers, the thread has the focus', async ({ page }) => {
  const article = await thing(page, 'Det svære ved at spørge', 'sharing=online&asks');
  await article.getByRole('button', { name: 'Del også med Bo Friis' }).press('Enter');
  await expect(article.getByRole('button', { name: 'Træk tilbage …' })).toBeVisible();
  await expect(article).toBeFocused();
});

test('answered from one of its replies, what waits for her answer is given up', async ({ page }) => {
  const list = await feed(page, 'sharing=online&again=asks');
  await page.getByRole('searchbox').fill('bagefter');
  await list.getByRole('option').filter({ hasText: 'Hvad sagde du' }).click();
  await page.getByRole('article').getByRole('button', { name: `Send ikke den nye udgave af ${OWN}` }).press('Enter');
  await expect(toast(page)).toContainText('Den nye udgave bliver ikke sendt. Den tidligere er stadig delt.');
});

for (const [answer, said] of [
  ['Del også med Bo Friis', 'Bo Friis får også bilagene.'],
  ['Del ikke bilagene til Det svære ved at spørge', 'Bilagene bliver ikke sendt. Teksten er stadig delt.'],
] as const) {
  test(`where only attachments wait for her answer it says so: ${answer}`, async ({ page }) => {
    const article = await thing(page, 'Det svære ved at spørge', 'sharing=online&asks=files');
    await expect(article).toContainText('Teksten er delt. Bilagene bliver ikke sendt, før du har svaret.');
    await expect(article).not.toContainText('Den nye udgave');
    await article.getByRole('button', { name: answer }).press('Enter');
    await expect(toast(page)).toContainText(said);
    await expect(article).toContainText('Jeg spurgte for at få ret');
  });
}

test('what is open and given up elsewhere is closed', async ({ page }) => {
  const article = await thing(page, 'Tavlen fra i går', 'sharing=online&failed');
  await article.getByRole('button', { name: 'Se …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Opgiv at sende Tavlen fra i går' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Opgiv', exact: true }).press('Enter');
  await expect(dialog(page)).toContainText('Alt er sendt.');
  await expect(dialog(page).getByRole('button', { name: 'Luk' }).first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(article).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('what was never there says so', async ({ page }) => {
  const list = await feed(page, 'sharing=online&fail=feedThread:notFound');
  await list.getByRole('option').first().click();
  await expect(page.getByRole('article').getByRole('alert')).toBeVisible();
});

test('giving up begins at the safe answer, and a second Enter tries nothing else', async ({ page }) => {
  await feed(page, 'sharing=online&failed&again=failed');
  await outbox(page, '2 venter på dig');
  const rows = dialog(page).getByRole('listitem');
  const give = rows.getByRole('button', { name: 'Opgiv at sende Tavlen fra i går' });
  await give.press('Enter');
  await expect(rows.getByRole('button', { name: 'Behold' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(give).toBeFocused();
  await page.keyboard.press('Enter');
  await rows.getByRole('button', { name: 'Opgiv', exact: true }).press('Enter');
  await expect(rows).toHaveCount(1);
  await expect(dialog(page).getByRole('button', { name: 'Luk' }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('button', { name: '1 venter på dig' }), 'the other still waits').toBeVisible();
});
