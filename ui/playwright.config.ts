import { defineConfig } from '@playwright/test';

// The tests live with the others, in tests/ui; the browser is the system's.
export default defineConfig({
  testDir: '../tests/ui',
  outputDir: './test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  reporter: [['list']],
  use: {
    baseURL: 'http://127.0.0.1:5178/',
    viewport: { width: 1280, height: 820 },
    locale: 'da-DK',
    timezoneId: 'Europe/Copenhagen',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    },
  },
  webServer: {
    command: 'npm run preview',
    url: 'http://127.0.0.1:5178/',
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
