import type { FeedItem, Meeting, Peer, SharedNetwork } from '$lib/bindings';
import { host } from '$lib/host';

/** How far back a meeting is looked for. */
const FAR = 400;
const STEP = 100;

const sameMoment = (a: string, b: string) => a === b || Date.parse(a) === Date.parse(b);

/** What was told of a meeting in a room, the newest; none where the network was not called. */
export async function toldOf(meeting: Meeting, room: string): Promise<FeedItem | null> {
  const event = meeting.occurrence?.event;
  if (!event) return null;
  for (let at = 0; at < FAR; at += STEP) {
    const { items, total } = await host.feed(room, at, STEP);
    const found = items.filter((one) => one.kind === 'meeting' && one.state.kind === 'whole' && one.meeting?.event === event);
    // An event that repeats has one for each time that was called.
    const exact = found.find((one) => one.meeting && sameMoment(one.meeting.start, meeting.row.start));
    if (exact) return exact;
    if (found[0] && !meeting.occurrence?.repeats) return found[0];
    if (at + STEP >= total) return null;
  }
  return null;
}

/** Whether the network was told something else than holds now. */
export function differs(item: FeedItem, meeting: Meeting): boolean {
  const told = item.meeting;
  const { row } = meeting;
  if (!told) return false;
  const words = told.title !== row.title || told.location !== row.location || told.description !== meeting.description;
  return words || told.allDay !== row.allDay || !sameMoment(told.start, row.start) || !sameMoment(told.end, row.end);
}

/** Those who came into the network after it was called, so that they never got the meeting. */
export function newcomers(item: FeedItem, room: SharedNetwork): Peer[] {
  const told = new Set(item.meeting?.answers.map((one) => one.peer.user));
  return room.peers.filter((one) => !one.you && !one.invited && !told.has(one.user));
}
