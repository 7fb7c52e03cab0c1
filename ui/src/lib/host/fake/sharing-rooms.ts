// Signing in, the shared networks and who is in them.
import type { SharedNetwork, Verification } from '$lib/bindings';
import { HostError } from '../types';
import type { NetworkHost } from '../networks';
import type { SharingHost } from '../sharing';
import { looksLikeQr } from './sharing-data';
import { me, type SharingWorld } from './sharing-world';

type RoomsPart = Pick<NetworkHost, 'networkDelete'> & Pick<
  SharingHost,
  | 'sharingStatus' | 'serverLook' | 'sharingSignIn' | 'sharingSignInBrowser' | 'sharingSignInCancel' | 'sharingSignOut'
  | 'identityAnswer' | 'sharedNetworks' | 'networkConnect' | 'invite' | 'inviteCodeShow' | 'inviteCodeHide' | 'codeEnter'
  | 'askingAnswer' | 'invitationAnswer' | 'peerRemove' | 'sharedNetworkLeave' | 'peerDecide' | 'verification'
  | 'verificationBegin' | 'verificationAnswer' | 'verificationEnd'
>;

/** The seven signs that both see. */
const SIGNS = [0, 17, 27, 42, 49, 55, 63];

export function fakeSharingRooms(world: SharingWorld, networks: Pick<NetworkHost, 'networkGet' | 'networkCreate' | 'networkDelete'>): RoomsPart {
  let browser: { done: () => void; stop: () => void } | null = null;
  let comparing: Verification | null = null;
  const told = <T>(value: T): T => {
    world.tell();
    return value;
  };
  const compare = (step: Verification['step']) => {
    if (comparing) comparing = { ...comparing, step };
    world.tell();
  };

  /** What the other side would do: a test, or somebody looking, presses for it. */
  Object.assign(window, {
    fristedBrowser: () => browser?.done(),
    fristedServer: (answers: boolean) => {
      world.status.connection = answers ? 'online' : 'offline';
      world.tell();
    },
    fristedCodes: () => world.rooms.flatMap((one) => (one.code ? [one.code.text] : [])),
    fristedPeer: (act: 'ask' | 'ready' | 'agree' | 'end' | 'come') => {
      // Whoever was invited accepts.
      if (act === 'come') for (const one of world.rooms) one.peers = one.peers.map((each) => ({ ...each, invited: false }));
      const peer = world.rooms.flatMap((one) => one.peers).find((one) => one.trust === 'notYet' && !one.invited);
      if (act === 'ask' && peer) comparing = { peer, step: { kind: 'asked' } };
      if (act === 'ready') compare({ kind: 'compare', signs: SIGNS });
      else if (act === 'agree') verified();
      else if (act === 'end') compare({ kind: 'ended' });
      else world.tell();
    },
  });

  const signedInThere = () => new Promise<void>((done, stop) => (browser = { done, stop: () => stop(new HostError('cancelled')) }));
  function verified() {
    if (!comparing) return;
    for (const room of world.rooms) {
      room.peers = room.peers.map((one) => (one.user === comparing?.peer.user ? { ...one, trust: 'known' } : one));
      room.stoppedBy = room.stoppedBy.filter((one) => one.user !== comparing?.peer.user);
    }
    compare({ kind: 'done' });
  }
  function room(network: { id: string; name: string }, more: Partial<SharedNetwork>): SharedNetwork {
    const made: SharedNetwork = {
      room: `!${network.id}:eksempel.dk`, network: network.id, name: network.name, standing: 'joined', invitedBy: null, federated: false,
      organiser: true, peers: [me], asking: [], code: null, unread: 0, stoppedBy: [], ...more,
    };
    world.rooms = [...world.rooms.filter((one) => one.room !== made.room), made];
    return made;
  }

  return {
    async sharingStatus() {
      await world.ready;
      return world.whole();
    },
    async serverLook(address) {
      if (address.includes('borte')) throw new HostError('unreachable');
      if (address.includes('side') || !address.includes('.')) throw new HostError('notAServer');
      if (address.includes('gammel')) throw new HostError('serverLacks', 'org.matrix.simplified_msc3575');
      const server = `https://matrix.${address.replace(/^https?:\/\//, '').replace(/^matrix\./, '')}`;
      if (address.includes('sso')) return { server, password: false, signOn: [{ id: '', name: 'Kommunens login' }] };
      return { server, password: true, signOn: [{ id: 'kommune', name: 'Kommunens login' }] };
    },
    async sharingSignIn(server, user, password) {
      if (password === 'forkert') throw new HostError('signInRefused');
      world.signIn(server);
      if (user.includes('anden')) world.status.identity = 'elsewhere';
      return told(world.whole());
    },
    async sharingSignInBrowser(server) {
      await signedInThere();
      world.signIn(server);
      return told(world.whole());
    },
    sharingSignInCancel: async () => browser?.stop(),
    async sharingSignOut() {
      const trouble = world.status.connection === 'offline' ? 'unreachable' : null;
      world.status = { account: null, connection: 'off', trouble: null, nextTry: null, identity: 'unknown' };
      world.rooms = world.rooms.filter((one) => one.standing === 'joined').map((one) => ({ ...one, standing: 'left' }));
      return told({ ...world.whole(), trouble });
    },
    async identityAnswer(answer) {
      if (answer.kind === 'key' && answer.key === 'forkert') throw new HostError('identityKeyWrong');
      if (answer.kind === 'anew' && answer.password === 'forkert') throw new HostError('signInRefused');
      if (answer.kind === 'anew' && answer.password === '') await signedInThere();
      world.status.identity = 'ready';
      return told(world.whole());
    },

    async sharedNetworks() {
      await world.ready;
      return world.rooms.map((one) => world.shownRoom(one.room));
    },
    async networkConnect(network, federated) {
      world.online();
      const { form } = await networks.networkGet(network);
      return told(room({ id: network, name: form.name }, { federated }));
    },
    async invite(id, address) {
      world.online();
      if (!/^@[^:]+:.+\..+$/.test(address) || address.includes('ingen')) throw new HostError('noSuchPeer');
      const one = world.room(id);
      const name = address.slice(1).split(':')[0] ?? address;
      one.peers = [...one.peers, { user: address, name: name.charAt(0).toUpperCase() + name.slice(1), you: false, trust: 'notYet', strangeComputers: 0, invited: true, organiser: false }];
      return told(world.shownRoom(id));
    },
    async inviteCodeShow(id) {
      world.online();
      const text = 'SYD-7K2M-94QX';
      world.room(id).code = { text, qr: looksLikeQr(text) };
      return world.shownRoom(id);
    },
    async inviteCodeHide(id) {
      world.online();
      world.room(id).code = null;
      return world.shownRoom(id);
    },
    async codeEnter(code) {
      world.online();
      if (code.replace(/\W/g, '').length < 8) throw new HostError('codeRefused');
      return told(structuredClone(room({ id: 'asked', name: 'Institutionsledere Øst' }, { network: null, standing: 'asking', organiser: false, peers: [] })));
    },
    async askingAnswer(id, user, letIn) {
      world.online();
      const one = world.room(id);
      const who = one.asking.find((each) => each.user === user);
      one.asking = one.asking.filter((each) => each.user !== user);
      if (who && letIn) one.peers = [...one.peers, { ...who, invited: true }];
      return told(world.shownRoom(id));
    },
    async invitationAnswer(id, accept, network) {
      world.online();
      const one = world.room(id);
      if (!accept) {
        world.rooms = world.rooms.filter((each) => each !== one);
        return told(null);
      }
      const into = network ?? (await networks.networkCreate({ name: one.name, purpose: '', colour: 'violet', rhythm: '', titleContains: '' })).id;
      if (one.standing === 'joined') one.network = into;
      else Object.assign(one, { standing: 'joined', network: into, peers: [{ ...me, organiser: false }, ...(one.invitedBy ? [{ ...one.invitedBy, organiser: true }] : [])], invitedBy: null });
      return told(world.shownRoom(id));
    },
    /** The leader is still in the shared one. */
    async networkDelete(id) {
      await networks.networkDelete(id);
      for (const one of world.rooms) if (one.network === id) one.network = null;
      world.tell();
    },
    async peerRemove(id, user) {
      world.online();
      const one = world.room(id);
      one.peers = one.peers.filter((each) => each.user !== user);
      one.stoppedBy = one.stoppedBy.filter((each) => each.user !== user);
      return told(world.shownRoom(id));
    },
    async sharedNetworkLeave(id) {
      world.online();
      world.room(id).standing = 'left';
      world.tell();
    },
    async peerDecide(user) {
      for (const one of world.rooms) {
        one.stoppedBy = one.stoppedBy.filter((each) => each.user !== user);
        one.peers = one.peers.map((each) => (each.user === user ? { ...each, trust: 'notYet' } : each));
      }
      world.tell();
    },

    verification: async () => structuredClone(comparing),
    async verificationBegin(user) {
      world.online();
      comparing = { peer: world.peer(user), step: { kind: 'waiting' } };
      return told(structuredClone(comparing));
    },
    async verificationAnswer(yes) {
      if (comparing?.step.kind === 'asked') compare(yes ? { kind: 'compare', signs: SIGNS } : { kind: 'ended' });
      else if (comparing?.step.kind === 'compare') {
        if (yes) verified();
        else compare({ kind: 'ended' });
      }
      return structuredClone(comparing);
    },
    async verificationEnd() {
      comparing = null;
      world.tell();
    },
  };
}
