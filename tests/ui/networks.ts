import { type Page } from '@playwright/test';
import { expect, open } from './window';

/** The networks, by keyboard from the start. */
export async function networks(page: Page, wishes = ''): Promise<void> {
  await open(page, wishes);
  await page.keyboard.press('Alt+4');
  await expect(page.locator('main')).toBeFocused();
  await page.getByRole('heading', { level: 1, name: /Netværk|Networks/ }).waitFor();
}

/** One network's page. */
export async function network(page: Page, name = 'Ledernetværk Syd', wishes = ''): Promise<void> {
  await networks(page, wishes);
  await page.getByRole('button', { name }).press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** The next meeting's page, in the part that fits the time. */
export async function meeting(page: Page, wishes = '', title = /At lede gennem andre/): Promise<void> {
  await network(page, 'Ledernetværk Syd', wishes);
  await page.getByRole('button', { name: title }).press('Enter');
  await page.getByRole('tablist').waitFor();
  await page.getByRole('tabpanel').waitFor();
}
