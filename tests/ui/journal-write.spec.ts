import { expect, test } from '@playwright/test';
import { Desk } from './journal';

// Axe reads the whole page several times in each.
test.describe.configure({ timeout: 120_000 });

test('writing begins at once, from anywhere, and an entry is there from its first character', async ({ page }) => {
  const desk = await Desk.open(page);
  await expect(desk.rows).not.toHaveCount(0);
  const before = await desk.list.getAttribute('aria-label');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+2');
  await page.keyboard.press('Control+n');
  await expect(desk.text).toBeFocused();
  await expect(desk.status).toHaveText('');
  expect(await desk.list.getAttribute('aria-label')).toBe(before);
  await page.keyboard.type('Jeg tav i dag.');
  await desk.saved();
  await expect(desk.status).toHaveText(/Gemt/);
  await expect(desk.rows.first()).toContainText('Jeg tav i dag.');
});

test('the focus is in the text of a new entry within six frames of the key, which are 100 ms', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.read('At give slip');
  await page.evaluate(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.key !== 'n') return;
      const old = document.activeElement;
      let frames = 0;
      const look = () => {
        const now = document.activeElement;
        if (now !== old && now?.classList.contains('cm-content')) Object.assign(window, { frames });
        else requestAnimationFrame(look);
        frames += 1;
      };
      look();
    };
    window.addEventListener('keydown', pressed, { capture: true });
  });
  await page.keyboard.press('Control+n');
  await expect.poll(() => page.evaluate(() => (window as unknown as { frames?: number }).frames)).toBeLessThanOrEqual(6);
});

test('an entry that nothing was written in is not left behind', async ({ page }) => {
  const desk = await Desk.open(page);
  await expect(desk.rows).not.toHaveCount(0);
  const label = (await desk.list.getAttribute('aria-label')) ?? '';
  await desk.write('x');
  await desk.saved();
  await expect(desk.list).not.toHaveAttribute('aria-label', label);
  await page.keyboard.press('Backspace');
  await desk.saved();
  await desk.read('At give slip');
  await expect(desk.list).toHaveAttribute('aria-label', label);
  await desk.view('Papirkurv');
  await expect(page.getByText('Papirkurven er tom.')).toBeVisible();
});

test('a text is in the store within a second of the last key, and before another entry is opened', async ({ page }) => {
  await page.clock.install();
  const desk = await Desk.open(page);
  await desk.read('Efter netværksmødet');
  // From here it is the page’s own second, however long it takes this computer.
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Straks. ');
  await expect(desk.status).toHaveAttribute('data-state', 'waiting');
  await page.clock.runFor(1000);
  await expect(desk.status).toHaveAttribute('data-state', 'saved');
  await page.clock.resume();
  await page.keyboard.type('Lige før. ');
  await desk.read('At give slip');
  await desk.read('Efter netværksmødet');
  await expect(desk.text).toContainText('Straks. Lige før.');
});

test('a text that cannot be saved stays, says so, and can be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const desk = await Desk.open(page, 'fail=entrySave:noSpace');
  await desk.read('At give slip');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Det her må ikke gå tabt. ');
  const alert = page.getByRole('alert').filter({ hasText: 'Teksten er ikke gemt endnu' });
  await expect(alert).toContainText('ikke mere plads');
  await expect(desk.status).toHaveText(/Ikke gemt/);
  await expect(desk.text).toContainText('Det her må ikke gå tabt.');
  await desk.sound();
  await alert.getByRole('button', { name: 'Kopiér teksten' }).press('Enter');
  await expect(page.getByText('Teksten er kopieret.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Det her må ikke gå tabt.');

  await page.keyboard.press('Control+n');
  const question = page.getByRole('dialog', { name: 'Gå videre uden at gemme?' });
  await expect(question.getByRole('button', { name: 'Bliv her' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(desk.text).toContainText('Det her må ikke gå tabt.');
});

test('a text that could not be saved is still there after a visit elsewhere', async ({ page }) => {
  const desk = await Desk.open(page, 'fail=entrySave:noSpace');
  await desk.read('At give slip');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Stadig her. ');
  await page.keyboard.press('Alt+1');
  await expect(page.getByText('Teksten er ikke gemt endnu')).toBeVisible();
  await page.keyboard.press('Alt+2');
  await expect(desk.text).toContainText('Stadig her.');
});

test('a text changed elsewhere ends with both texts', async ({ page }) => {
  const desk = await Desk.open(page, 'fail=entrySave:changed');
  await desk.read('At give slip');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Min egen linje. ');
  await expect(page.getByText('Refleksionen er ændret et andet sted')).toBeVisible();
  await desk.sound();
  await page.getByRole('button', { name: 'Behold begge' }).press('Enter');
  await expect(page.getByText('Din tekst ligger nu som en refleksion for sig.')).toBeVisible();
  await expect(desk.text).not.toContainText('Min egen linje.');
  await expect(desk.rows.filter({ hasText: 'At give slip' })).toHaveCount(2);
});

test('the title is one paragraph, and Enter goes on into the text', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.write('Første linje.');
  await desk.title.focus();
  await page.keyboard.type('Om at tie');
  await page.keyboard.press('Enter');
  await expect(desk.text).toBeFocused();
  await desk.saved();
  await expect(desk.rows.first()).toContainText('Om at tie');
});

test('undo survives the autosave', async ({ page }) => {
  const desk = await Desk.open(page);
  await page.keyboard.press('Control+n');
  await expect(desk.text).toBeFocused();
  // Each in one go, so that a slow computer does not make several steps of it.
  await page.keyboard.insertText('Et.');
  await desk.saved();
  await page.waitForTimeout(700);
  await page.keyboard.insertText(' To.');
  await expect(desk.status).not.toHaveAttribute('data-state', 'saved');
  await desk.saved();
  await page.keyboard.press('Control+z');
  await expect(desk.text).toHaveText('Et.');
});

test('a template is chosen by keyboard, and writing begins below its first question', async ({ page }) => {
  const desk = await Desk.open(page);
  await page.keyboard.press('Control+n');
  await page.getByRole('button', { name: 'Begynd med en skabelon' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Vælg skabelon' });
  await expect(dialog.getByRole('listbox')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(dialog).toContainText('Når der er sket noget, du vil lære af.');
  await expect(dialog).toContainText('Hvad tænkte og følte jeg?');
  await desk.sound();
  await page.keyboard.press('Enter');
  await expect(desk.text).toBeFocused();
  await page.keyboard.type('Han lukkede i.');
  await desk.saved();
  const lines = desk.text.locator('.cm-line');
  await expect(lines.nth(0)).toContainText('Hvad skete der?');
  await expect(lines.nth(2)).toHaveText('Han lukkede i.');
});

test('locking saves first and leaves no word of the text in the page', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.write('Kanariefuglen synger kl. fem.');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('navigation')).toHaveCount(0);
  expect(await page.content()).not.toContain('Kanariefuglen');
  expect(await page.title()).not.toContain('Kanariefuglen');
});

test('an idle lock saves what is being written', async ({ page }) => {
  const desk = await Desk.open(page);
  await desk.write('Kanariefuglen');
  await page.evaluate(() => window.dispatchEvent(new Event('fristed-idle')));
  await expect(page.getByRole('navigation')).toHaveCount(0);
  expect(await page.content()).not.toContain('Kanariefuglen');
});

test('a lock is refused while the text cannot be saved', async ({ page }) => {
  const desk = await Desk.open(page, 'fail=entrySave:noSpace');
  await desk.read('At give slip');
  await page.keyboard.type('Vent. ');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('alert').filter({ hasText: 'Teksten er ikke gemt endnu' })).toBeVisible();
  await expect(page.getByRole('navigation')).toBeVisible();
  await expect(desk.text).toContainText('Vent.');
});
