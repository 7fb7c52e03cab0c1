import { expect, type Locator, type Page } from '@playwright/test';

/** A leader at the editor: a new reflection in an empty journal, in the built page over the fake host. */
export class WritingDesk {
  readonly text: Locator;
  readonly toolbar: Locator;

  private constructor(readonly page: Page) {
    this.text = page.locator('.cm-content');
    this.toolbar = page.getByRole('toolbar');
  }

  static async open(page: Page, wishes = ''): Promise<WritingDesk> {
    await page.goto(`/?stage=open&entries=0&lang=da&theme=light${wishes}`);
    await page.locator('nav, aside, main').first().waitFor();
    await page.keyboard.press('Control+n');
    const desk = new WritingDesk(page);
    await expect(desk.text).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    return desk;
  }

  /** Pastes text as another program would give it, in the place of everything. */
  async paste(text: string): Promise<void> {
    await this.attend();
    await this.page.keyboard.press('Control+a');
    await this.text.evaluate((target, given) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', given);
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await this.settled();
  }

  /** Puts the keyboard in the text, unless it is there: the browser would scroll to its beginning. */
  async attend(): Promise<void> {
    await this.text.evaluate((target: HTMLElement) => document.activeElement === target || target.focus());
  }

  /** Everything that is written, as copying gives it. */
  async copied(): Promise<string> {
    await this.attend();
    await this.page.keyboard.press('Control+a');
    return this.selection();
  }

  /** What copying gives for what is selected. */
  async selection(): Promise<string> {
    return this.text.evaluate((target) => {
      const clipboardData = new DataTransfer();
      target.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
      return clipboardData.getData('text/plain');
    });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(words: string): Promise<void> {
    await this.page.keyboard.type(words);
  }

  /** The line whose visible words contain `words`. */
  line(words: string | RegExp): Locator {
    return this.page.locator('.cm-line', { hasText: words }).first();
  }

  /** Puts the keyboard somewhere that is not the text. */
  async leave(): Promise<void> {
    await this.toolbar.getByRole('button').first().focus();
    await this.settled();
  }

  /** Two frames: what a change draws is there. */
  async settled(): Promise<void> {
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Asserts the words that are seen in the line with `words`. */
  async sees(words: string, exactly: string): Promise<void> {
    await expect(this.line(words)).toHaveText(exactly);
  }
}
