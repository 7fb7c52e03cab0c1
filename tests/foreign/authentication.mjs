// An authentication service, as newer Matrix servers have one beside them: OAuth 2.0 by a library,
// and the calls by which Synapse and such a service speak to each other. Whoever gives a name at
// its form is let in by that name. It prints its port when it answers, then is told the server's
// address on a line, and ends with its input.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const [secret, seconds] = process.argv.slice(2);
/** The scope that names a device (MSC2967). */
const DEVICE = 'urn:matrix:org.matrix.msc2967.client:device:';
const MATRIX = 'urn:matrix:server';
/** The paths that the library answers to, as far as they matter here. */
const TOKEN = 'token';
const REVOCATION = 'revocation';

let homeserver;
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => (homeserver = line.trim())).on('close', () => process.exit());

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    cookies: { keys: [randomBytes(16).toString('hex')] },
    discovery: { account_management_uri: `${issuer}/account` },
    features: {
      devInteractions: { enabled: true },
      registration: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => MATRIX,
        useGrantedResource: () => true,
        getResourceServerInfo: (context) => ({
          scope: scopeOf(context.oidc),
          accessTokenFormat: 'opaque',
          accessTokenTTL: Number(seconds),
        }),
      },
    },
    findAccount: (_context, name) => ({ accountId: name, claims: () => ({ sub: name }) }),
    issueRefreshToken: () => true,
    jwks: { keys: [signingKey()] },
  });
  provider.use(async (context, next) => {
    if (context.path === '/oauth2/introspect') return introspect(provider, context);
    if (context.path === '/account') return account(provider, context);
    await next();
    const { route, entities } = context.oidc ?? {};
    const token = entities?.AccessToken;
    if (!token || context.status !== 200) return;
    if (route === TOKEN) await comes(token);
    if (route === REVOCATION) await goes(token);
  });
  server.on('request', provider.callback());
  console.log(port);
});

/** Every scope that is asked for, or was: a device's is another each time. */
function scopeOf({ params, entities }) {
  return params?.scope ?? entities.AuthorizationCode?.scope ?? entities.RefreshToken?.scope ?? '';
}

const deviceOf = (token) =>
  token.scope.split(' ').find((one) => one.startsWith(DEVICE)).slice(DEVICE.length);

/** Somebody signs in: the server makes her account and her device. */
async function comes(token) {
  const localpart = token.accountId;
  await tell('provision_user', { localpart, set_displayname: localpart });
  await tell('upsert_device', { localpart, device_id: deviceOf(token) });
}

const goes = (token) =>
  tell('delete_device', { localpart: token.accountId, device_id: deviceOf(token) });

/** The page on which she says that she begins with a new identity: that she came is enough. */
async function account(provider, context) {
  const session = await provider.Session.get(context);
  if (!session.accountId) return void (context.status = 401);
  await tell('allow_cross_signing_reset', { localpart: session.accountId });
  context.body = 'Agreed.';
}

/** The server asks what a token is (RFC 7662). */
async function introspect(provider, context) {
  if (context.get('Authorization') !== `Bearer ${secret}`) return void (context.status = 401);
  const pieces = [];
  for await (const piece of context.req) pieces.push(piece);
  const asked = new URLSearchParams(Buffer.concat(pieces).toString()).get('token');
  const token = await provider.AccessToken.find(asked);
  context.body = token?.isValid
    ? {
        active: true,
        sub: token.accountId,
        username: token.accountId,
        scope: token.scope,
        expires_in: token.remainingTTL,
      }
    : { active: false };
}

async function tell(what, body) {
  const answer = await fetch(`${homeserver}/_synapse/mas/${what}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'tests' };
}
