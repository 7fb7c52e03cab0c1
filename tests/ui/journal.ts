import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

/** The day that the journal's tests are held at: a Tuesday. */
export const NOW = '2026-11-24T16:40:00';

/** The journal as a leader has it before her, by keyboard from the start. */
export class Desk {
  private constructor(readonly page: Page) {}

  /** Opens the journal over the stand-in, as `wishes` ask of it. */
  static async open(page: Page, wishes = ''): Promise<Desk> {
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { violations: seen });
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.violatedDirective));
    });
    const theme = wishes.includes('theme=') ? '' : '&theme=light';
    await page.goto(`/?now=${NOW}${theme}&${wishes}`);
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Alt+2');
    await page.getByRole('searchbox').waitFor();
    return new Desk(page);
  }

  get search(): Locator {
    return this.page.getByRole('searchbox');
  }

  get list(): Locator {
    return this.page.locator('.list[role=listbox]');
  }

  get rows(): Locator {
    return this.list.getByRole('option');
  }

  get text(): Locator {
    return this.page.locator('.cm-content');
  }

  get title(): Locator {
    return this.page.locator('.title textarea');
  }

  get status(): Locator {
    return this.page.locator('.status[data-state]');
  }

  get grid(): Locator {
    return this.page.getByRole('grid').first();
  }

  /** Begins a new entry and writes, as Ctrl N does from anywhere. */
  async write(words: string): Promise<void> {
    await this.page.keyboard.press('Control+n');
    await expect(this.text).toBeFocused();
    await this.page.keyboard.type(words);
  }

  /** Opens an entry by its title, with the focus in its text. */
  async read(title: string | RegExp): Promise<void> {
    await this.rows.filter({ hasText: title }).first().click();
    await expect(this.text).toBeFocused();
  }

  /** Chooses something in the menu of the entry, by keyboard. */
  async menu(item: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: /^(Mere|More)$/ }).press('Enter');
    await this.page.getByRole('menuitem', { name: item }).press('Enter');
  }

  /** Chooses what the list shows, by keyboard. */
  async view(item: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: /Vælg, hvad listen viser|Choose what the list shows/ }).press('Enter');
    await this.page.getByRole('menuitem', { name: item }).press('Enter');
  }

  /** Waits until the text is in the store. */
  async saved(): Promise<void> {
    await expect(this.status).toHaveAttribute('data-state', 'saved');
  }

  /** Finds nothing to complain of: no fault of accessibility, no breach of the content policy. */
  async sound(): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page }).options({ resultTypes: ['violations'] }).analyze();
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(', ')}`)).toEqual([]);
    expect(await this.page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
  }
}
