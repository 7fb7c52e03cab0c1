// An ordinary Matrix client by others: matrix-js-sdk, as Element is made with, and with the
// settings that it has of itself. Its keys and all else are in memory only.

import { Buffer } from 'node:buffer';
import {
  ClientEvent,
  EventType,
  MatrixEventEvent,
  RelationType,
  RoomEvent,
  RoomMemberEvent,
  RoomStateEvent,
  createClient,
} from 'matrix-js-sdk';
import { logger } from 'matrix-js-sdk/lib/logger.js';
import {
  CryptoEvent,
  OnlySignedDevicesIsolationMode,
  VerificationPhase,
  VerificationRequestEvent,
  VerifierEvent,
} from 'matrix-js-sdk/lib/crypto-api/index.js';

import { answer, until } from './lines.mjs';

logger.setLevel('error');

let client;
let password;
let verification;
let storageKey;

const CHANGES = [ClientEvent.Room, RoomEvent.MyMembership, RoomEvent.Timeline, RoomMemberEvent.Membership, RoomStateEvent.Events];

/** A room of which this user is in such a way. */
function room(id, membership = 'join') {
  const look = () => {
    const found = client.getRoom(id);
    return found?.getMyMembership() === membership && found;
  };
  return until(client, CHANGES, look, `${membership} of ${id}`);
}

/** A room in which what is sent is encrypted. */
async function encrypted(id) {
  const found = await room(id);
  await until(client, CHANGES, () => found.hasEncryptionStateEvent(), `encryption of ${id}`);
  return found;
}

async function told(event) {
  const shield = event.isEncrypted() ? await client.getCrypto().getEncryptionInfoForEvent(event) : null;
  return {
    id: event.getId(),
    sender: event.getSender(),
    type: event.getType(),
    state_key: event.getStateKey() ?? null,
    content: event.getContent(),
    error: event.isDecryptionFailure() ? event.decryptionFailureReason : null,
    encrypted: event.isEncrypted(),
    edited: event.replacingEventId() !== undefined,
    redacted: event.isRedacted(),
    // 0 for none, 1 for grey, 2 for red, with a number for why.
    shield: shield && { colour: shield.shieldColour, reason: shield.shieldReason },
  };
}

async function send(id, content, type = EventType.RoomMessage) {
  await encrypted(id);
  const { event_id: event } = await client.sendEvent(id, type, content);
  return event;
}

await answer({
  async login({ url, user, password: secret }) {
    password = secret;
    const stranger = createClient({ baseUrl: url });
    const account = await stranger.loginRequest({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user },
      password,
      initial_device_display_name: 'A client by others',
    });
    client = createClient({
      baseUrl: url,
      userId: account.user_id,
      deviceId: account.device_id,
      accessToken: account.access_token,
      verificationMethods: ['m.sas.v1'],
      cryptoCallbacks: {
        getSecretStorageKey: async () => storageKey,
        cacheSecretStorageKey: (id, _info, key) => (storageKey = [id, key]),
      },
    });
    await client.initRustCrypto({ useIndexedDB: false });
    client.on(CryptoEvent.VerificationRequestReceived, (request) => {
      verification = request;
    });
    await client.startClient({ initialSyncLimit: 200 });
    await until(client, [ClientEvent.Sync], () => client.isInitialSyncComplete(), 'first sync');
    return { user: account.user_id, device: account.device_id };
  },

  /** Publishes an identity and signs this device with it; `anew` replaces one that is there. */
  async bootstrap({ anew = false }) {
    await client.getCrypto().bootstrapCrossSigning({
      setupNewCrossSigning: anew,
      authUploadDeviceSigningKeys: (request) =>
        request({
          type: 'm.login.password',
          identifier: { type: 'm.id.user', user: client.getUserId() },
          password,
        }),
    });
  },

  /** Keeps the identity's keys at the server, and gives what opens them, as people write it down. */
  async recovery() {
    const crypto = client.getCrypto();
    const made = await crypto.createRecoveryKeyFromPassphrase();
    await crypto.bootstrapSecretStorage({ createSecretStorageKey: async () => made, setupNewKeyBackup: true });
    return made.encodedPrivateKey;
  },

  /** Sends keys to cross-signed devices only, and takes no other's word. */
  isolate: () => client.getCrypto().setDeviceIsolationMode(new OnlySignedDevicesIsolationMode()),

  /** A room as a network has one. */
  async create({ name, invite = [] }) {
    const { room_id: id } = await client.createRoom({
      name,
      invite,
      preset: 'private_chat',
      initial_state: [
        { type: EventType.RoomEncryption, state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } },
        { type: EventType.RoomHistoryVisibility, state_key: '', content: { history_visibility: 'joined' } },
      ],
    });
    await encrypted(id);
    return id;
  },

  invite: async ({ room: id, user }) => void (await client.invite(id, user)),

  /** Takes an invitation, also one that is still on its way. */
  async accept({ room: id }) {
    await room(id, 'invite');
    await client.joinRoom(id);
    await encrypted(id);
  },

  /** Waits until somebody's membership is such: `join`, `invite`, `leave` or `ban`. */
  async member({ room: id, user, membership = 'join' }) {
    const found = await room(id);
    const look = () => found.getMember(user)?.membership === membership;
    await until(client, CHANGES, look, `${membership} of ${user}`);
  },

  leave: async ({ room: id }) => void (await client.leave(id)),

  send: ({ room: id, text, content, type }) =>
    send(id, content ?? { msgtype: 'm.text', body: text }, type),

  reply: ({ room: id, event, text }) =>
    send(id, {
      msgtype: 'm.text',
      body: text,
      'm.relates_to': {
        rel_type: RelationType.Thread,
        event_id: event,
        is_falling_back: true,
        'm.in_reply_to': { event_id: event },
      },
    }),

  edit: ({ room: id, event, text }) =>
    send(id, {
      msgtype: 'm.text',
      body: `* ${text}`,
      'm.new_content': { msgtype: 'm.text', body: text },
      'm.relates_to': { rel_type: RelationType.Replace, event_id: event },
    }),

  async redact({ room: id, event }) {
    await encrypted(id);
    return (await client.redactEvent(id, event)).event_id;
  },

  /**
   * Every event of a room, decrypted. With `event` it waits until that one is there; with `readable`
   * too, until it is decrypted; with `redacted` and `edited`, until it is that.
   */
  async read({ room: id, event, readable = false, redacted = false, edited = false }) {
    const found = await room(id);
    const timeline = () => found.getLiveTimeline().getEvents();
    if (event) {
      const changes = [RoomEvent.Timeline, RoomEvent.Redaction, MatrixEventEvent.Decrypted, MatrixEventEvent.Replaced];
      const look = () => {
        const one = timeline().find((each) => each.getId() === event);
        return (
          one &&
          !one.isBeingDecrypted() &&
          (!readable || (!one.isDecryptionFailure() && one.getType() !== EventType.RoomMessageEncrypted)) &&
          (!redacted || one.isRedacted()) &&
          (!edited || one.replacingEventId())
        );
      };
      await until(client, changes, look, `such an event ${event}`);
    }
    await Promise.allSettled(timeline().map((each) => each.getDecryptionPromise()));
    return Promise.all(timeline().map(told));
  },

  /** The bytes of an encrypted attachment, in Base64, as it lies on the server. */
  async download({ mxc }) {
    const address = client.mxcUrlToHttp(mxc, undefined, undefined, undefined, true, true, true);
    const got = await fetch(address, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
    if (!got.ok) throw new Error(`${got.status}`);
    return Buffer.from(await got.arrayBuffer()).toString('base64');
  },

  /** What this client knows of somebody: whether there is an identity, and whether it was verified. */
  async trust({ user }) {
    const crypto = client.getCrypto();
    const status = await crypto.getUserVerificationStatus(user);
    const devices = await crypto.getUserDeviceInfo([user], true);
    const signed = {};
    for (const id of devices.get(user)?.keys() ?? []) {
      signed[id] = (await crypto.getDeviceVerificationStatus(user, id))?.signedByOwner ?? false;
    }
    return {
      identity: await crypto.userHasCrossSigningKeys(user, true),
      verified: status.isCrossSigningVerified(),
      devices: signed,
    };
  },

  /** Asks somebody to compare emoji, in a room. */
  async ask({ room: id, user }) {
    await encrypted(id);
    verification = await client.getCrypto().requestVerificationDM(user, id);
  },

  /** Takes what somebody asked for, or waits until what this client asked for is taken, and gives the emoji. */
  async emoji() {
    await until(client, [CryptoEvent.VerificationRequestReceived], () => verification, 'verification');
    const request = verification;
    if (!request.initiatedByMe) await request.accept();
    const change = [VerificationRequestEvent.Change];
    await until(request, change, () => request.phase >= VerificationPhase.Ready, 'answer');
    const verifier = request.initiatedByMe
      ? await request.startVerification('m.sas.v1')
      : await until(request, change, () => request.verifier, 'beginning');
    verification = { request, verifier, done: verifier.verify() };
    verification.done.catch(() => {});
    const sas = () => verifier.getShowSasCallbacks();
    await until(verifier, [VerifierEvent.ShowSas], sas, 'emoji');
    return sas().sas.emoji.map(([sign, name]) => ({ sign, name }));
  },

  /** Says that the emoji are the same, and waits until the other has said so too. */
  async same() {
    await verification.verifier.getShowSasCallbacks().confirm();
    await verification.done;
    const user = verification.request.otherUserId;
    verification = undefined;
    const status = () => client.getCrypto().getUserVerificationStatus(user);
    const verified = async () => (await status()).isCrossSigningVerified();
    await until(client, [CryptoEvent.UserTrustStatusChanged], verified, `trust in ${user}`);
  },

  quit() {
    client?.stopClient();
    setImmediate(() => process.exit());
  },
});
