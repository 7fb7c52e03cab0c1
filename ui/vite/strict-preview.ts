import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/** The window's own policy, with the nonce that Tauri adds for `<style>`. */
function policy(root: string, nonce: string): string {
  const shell = JSON.parse(readFileSync(resolve(root, '../src-tauri/tauri.conf.json'), 'utf8')) as {
    app: { security: { csp: Record<string, string> } };
  };
  return Object.entries(shell.app.security.csp)
    .map(([what, from]) => `${what} ${from}${what === 'style-src' ? ` 'nonce-${nonce}'` : ''}`)
    .join('; ');
}

/** Serves the built page as Tauri does: its content policy in a header, a fresh nonce on `<style>`. */
export function strictPreview(): Plugin {
  return {
    name: 'fristed-strict-preview',
    configurePreviewServer({ config, middlewares }) {
      const page = resolve(config.root, config.build.outDir, 'index.html');
      middlewares.use((request, response, next) => {
        const path = (request.url ?? '/').split('?')[0];
        if (path === '/favicon.ico') return void response.writeHead(204).end();
        if (path !== '/' && path !== '/index.html') return next();
        const nonce = randomBytes(16).toString('base64');
        response.setHeader('Content-Security-Policy', policy(config.root, nonce));
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.setHeader('Cache-Control', 'no-store');
        response.end(readFileSync(page, 'utf8').replace('<style>', `<style nonce="${nonce}">`));
      });
    },
  };
}
