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

/** That axe finds nothing by WCAG 2.2 AA and its own best practices: in the whole page, or in a part of it. */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (within ? axe.include(within) : axe)
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

/** That no text or control is covered by another, or cut off without a sign of it; where one has to scroll for it, it counts as there. */
export async function expectNothingOver(page: Page, within?: string): Promise<void> {
  // A question that gave way to another is there until it has gone.
  await expect.poll(() => page.getByRole('dialog').count()).toBeLessThanOrEqual(1);
  const over = await page.evaluate((place) => {
    const top = document.querySelector(place ?? '[role="dialog"]') ?? document.querySelector('main');
    if (!top) return ['nothing is open'];
    const found: string[] = [];
    const name = (node: Element) => `${node.tagName.toLowerCase()}.${node.getAttribute('class') ?? ''} "${(node.textContent ?? '').trim().slice(0, 30)}"`;
    /** The part of the window in which something can be seen at all. */
    const seen = (node: Element) => {
      const box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      for (let up = node.parentElement; up; up = up.parentElement) {
        if (getComputedStyle(up).overflow === 'visible') continue;
        const rect = up.getBoundingClientRect();
        Object.assign(box, { left: Math.max(box.left, rect.left), top: Math.max(box.top, rect.top), right: Math.min(box.right, rect.right), bottom: Math.min(box.bottom, rect.bottom) });
      }
      return box;
    };
    for (const node of top.querySelectorAll<HTMLElement>('*')) {
      if (node.closest('.unseen, .printed, svg, .cm-editor, option')) continue;
      const style = getComputedStyle(node);
      if (style.visibility === 'hidden' || style.opacity === '0') continue;
      // Out of the sheet of a question, where nothing scrolls to it.
      if (top.matches('[role="dialog"]')) {
        let up: Element | null = node;
        while (up && up !== top && !/auto|scroll/.test(getComputedStyle(up).overflowY)) up = up.parentElement;
        const [own, sheet] = [node.getBoundingClientRect(), top.getBoundingClientRect()];
        const scrolls = up !== null && /auto|scroll/.test(getComputedStyle(up).overflowY);
        if (!scrolls && own.height > 0 && (own.bottom > sheet.bottom + 1 || own.top < sheet.top - 1)) found.push(`${name(node)} sticks out`);
      }
      const texts = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim());
      const cuts = /hidden|clip/.test(style.overflowY) && style.textOverflow !== 'ellipsis' && style.webkitLineClamp === 'none';
      if (cuts && node.textContent?.trim() && node.clientHeight > 1 && node.scrollHeight > node.clientHeight + 2) found.push(`${name(node)} is cut off`);
      if (texts.length === 0 && !node.matches('input, select, textarea, button')) continue;
      // Each line of a text by itself: its box may reach around a corner.
      const lines = texts.flatMap((each) => {
        const range = document.createRange();
        range.selectNodeContents(each);
        return [...range.getClientRects()];
      });
      const boxes = lines.length > 0 ? lines : [node.getBoundingClientRect()];
      const view = seen(node);
      for (const box of boxes) {
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        if (box.width < 2 || box.height < 2 || x < view.left + 1 || x > view.right - 1 || y < view.top + 1 || y > view.bottom - 1) continue;
        const hit = document.elementFromPoint(x, y);
        if (!hit || node.contains(hit) || hit.contains(node)) continue;
        // The label of a control that is drawn by another element, and what lets everything through.
        if (hit.closest('label') && hit.closest('label') === node.closest('label')) continue;
        // What stays in sight while the rest is scrolled behind it.
        let sticks: Element | null = hit;
        while (sticks && sticks !== top && getComputedStyle(sticks).position !== 'sticky') sticks = sticks.parentElement;
        if (sticks && sticks !== top && !sticks.contains(node)) continue;
        if (style.pointerEvents === 'none' || hit.closest('.toasts')) continue;
        found.push(`${name(node)} lies under ${name(hit)}`);
        break;
      }
    }
    return found;
  }, within);
  expect(over).toEqual([]);
}
