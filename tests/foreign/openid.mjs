// An OpenID provider, as a municipality has one for all of its programs. Whoever gives a name at
// its form is let in by that name. It prints its port when it answers, and ends with its standard
// input.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [client, secret] = process.argv.slice(2);

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: client,
        client_secret: secret,
        // A native client's loopback address has any port (RFC 8252, section 7.3).
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/_synapse/client/oidc/callback'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, name) => ({
      accountId: name,
      claims: () => ({
        sub: name,
        name: name.charAt(0).toUpperCase() + name.slice(1),
        preferred_username: name,
      }),
    }),
    jwks: { keys: [signingKey()] },
  });
  server.on('request', provider.callback());
  console.log(port);
});

process.stdin.resume().on('end', () => process.exit());

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'tests' };
}
