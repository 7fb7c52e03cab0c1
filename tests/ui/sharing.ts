import { type Locator, type Page } from '@playwright/test';
import { expect, open } from './window';

declare global {
  interface Window {
    /** The leader has signed in on the page in the browser. */
    fristedBrowser(): void;
    /** What the peer on the other side does. */
    fristedServer(answers: boolean): void;
    fristedCodes(): string[];
    /** A meeting comes through a network’s room. */
    fristedCalled(title: string, day: string): void;
    fristedPeer(act: 'ask' | 'ready' | 'agree' | 'end' | 'come'): void;
  }
}

export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** The settings, with the card about sharing in sight. */
export async function sharingCard(page: Page, wishes = ''): Promise<Locator> {
  await open(page, wishes);
  await page.keyboard.press('Control+,');
  const card = page.getByRole('region', { name: /^(Deling|Sharing)$/ });
  await card.waitFor();
  return card;
}

/** A network's page, with its part about sharing. */
export async function sharedNetwork(page: Page, wishes = 'sharing=online', name = 'Ledernetværk Syd'): Promise<Locator> {
  await open(page, wishes);
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).press('Enter');
  const card = page.getByRole('region', { name: /^(Deling|Sharing)$/ });
  await card.waitFor();
  return card;
}

/** An entry of the written examples, open for writing. */
export async function entry(page: Page, wishes = 'sharing=online', title = 'Efter netværksmødet'): Promise<void> {
  await open(page, wishes);
  await page.keyboard.press('Alt+2');
  await page.getByRole('option', { name: new RegExp(title) }).first().click();
  await expect(page.locator('.title textarea')).toHaveValue(title);
}

/** A new entry that is written and kept. */
export async function written(page: Page, text: string, wishes = 'sharing=online'): Promise<void> {
  await open(page, wishes);
  await page.keyboard.press('Alt+2');
  await page.getByRole('searchbox').waitFor();
  await page.keyboard.press('Control+n');
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Control+s');
  await expect(page.locator('.status[data-state]')).toHaveText(/Gemt|Saved/);
}

/** The dialog for sharing, by its keys, once it says what would leave. */
export async function shareDialog(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+Shift+D');
  await dialog(page).getByText(/^(Kan læse det|Can read it)$/).waitFor();
  return dialog(page);
}

export const shareButton = (page: Page): Locator => dialog(page).getByRole('button', { name: /^(Del med|Share with) \d/ });

/** What was shared, by keyboard from the start. */
export async function feed(page: Page, wishes = 'sharing=online'): Promise<Locator> {
  await open(page, wishes);
  await page.keyboard.press('Alt+5');
  const list = page.locator('.list[role=listbox]');
  await list.waitFor();
  return list;
}

/** One thing that was shared. */
export async function thing(page: Page, title: string | RegExp, wishes = 'sharing=online'): Promise<Locator> {
  const list = await feed(page, wishes);
  await list.getByRole('option').filter({ hasText: title }).first().click();
  const article = page.getByRole('article');
  await article.locator('.person').first().waitFor();
  return article;
}
