import { dialog, feed, thing } from './sharing';
import { expect, open, passphrase, test } from './window';

test('what was shared stands newest first, and what is unread is told in words', async ({ page }) => {
  const list = await feed(page);
  await expect(list.getByRole('option').first()).toContainText('Det, jeg ikke fik sagt');
  await expect(list.getByRole('option').first()).toContainText('Ulæst');
  await expect(page.getByRole('navigation', { name: 'Steder' }).getByRole('button', { name: /^Delt/ })).toContainText('4 ulæste');
});

test('what is opened becomes read, with its replies', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt');
  await expect(article).toContainText('Så er den også blevet kortere.');
  await expect(article).toContainText('Jeg øver mig i at sige den på gangen.');
  await expect(page.getByRole('navigation', { name: 'Steder' }).getByRole('button', { name: /^Delt/ })).toContainText('1 ulæst');
});

test('a reflection is shown with its Markdown, and a reply as it was typed', async ({ page }) => {
  const article = await thing(page, 'At give slip på en opgave');
  await expect(article.getByText('stilheden')).toHaveCSS('font-weight', /[67]00/);
  await article.getByLabel('Dit svar').fill('2 * 3 * 4 **gange**');
  await article.getByRole('button', { name: 'Send svar' }).click();
  await expect(article.getByRole('listitem').filter({ hasText: 'gange' })).toContainText('2 * 3 * 4 **gange**');
});

test('the arrow keys go through the list and open beside it', async ({ page }) => {
  const list = await feed(page);
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('article')).toContainText('At give slip på en opgave');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article')).toBeFocused();
});

test('a long feed has only the rows in sight in the page, and reaches its end', async ({ page }) => {
  const list = await feed(page, 'sharing=online&shared=400');
  await expect(list).toHaveAccessibleName(/400 delte/);
  expect(await list.getByRole('option').count()).toBeLessThan(40);
  await list.focus();
  await page.keyboard.press('End');
  await expect(list.getByRole('option').filter({ hasText: 'Uge 399' })).toBeVisible();
});

test('a search finds in replies too, and says where there is nothing', async ({ page }) => {
  const list = await feed(page);
  await page.getByRole('searchbox').fill('gangen');
  await expect(list.getByRole('option')).toHaveCount(1);
  await list.getByRole('option').click();
  await expect(page.getByRole('article')).toContainText('Det, jeg ikke fik sagt');
  await page.getByRole('searchbox').fill('rumskib');
  await expect(page.getByRole('main')).toContainText('Intet af det, der er delt, har de ord.');
});

test('a reply is sent by keyboard and stands in the thread', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt');
  const field = article.getByLabel('Dit svar');
  await field.fill('Jeg siger den også bagefter.');
  await field.press('Control+Enter');
  await expect(field).toHaveValue('');
  await expect(article.getByRole('listitem').filter({ hasText: 'bagefter' })).toContainText('Dig');
});

test('a reply that is refused stays in the field', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt', 'sharing=online&fail=replySend:serverRefused');
  await article.getByLabel('Dit svar').fill('Den her må ikke blive væk.');
  await article.getByRole('button', { name: 'Send svar' }).click();
  await expect(article.getByRole('alert')).toContainText('Serveren sagde nej.');
  await expect(article.getByLabel('Dit svar')).toHaveValue('Den her må ikke blive væk.');
});

test('a reply that was begun is there when one comes back to it', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt');
  await article.getByLabel('Dit svar').fill('Halvt skrevet');
  await page.getByRole('option').filter({ hasText: 'At give slip' }).click();
  await expect(article.getByLabel('Dit svar')).toHaveValue('');
  await page.getByRole('option').filter({ hasText: 'Det, jeg ikke fik sagt' }).click();
  await expect(article.getByLabel('Dit svar')).toHaveValue('Halvt skrevet');
});

test('a reply that was begun is kept when one goes elsewhere, and when the journal is locked', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt');
  await article.getByLabel('Dit svar').fill('Halvt skrevet');
  await expect(article).toContainText('Kladden er gemt hos dig.');
  await article.getByLabel('Dit svar').fill('Halvt skrevet, og lidt til');
  await page.keyboard.press('Alt+2');
  await page.getByRole('searchbox').waitFor();
  await page.keyboard.press('Alt+5');
  await page.getByRole('option').filter({ hasText: 'Det, jeg ikke fik sagt' }).first().click();
  await expect(article.getByLabel('Dit svar')).toHaveValue('Halvt skrevet, og lidt til');
  await article.getByLabel('Dit svar').fill('Halvt skrevet, og låst');
  await page.keyboard.press('Control+l');
  await page.getByLabel('Adgangssætning').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Steder' }).waitFor();
  await page.keyboard.press('Alt+5');
  await page.getByRole('option').filter({ hasText: 'Det, jeg ikke fik sagt' }).first().click();
  await expect(article.getByLabel('Dit svar')).toHaveValue('Halvt skrevet, og låst');
  await article.getByLabel('Dit svar').press('Control+Enter');
  await expect(article.getByLabel('Dit svar')).toHaveValue('');
});

test('a reply that cannot be kept says so, and one that cannot be sent can be copied', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt', 'sharing=online&fail=replyDraftSave:noSpace');
  await article.getByLabel('Dit svar').fill('Halvt skrevet');
  await expect(article).toContainText('Kladden kan ikke gemmes lige nu.');
  await page.getByRole('button', { name: 'Mere om Det, jeg ikke fik sagt' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Fjern for alle …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Fjern for alle' }).click();
  await expect(article.getByLabel('Dit svar, som ikke er sendt')).toHaveValue('Halvt skrevet');
});

test('a reply that cannot be kept is there when one comes back, and keeps the journal open', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt', 'sharing=online&fail=replyDraftSave:noSpace');
  await article.getByLabel('Dit svar').fill('Må ikke gå tabt');
  await page.getByRole('option').filter({ hasText: 'At give slip' }).click();
  await expect(page.locator('.toast')).toContainText('Kladden til dit svar er ikke gemt endnu.');
  await expect(article.getByLabel('Dit svar')).toHaveValue('');
  await page.keyboard.press('Control+l');
  await expect(page.locator('.toast').filter({ hasText: 'Der er ikke mere plads på disken' })).toBeVisible();
  await page.getByRole('option').filter({ hasText: 'Det, jeg ikke fik sagt' }).click();
  await expect(article.getByLabel('Dit svar')).toHaveValue('Må ikke gå tabt');
  // Also from another place.
  await page.keyboard.press('Alt+1');
  await page.locator('.today').waitFor();
  await page.locator('.toast').getByRole('button', { name: 'Se det' }).last().press('Enter');
  await expect(article.getByLabel('Dit svar')).toHaveValue('Må ikke gå tabt');
});

test('a reply that was begun belongs to the thread, also where that was opened by another’s reply', async ({ page }) => {
  const list = await feed(page, 'sharing=online&fail=replyDraftSave:noSpace');
  const article = page.getByRole('article');
  const rows = list.getByRole('option');
  await page.getByRole('searchbox').fill('bagefter');
  await rows.filter({ hasText: 'Hvad sagde du' }).click();
  await article.getByLabel('Dit svar').fill('Ikke så meget.');
  await page.getByRole('searchbox').fill('');
  await rows.filter({ hasText: 'Det, jeg ikke fik sagt' }).click();
  await expect(page.locator('.toast')).toContainText('Kladden til dit svar er ikke gemt endnu.');
  await expect(article.getByLabel('Dit svar')).toHaveValue('');
  await rows.filter({ hasText: 'At give slip' }).click();
  await expect(article.getByLabel('Dit svar')).toHaveValue('Ikke så meget.');
  await page.getByRole('searchbox').fill('bagefter');
  await rows.filter({ hasText: 'Hvad sagde du' }).click();
  await expect(article.getByLabel('Dit svar')).toHaveValue('Ikke så meget.');
});

test('four plain signs are given and taken back, and say who gave them', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt');
  const signs = article.getByRole('group', { name: 'Tegn' });
  await expect(signs.getByRole('button')).toHaveText([/^Tak/, /^Kender jeg/, /^Lad os tale om det/, /^Jeg er med/]);
  await signs.getByRole('button', { name: 'Tak' }).press('Enter');
  await expect(signs.getByRole('button', { name: 'Tak' })).toHaveAttribute('aria-pressed', 'true');
  await expect(article).toContainText('Tak: dig');
  await signs.getByRole('button', { name: 'Tak' }).press('Enter');
  await expect(article).not.toContainText('Tak: dig');
});

for (const [row, why] of [
  ['Nøglen er ikke kommet endnu', 'Den kommer som regel, når Lone Damgaard er på nettet.'],
  ['Denne computer har ikke fået nøglen', 'Programmet hos Birgitte Holm sendte den ikke hertil'],
  ['Trukket tilbage den 16. november', 'har taget det tilbage'],
  ['Fjernet af Birgitte Holm den 14. november', 'kan også fjerne'],
  ['Kan ikke vises her', 'nyere udgave af Fristed'],
] as const) {
  test(`what is not whole says why, and cannot be replied to: ${row}`, async ({ page }) => {
    const list = await feed(page);
    await list.focus();
    await page.keyboard.press('End');
    const option = list.getByRole('option').filter({ hasText: row });
    if ((await option.count()) === 0) await page.keyboard.press('Home');
    await option.click();
    const article = page.getByRole('article');
    await expect(article).toContainText(why);
    await expect(article.getByLabel('Dit svar')).toHaveCount(0);
  });
}

test('a message from another program is shown as it is, with no formatting', async ({ page }) => {
  const article = await thing(page, 'forsinket');
  await expect(article).toContainText('Jeg er *forsinket* torsdag.');
  await expect(article).toContainText('vist som ren tekst');
});

test('pictures of others are not drawn, and files are saved', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt');
  // The editor's own empty ones hold the cursor apart.
  await expect(article.locator('img:not(.cm-widgetBuffer)')).toHaveCount(0);
  await expect(article).toContainText('billede, vises ikke her');
  await article.getByRole('button', { name: 'Gem fil 2.pdf …' }).press('Enter');
  await expect(page.locator('.toast')).toContainText('Gemt i /home/karen/Hentet/fil 2.pdf.');
});

test('one’s own opens beside its original, and can be withdrawn', async ({ page }) => {
  const article = await thing(page, 'At give slip på en opgave');
  await article.getByRole('button', { name: 'Vis din refleksion ved siden af' }).press('Enter');
  await expect(article.getByRole('region', { name: 'Din refleksion, som kun du kan se' })).toContainText('Hvad stod på spil?');
  await article.getByRole('button', { name: 'Træk tilbage …' }).click();
  await dialog(page).getByRole('button', { name: 'Træk tilbage', exact: true }).click();
  await expect(article).toContainText('Trukket tilbage den 24. november');
  await expect(article).not.toContainText('stilheden');
});

test('what waits is told quietly, with why and when, and can be tried or given up', async ({ page }) => {
  await feed(page, 'sharing=offline&failed');
  await expect(page.getByRole('main')).toContainText('Serveren svarer ikke.');
  await expect(page.getByRole('main')).toContainText('Fristed prøver igen kl. 9.20');
  await page.getByRole('button', { name: '1 venter på dig · 2 venter på at blive sendt' }).press('Enter');
  const row = dialog(page).getByRole('listitem').filter({ hasText: 'Tavlen fra i går' });
  await expect(row).toContainText('Det er større, end serveren tager imod.');
  await row.getByRole('button', { name: 'Prøv at sende Tavlen fra i går igen' }).press('Enter');
  await expect(page.locator('.toast')).toContainText('Serveren svarer ikke');
  await row.getByRole('button', { name: 'Opgiv at sende Tavlen fra i går' }).press('Enter');
  await expect(row).toContainText('En refleksion bliver i din journal');
  await row.getByRole('button', { name: 'Opgiv', exact: true }).press('Enter');
  await expect(dialog(page).getByRole('listitem')).toHaveCount(2);
});

test('an organiser removes what another shared, and it says who did', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt');
  await article.getByRole('button', { name: 'Mere om Det, jeg ikke fik sagt' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Fjern for alle …' }).press('Enter');
  await expect(dialog(page)).toContainText('Tal med Birgitte Holm om det, før du gør det.');
  await expect(dialog(page).getByRole('button', { name: 'Lad det blive' })).toBeFocused();
  await dialog(page).getByRole('button', { name: 'Fjern for alle' }).click();
  await expect(article).toContainText('Fjernet af dig den 24. november');
  await expect(article).not.toContainText('sætning');
});

test('a reply is removed by an organiser, and one’s own is taken back', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt');
  await article.getByLabel('Dit svar').fill('Det var for meget.');
  await article.getByLabel('Dit svar').press('Control+Enter');
  const mine = article.getByRole('listitem').filter({ hasText: 'for meget' });
  await mine.getByRole('button', { name: /^Mere om svaret/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Træk tilbage …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Træk tilbage', exact: true }).click();
  await expect(article).not.toContainText('for meget');
  const other = article.getByRole('listitem').filter({ hasText: 'kortere' });
  await other.getByRole('button', { name: /^Mere om svaret/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Fjern for alle …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Fjern for alle' }).click();
  await expect(article).not.toContainText('kortere');
});

test('away from the server a removal waits, and says so', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt', 'sharing=offline');
  await article.getByRole('button', { name: 'Mere om Det, jeg ikke fik sagt' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Fjern for alle …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Fjern for alle' }).click();
  await expect(article).toContainText('Bliver fjernet …');
  await expect(article.getByRole('button', { name: 'Mere om Det, jeg ikke fik sagt' })).toHaveCount(0);
});

test('where somebody came meanwhile the leader is asked, and it goes when she says so', async ({ page }) => {
  const article = await thing(page, 'Det svære ved at spørge', 'sharing=online&asks');
  await expect(article).toContainText('Bo Friis er kommet med i netværket, siden du valgte at dele. Må Bo Friis også læse det?');
  await expect(article).toContainText('Ikke bekræftet endnu');
  await expect(article.getByLabel('Dit svar'), 'nobody has it, so nobody can reply').toHaveCount(0);
  await expect(article.getByRole('group', { name: 'Tegn' })).toHaveCount(0);
  await article.getByRole('button', { name: 'Del også med Bo Friis' }).press('Enter');
  await expect(page.locator('.toast')).toContainText('Bo Friis læser det også.');
  await expect(article.getByRole('button', { name: 'Træk tilbage …' })).toBeVisible();
  await expect(article.getByLabel('Dit svar')).toBeVisible();
});

test('what waits for her answer can be given up among what is not sent', async ({ page }) => {
  await feed(page, 'sharing=online&asks');
  await page.getByRole('button', { name: '1 venter på dig' }).press('Enter');
  await expect(dialog(page)).toContainText('Det, der mangler, bliver ikke sendt, før du har svaret.');
  await dialog(page).getByRole('button', { name: 'Opgiv at sende Det svære ved at spørge' }).press('Enter');
  await expect(page.locator('.toast')).toContainText('Det bliver ikke sendt.');
  await expect(dialog(page)).toContainText('Alt er sendt.');
});

test('taken back from where it is read, one is in the list again', async ({ page }) => {
  const article = await thing(page, 'Det svære ved at spørge', 'sharing=online&asks');
  await article.getByRole('button', { name: 'Træk Det svære ved at spørge tilbage' }).press('Enter');
  await expect(article).toHaveCount(0);
});

test('signed out one reads what is here and is told that nothing can be sent', async ({ page }) => {
  const article = await thing(page, 'Det, jeg ikke fik sagt', 'sharing=signedout');
  await expect(page.getByRole('main')).toContainText('Du kan læse det, der er her, men ikke svare eller dele.');
  await expect(article.getByLabel('Dit svar')).toHaveCount(0);
  await expect(article.getByRole('group', { name: 'Tegn' }).getByRole('button', { name: 'Tak' })).toBeDisabled();
});

test('an empty feed invites, and one without an account says that nothing leaves', async ({ page }) => {
  await open(page, 'sharing=online&shared=0');
  await page.keyboard.press('Alt+5');
  await expect(page.getByRole('main')).toContainText('Intet er delt endnu');
  await open(page);
  await page.keyboard.press('Alt+5');
  await expect(page.getByRole('main')).toContainText('Intet forlader computeren, før du har valgt det.');
});

test('a feed that cannot be read says so, and asks again', async ({ page }) => {
  await open(page, 'sharing=online&fail=feed:damaged');
  await page.keyboard.press('Alt+5');
  await expect(page.getByRole('alert')).toContainText('Noget i journalens fil kan ikke læses.');
});

test('in a network that was left nothing can be written, also where a search hides what is open', async ({ page }) => {
  await open(page, 'sharing=online');
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: 'Tag imod invitationen til Skoleledere i Vest' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Kom med' }).click();
  await page.getByRole('heading', { level: 1, name: 'Skoleledere i Vest' }).waitFor();
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: /^Ledernetværk Syd/ }).press('Enter');
  await page.getByRole('button', { name: 'Mere om deling' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Forlad netværket …' }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Forlad netværket' }).click();
  await expect(page.getByRole('main')).toContainText('Du er ikke længere med.');
  await page.keyboard.press('Alt+5');
  await page.getByRole('option').filter({ hasText: 'Det, jeg ikke fik sagt' }).click();
  const article = page.getByRole('article');
  await article.locator('.person').first().waitFor();
  await expect(article.getByLabel('Dit svar')).toHaveCount(0);
  await page.getByRole('searchbox').fill('rumskib');
  await expect(page.getByRole('main')).toContainText('Intet af det, der er delt, har de ord.');
  await expect(article).toContainText('en sætning');
  await expect(article.getByLabel('Dit svar')).toHaveCount(0);
});
