import type { FeedItem, SharedNetwork, SharingStatus, Verification } from '$lib/bindings';
import { asHostError } from '$lib/error';
import { host, type HostError } from '$lib/host';
import { attempt } from '$lib/undo';

// How sharing stands, for every place that shows it: one state, read anew whenever the program tells of a change.
let status = $state.raw<SharingStatus | null>(null);
let failure = $state.raw<HostError | null>(null);
let changes = $state(0);
let rooms = $state.raw<SharedNetwork[]>([]);
let verification = $state.raw<Verification | null>(null);
// Being asked by another is told in a line; the signs come when the leader goes to them.
let comparing = $state(false);

/** Something that can still be called back. */
export interface BeingSent {
  item: FeedItem;
  network: string;
}
let sent = $state.raw<BeingSent | null>(null);

// Rooms whose code stands on the screen. Any other code was left open: by a lock, or by a server that did not answer.
let shownCodes: readonly string[] = [];
// What is done with a room's code goes in turn: a late hiding would close one that was shown since.
let turns: Readonly<Record<string, Promise<unknown>>> = {};

/** How sharing stands; null until the program has answered. */
export function sharing(): SharingStatus | null {
  return status;
}

/** Why the program did not answer. */
export function sharingFailure(): HostError | null {
  return failure;
}

function inTurn<T>(room: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns[room] ?? Promise.resolve()).then(work, work);
  turns = { ...turns, [room]: mine };
  const over = () => {
    const { [room]: last, ...others } = turns;
    if (last === mine) turns = others;
  };
  mine.then(over, over);
  return mine;
}

/** Shows a room's code, which opens something until it is hidden. */
export function showCode(room: string): Promise<SharedNetwork> {
  shownCodes = [...shownCodes, room];
  return inTurn(room, () => host.inviteCodeShow(room));
}

/** Hides a room's code; null where the server does not answer: it is hidden as soon as it does. */
export function hideCode(room: string): Promise<SharedNetwork | null> {
  shownCodes = shownCodes.filter((one) => one !== room);
  return inTurn(room, () => host.inviteCodeHide(room).catch(() => null));
}

/** Whether a room's code stands on the screen, or is about to. */
export function isCodeShown(room: string): boolean {
  return shownCodes.includes(room);
}

function hideCodesLeftOpen(): void {
  if (status?.connection !== 'online') return;
  for (const { room, code } of rooms) {
    // Where it is refused, the next change, as of the connection, tries again.
    if (code && !isCodeShown(room) && !(room in turns)) void hideCode(room);
  }
}

/** Grows whenever anything about sharing changed; what reads it in an effect is run anew. */
export function sharingChanges(): number {
  return changes;
}

/** Takes over what a command answered. */
export function takeSharing(next: SharingStatus): void {
  status = next;
  failure = null;
}

/** Whether something can be shared from here: somebody is signed in and known for herself. */
export function canShare(): boolean {
  return status?.account != null && status.identity !== 'elsewhere';
}

/** What can still be called back. */
export function beingSent(): BeingSent | null {
  return sent;
}

/** Shows what was just shared for as long as it can be called back; none when that is over. */
export function shownSending(now: BeingSent | null): void {
  sent = now?.item.sending?.kind === 'undoable' ? now : null;
}

/** The comparing of signs that is under way, from either side. */
export function verifying(): Verification | null {
  return verification;
}

/** Whether the leader has gone to the signs. */
export function isComparing(): boolean {
  return comparing && verification !== null;
}

/** Goes to the signs that another asks for. */
export function openComparing(): void {
  comparing = true;
}

/** Takes over what a command answered of the signs. */
export function takeComparing(next: Verification | null): void {
  verification = next;
}

/** Begins to compare signs with somebody. */
export async function beginComparing(user: string): Promise<void> {
  comparing = await attempt(async () => takeComparing(await host.verificationBegin(user)));
}

/** Breaks it off, or puts away what has ended. */
export async function endComparing(): Promise<void> {
  comparing = false;
  verification = null;
  await attempt(() => host.verificationEnd());
}

/** The shared network that a network here is, where the leader is in it, also while she cannot share. */
export function roomHere(network: string): SharedNetwork | null {
  return rooms.find((one) => one.network === network && one.standing === 'joined') ?? null;
}

/** The same, where she can share. */
export function joinedRoom(network: string): SharedNetwork | null {
  return canShare() ? roomHere(network) : null;
}

/** A shared network by its room. */
export function roomOf(room: string): SharedNetwork | null {
  return rooms.find((one) => one.room === room) ?? null;
}

let round = 0;
/** Asks the program how it stands. */
export async function readSharing(): Promise<void> {
  const mine = ++round;
  try {
    const next = await host.sharingStatus();
    if (mine !== round) return;
    takeSharing(next);
    if (next.account === null) {
      verification = null;
      return;
    }
    const [signs, found] = await Promise.all([host.verification().catch(() => null), host.sharedNetworks().catch(() => [])]);
    if (mine !== round) return;
    takeComparing(signs);
    rooms = found;
    hideCodesLeftOpen();
  } catch (thrown) {
    if (mine === round) failure = asHostError(thrown);
  }
}

/** Listens for as long as the journal is open; gives what stops it and forgets everything. */
export function watchSharing(): () => void {
  void readSharing();
  const stop = host.on('sharing', () => {
    changes += 1;
    void readSharing();
  });
  return () => {
    stop();
    round += 1;
    status = failure = verification = sent = null;
    comparing = false;
    rooms = [];
  };
}
