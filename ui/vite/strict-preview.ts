import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/** What the window's own policy allows, with the nonce that Tauri would add to `<style>`. */
export function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' blob: fristed-attachment:",
    "media-src 'self' blob: fristed-attachment:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Serves the built page as Tauri would: strict policy in a header, a fresh nonce on `<style>`. */
export function strictPreview(): Plugin {
  return {
    name: 'fristed-strict-preview',
    configurePreviewServer(server) {
      const page = resolve(server.config.root, server.config.build.outDir, 'index.html');
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '/').split('?')[0];
        if (path === '/favicon.ico') return void response.writeHead(204).end();
        if (path !== '/' && path !== '/index.html') return next();
        const nonce = randomBytes(16).toString('base64');
        response.setHeader('Content-Security-Policy', policy(nonce));
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.setHeader('Cache-Control', 'no-store');
        response.end(readFileSync(page, 'utf8').replace('<style>', `<style nonce="${nonce}">`));
      });
    },
  };
}
