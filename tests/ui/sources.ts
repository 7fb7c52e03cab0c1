import { type Locator } from '@playwright/test';
import { Calendar } from './calendar';
import { expect, type Page } from './window';

/** The calendar with its two from elsewhere: Ledergruppen on a server, Outlook read from an address. */
export class Sources {
  private constructor(readonly calendar: Calendar) {}

  static async open(page: Page, wishes = ''): Promise<Sources> {
    const calendar = await Calendar.open(page, wishes);
    await calendar.page.locator('.left .list li').first().waitFor();
    return new Sources(calendar);
  }

  get page(): Page {
    return this.calendar.page;
  }

  /** The question that is open. */
  get dialog(): Locator {
    return this.calendar.dialog;
  }

  /** A calendar in the list, with how it stands. */
  row(name: string): Locator {
    return this.page.locator('.left .list li').filter({ hasText: name });
  }

  /** Chooses something of a calendar’s menu, by keys. */
  async choose(name: string, item: string | RegExp): Promise<void> {
    await this.row(name).getByRole('button', { name: new RegExp(`(Mere om|More about) ${name}`) }).press('Enter');
    await this.page.getByRole('menuitem', { name: item }).press('Enter');
  }

  /** Begins to add one, by keys. */
  async add(kind: 'subscription' | 'calDav'): Promise<void> {
    await this.page.getByRole('button', { name: /Tilføj fra en adresse|Add from an address/ }).press('Enter');
    await expect(this.dialog.getByRole('radio').first()).toBeFocused();
    if (kind === 'calDav') await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    await expect(this.dialog.getByLabel(/^(Adresse|Address)$/)).toBeFocused();
  }
}
