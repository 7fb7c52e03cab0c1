// What every test in the browser stands on: a page that fails where the content policy is
// broken, where something is asked of another place than its own, or where a script throws.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as plain, type Page } from '@playwright/test';

export { expect, type Page };

/** The moment at which the stand-in's clock begins: a Tuesday morning in week 48. */
export const now = '2026-11-24T09:12';

/** What opens the stand-in's vault. */
export const passphrase = 'fire heste i regnvejr';
export const recoveryKey = 'QZRY-9X8G-F2TV-DW0S-3JN5-4KHC-E6MU-A7LQ-PZRY-9X8G';

export const languages = ['da', 'en'] as const;
export const themes = ['light', 'dark'] as const;

export const test = plain.extend<{ watched: void }>({
  watched: [
    async ({ page, baseURL }, use) => {
      const faults: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(baseURL ?? '') && !url.startsWith('blob:')) faults.push(`asked for ${url}`);
      });
      await page.addInitScript(() => {
        // As the shell has it: nothing can be hung on what every object inherits.
        Object.freeze(Object.prototype);
        document.addEventListener('securitypolicyviolation', (event) =>
          console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`),
        );
      });
      await use();
      expect(faults, 'no violated policy, no foreign request, no error').toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens the window as the query wishes and waits until something stands in it. */
export async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/?now=${now}&${query}`);
  await page.locator('main, .journal').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
}

/** Larger text, as a leader sets it in the system: every size in the page follows the root. */
export async function enlarge(page: Page, percent: number): Promise<void> {
  await page.evaluate((size) => void (document.documentElement.style.fontSize = `${size}%`), percent);
}

/** That axe finds nothing by WCAG 2.2 AA and its own best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => `${node.target} ${node.failureSummary ?? ''}`) }));
  expect(found).toEqual([]);
}

/** That nothing is cut off or has to be scrolled for sideways. */
export async function expectNoSidewaysLoss(page: Page): Promise<void> {
  const lost = await page.evaluate(() => {
    const found: string[] = [];
    for (const node of document.querySelectorAll<HTMLElement>('body, main, main *, nav, [role="dialog"], [role="dialog"] *')) {
      const style = getComputedStyle(node);
      if (style.display === 'none' || node.closest('.unseen, .printed, svg, .cm-editor')) continue;
      const name = `${node.tagName.toLowerCase()}.${node.className} "${(node.textContent ?? '').trim().slice(0, 30)}"`;
      const scrolls = style.overflowX === 'auto' || style.overflowX === 'scroll';
      if (scrolls && node.scrollWidth > node.clientWidth + 1) found.push(`${name} scrolls sideways`);
      const box = node.getBoundingClientRect();
      if (box.width > 0 && box.height > 0 && box.right > innerWidth + 1) found.push(`${name} ends outside the window`);
    }
    return found;
  });
  expect(lost).toEqual([]);
}
