import { type Locator, type Page } from '@playwright/test';
import { expect, open } from './window';

/** The calendar as a leader has it before her, by keyboard from the start. */
export class Calendar {
  private constructor(readonly page: Page) {}

  /** Opens the calendar over the stand-in, as `wishes` ask of it, in the week. */
  static async open(page: Page, wishes = ''): Promise<Calendar> {
    await open(page, wishes);
    await page.keyboard.press('Alt+3');
    await expect(page.locator('main')).toBeFocused();
    await page.locator('.calendar').waitFor();
    return new Calendar(page);
  }

  /** Shows the days in another way, once they are there. */
  async view(name: 'month' | 'week' | 'day' | 'agenda'): Promise<void> {
    await this.page.keyboard.press({ month: '1', week: '2', day: '3', agenda: '4' }[name]);
    const place = { month: '.month[role=grid]', week: '.grid[role=grid]', day: '.grid[role=grid]', agenda: '.agenda' }[name];
    await this.page.locator(`.right ${place}`).waitFor();
  }

  /** The grid of the view, not the small month beside it. */
  get grid(): Locator {
    return this.page.locator('.right [role=grid]');
  }

  /** An event in the view, by what stands in it. */
  event(title: string | RegExp): Locator {
    return this.page.locator('.right [data-key]').filter({ hasText: title });
  }

  /** A cell of the view, by its day and the half hour at which it begins; none is the row of whole days. */
  cell(day: string, slot?: number): Locator {
    return slot === undefined
      ? this.grid.locator(`[role=gridcell][data-day="${day}"]:not([data-slot])`)
      : this.grid.locator(`[role=gridcell][data-day="${day}"][data-slot="${slot}"]`);
  }

  /** The question that is open. */
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The line that tells what was done. */
  get toast(): Locator {
    return this.page.locator('.toast');
  }
}
