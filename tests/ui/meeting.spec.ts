import { meeting, network } from './networks';
import { expect, test } from './window';

test('the header tells when, where and who comes', async ({ page }) => {
  await meeting(page);
  await expect(page.getByRole('heading', { level: 1, name: 'At lede gennem andre' })).toBeVisible();
  await expect(page.locator('main header')).toContainText('Torsdag den 26. november kl. 9.00–12.00');
  await expect(page.getByText('7 kommer, 1 har ikke svaret')).toBeVisible();
});

for (const [now, part] of [
  ['2026-11-24T09:12', 'Før'],
  ['2026-11-26T09:33', 'Under'],
  ['2026-11-26T12:30', 'Efter'],
] as const) {
  test(`the part that fits the time is chosen: ${part}`, async ({ page }) => {
    // The meeting lies on the Thursday of the week, whichever day of it it is.
    await page.goto(`/?now=${now}`);
    await page.locator('main').waitFor();
    await page.keyboard.press('Alt+4');
    await page.getByRole('button', { name: /Ledernetværk Syd/ }).press('Enter');
    await page.getByRole('button', { name: /At lede gennem andre/ }).press('Enter');
    await expect(page.getByRole('tab', { name: part })).toHaveAttribute('aria-selected', 'true');
  });
}

test('the parts are tabs that the arrows go through', async ({ page }) => {
  await meeting(page);
  await page.getByRole('tab', { name: 'Før' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Under' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Efter' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(page.getByRole('tab', { name: 'Før' })).toBeFocused();
});

test('the aim saves itself, and is said to be saved only once it is', async ({ page }) => {
  await meeting(page);
  const aim = page.getByRole('textbox', { name: 'Det vil jeg have ud af mødet' });
  await aim.fill('At turde spørge.');
  await expect(page.locator('.status[data-state]')).toHaveAttribute('data-state', 'saved');
  await expect(page.getByText('Gemt')).toBeVisible();
  await page.keyboard.press('Alt+1');
  await page.locator('.today').waitFor();
  await page.getByRole('button', { name: 'Forbered', exact: true }).click();
  await expect(aim).toHaveValue('At turde spørge.');
});

test('what cannot be saved stays here, and keeps the journal open', async ({ page }) => {
  await meeting(page, 'fail=meetingSave:noSpace');
  const aim = page.getByRole('textbox', { name: 'Det vil jeg have ud af mødet' });
  await aim.fill('Det må ikke gå tabt');
  await expect(page.getByRole('alert')).toContainText('Det, du har skrevet på mødet, er ikke gemt endnu');
  await page.keyboard.press('Control+l');
  await expect(page.locator('.toast')).toContainText('Der er ikke mere plads på disken');
  await expect(aim).toHaveValue('Det må ikke gå tabt');
  // Also where the page was left in between.
  await page.keyboard.press('Alt+1');
  await page.getByRole('button', { name: 'Forbered', exact: true }).click();
  await expect(aim).toHaveValue('Det må ikke gå tabt');
});

test('a text that was changed elsewhere is asked about', async ({ page }) => {
  await meeting(page, 'fail=meetingSave:changed');
  await page.getByRole('textbox', { name: 'Det vil jeg have ud af mødet' }).fill('Mit');
  await expect(page.getByRole('alert')).toContainText('Mødet er ændret et andet sted');
  await page.getByRole('button', { name: 'Hent det andet' }).click();
  await expect(page.getByRole('textbox', { name: 'Det vil jeg have ud af mødet' })).toHaveValue(/At høre, hvordan de andre/);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a question is answered in words, or by an entry, which is brought along', async ({ page }) => {
  await meeting(page);
  await expect(page.getByRole('tabpanel').getByText('Besvaret i', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'eller tag en refleksion med, der svarer' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill('spilleregler');
  await dialog.getByRole('button', { name: /Ledernetværkets spilleregler/ }).press('Enter');
  await expect(page.getByRole('button', { name: '”Ledernetværkets spilleregler”' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Tag ikke Ledernetværkets spilleregler med' })).toBeVisible();
  await expect(page.locator('.parts').getByText('4 af 5 dele har noget i sig')).toBeVisible();
  await page.getByRole('button', { name: 'Tilføj spørgsmål' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Spørgsmål 3' })).toBeFocused();
  await page.keyboard.type('Hvad vil du slippe?');
  await page.getByRole('textbox', { name: 'Dit svar på: Hvad vil du slippe?' }).fill('Vagtplanen.');
  await expect(page.locator('.status[data-state]')).toHaveAttribute('data-state', 'saved');
});

test('suggestions say why, are taken, and lead to the entry, which names the meeting', async ({ page }) => {
  await meeting(page);
  await expect(page.getByText('Handler om noget på dagsordenen')).toBeVisible();
  await page.getByRole('button', { name: 'Tag Efter netværksmødet med' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Tag ikke Efter netværksmødet med' })).toBeVisible();
  await page.getByRole('button', { name: /Efter netværksmødet Kun for mig/ }).press('Enter');
  await page.locator('.cm-content').waitFor();
  await expect(page.locator('.meetings')).toContainText('Taget med til');
  await page.locator('.meetings').getByRole('button').press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'At lede gennem andre' })).toBeVisible();
});

test('the agenda is changed where it stands, with the time of each point', async ({ page }) => {
  await meeting(page);
  await page.getByRole('button', { name: 'Ret dagsordenen' }).press('Enter');
  await page.getByRole('textbox', { name: 'Minutter til Modtagertid' }).fill('15');
  await page.getByRole('textbox', { name: 'Punkt 2' }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('textbox', { name: 'Punkt 3' })).toHaveValue('Lovet sidst');
  await page.getByRole('textbox', { name: 'Punkt 4' }).press('Enter');
  await page.keyboard.type('Tak for i dag');
  await page.getByRole('button', { name: 'Færdig' }).click();
  const rows = page.locator('.column ol').last().getByRole('listitem');
  await expect(rows.nth(1)).toContainText(/9\.15.*Kollegial sparring/);
  await expect(rows.nth(2)).toContainText(/10\.15.*Lovet sidst/);
  await expect(page.getByRole('tabpanel').getByText('Tak for i dag')).toBeVisible();
});

test('ready is the leader’s own word', async ({ page }) => {
  await meeting(page);
  await expect(page.locator('.parts')).toContainText('Ikke endnu: netværkets spørgsmål og løfterne fra sidst');
  const ready = page.getByRole('button', { name: 'Jeg er klar' });
  await ready.press('Enter');
  await expect(ready).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Alt+1');
  await expect(page.getByText('Du er klar')).toBeVisible();
  await expect(page.getByText('Du bad om at blive mindet om')).toHaveCount(0);
});

test('during the meeting everything goes by keys: notes, promises, where we are', async ({ page }) => {
  await page.goto('/?now=2026-11-26T09:33');
  await page.locator('main').waitFor();
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: /Ledernetværk Syd/ }).press('Enter');
  await page.getByRole('button', { name: /At lede gennem andre/ }).press('Enter');
  await expect(page.locator('[aria-current="step"]')).toContainText('Kollegial sparring');
  await page.getByRole('textbox', { name: 'Noter' }).fill('J. sagde: slip først, hjælp bagefter.');
  await expect(page.locator('.status[data-state]')).toHaveAttribute('data-state', 'saved');
  await page.getByLabel('Nyt løfte').pressSequentially('Jens: ringer om vagtplanen i morgen');
  await expect(page.locator('.understood')).toContainText('fredag den 27. november');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'ringer om vagtplanen' })).toContainText('Jens Aaby');
});

test('after the meeting: a reflection from the template, and what goes on to the next time', async ({ page }) => {
  await meeting(page);
  await page.getByRole('tab', { name: 'Efter' }).click();
  await page.getByRole('textbox', { name: 'Til næste gang' }).fill('Vi begynder med spillereglerne.');
  await expect(page.locator('.status[data-state]')).toHaveAttribute('data-state', 'saved');
  await page.getByRole('button', { name: /Næste: torsdag den 17. december/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Året, der gik' })).toBeVisible();
  await expect(page.getByRole('tabpanel').getByText('Vi begynder med spillereglerne.')).toBeVisible();
  await expect(page.getByText('Noteret torsdag den 26. november')).toBeVisible();
  await network(page);
  await page.getByRole('button', { name: /Spilleregler/ }).press('Enter');
  await expect(page.getByRole('tab', { name: 'Efter' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Skriv om mødet' }).click();
  await expect(page.locator('.cm-content')).toContainText('Hvad tager jeg med hjem?');
  await page.locator('.meetings').getByRole('button').press('Enter');
  await page.getByRole('tab', { name: 'Efter' }).click();
  await expect(page.getByText('Efter mødet: Spilleregler')).toBeVisible();
});

test('a detached meeting says so, keeps what was written, and is tied again', async ({ page }) => {
  await network(page, 'Ledernetværk Nord');
  await page.getByRole('button', { name: /Budget/ }).press('Enter');
  await expect(page.getByText('Mødet er løsrevet.')).toBeVisible();
  await page.getByRole('button', { name: 'Find den igen' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('searchbox')).toHaveValue('Ledernetværk Nord');
  await dialog.getByRole('button', { name: /Ledernetværk Nord/ }).first().press('Enter');
  await expect(page.getByText('Mødet er løsrevet.')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Det vil jeg have ud af mødet' })).toHaveValue('At få deres råd om besparelsen.');
});

test('the preparation is written as markdown, with what was typed last', async ({ page }) => {
  await meeting(page);
  await page.getByRole('button', { name: 'Mere', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Gem som Markdown' }).press('Enter');
  await expect(page.locator('.toast')).toContainText('forberedelse.md');
});

test('the preparation is one sheet of paper with everything on it, and nothing else', async ({ page }) => {
  await meeting(page);
  await page.getByRole('textbox', { name: 'Det vil jeg have ud af mødet' }).fill('At turde spørge.');
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.prep');
  await expect(sheet).toBeVisible();
  await expect(page.locator('#app')).toBeHidden();
  for (const text of ['At turde spørge.', 'Hvad beder du gruppen om?', 'At give slip på en opgave', 'Vent med at svare på afdelingsmødet', 'Birgitte Holm: Del jeres mødeskabelon', 'Kollegial sparring', 'Vært: Birgitte Holm']) {
    await expect(sheet).toContainText(text);
  }
  await expect(sheet.locator('.box')).toHaveCount(6);
  await expect(sheet.locator('.box.done')).toHaveCount(2);
  const wide = await sheet.evaluate((node) => node.scrollWidth <= node.clientWidth);
  expect(wide, 'nothing is cut off at the side').toBe(true);
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g);
  expect(pages).toHaveLength(1);
});

test('a long preparation goes on to more pages, each line of it', async ({ page }) => {
  await meeting(page);
  await page.getByRole('textbox', { name: 'Det vil jeg have ud af mødet' }).fill(Array.from({ length: 90 }, (_, line) => `Linje ${line + 1}`).join('\n'));
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
});

test('deleting a meeting says what goes along, and leaves the event', async ({ page }) => {
  await meeting(page, '', /Spilleregler/);
  await page.getByRole('button', { name: 'Mere', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Slet mødet' }).press('Enter');
  await expect(page.getByRole('dialog')).toContainText('5 løfter bliver slettet.');
  await page.getByRole('dialog').getByRole('button', { name: 'Slet mødet' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ledernetværk Syd' })).toBeVisible();
  await expect(page.getByText('Er det netværkets møder?')).toBeVisible();
});

test('an entry that is thrown away says which meetings it is taken from', async ({ page }) => {
  await meeting(page);
  await page.getByRole('button', { name: /At give slip på en opgave Kun for mig/ }).press('Enter');
  await page.locator('.cm-content').waitFor();
  await page.getByRole('button', { name: 'Mere', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Slet' }).press('Enter');
  await expect(page.locator('.toast')).toContainText('Den er taget af ”Ledernetværk Syd: at lede gennem andre”.');
});

test('what was noted last time stands before the meeting and on its sheet, with the way to where it was noted', async ({ page }) => {
  await meeting(page);
  const panel = page.getByRole('tabpanel');
  await expect(panel.getByText('Spillereglerne skrives færdige.')).toBeVisible();
  await expect(panel.getByText('Noteret torsdag den 29. oktober')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.printed').getByText('Spillereglerne skrives færdige.')).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await panel.getByRole('button', { name: 'Se det møde' }).press('Enter');
  await expect(page.getByRole('tab', { name: 'Efter' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('heading', { level: 1, name: 'Spilleregler' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Til næste gang' })).toHaveValue('Spillereglerne skrives færdige.');
});
