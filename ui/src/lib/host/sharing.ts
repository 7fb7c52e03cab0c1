import type {
  FeedItem,
  FeedPage,
  FeedThread,
  IdentityAnswer,
  OutboxRow,
  ReactionSign,
  Reply,
  ServerOffer,
  ShareDifference,
  ShareDraft,
  SharedNetwork,
  SharePreview,
  SharingStatus,
  Verification,
} from '$lib/bindings';

/** Sharing with a network's peers. Nothing here reaches the net before somebody has signed in. */
export interface SharingHost {
  sharingStatus(): Promise<SharingStatus>;
  /** How one may sign in at a server. */
  serverLook(address: string): Promise<ServerOffer>;
  sharingSignIn(server: string, user: string, password: string): Promise<SharingStatus>;
  /** Opens the browser; answers once the leader has signed in there. */
  sharingSignInBrowser(server: string, signOn: string): Promise<SharingStatus>;
  /** Stops waiting for the browser. */
  sharingSignInCancel(): Promise<void>;
  /** What was shared and received stays in the vault. */
  sharingSignOut(): Promise<SharingStatus>;
  /** Answers where the account has an identity already. */
  identityAnswer(answer: IdentityAnswer): Promise<SharingStatus>;

  sharedNetworks(): Promise<SharedNetwork[]>;
  /** Makes a network shared; `federated` can never be changed. */
  networkConnect(network: string, federated: boolean): Promise<SharedNetwork>;
  invite(room: string, address: string): Promise<SharedNetwork>;
  inviteCodeShow(room: string): Promise<SharedNetwork>;
  /** The code opens nothing any more. */
  inviteCodeHide(room: string): Promise<SharedNetwork>;
  codeEnter(code: string): Promise<SharedNetwork>;
  askingAnswer(room: string, user: string, letIn: boolean): Promise<SharedNetwork>;
  /** `network` is one that is here, or none for a new one. */
  invitationAnswer(room: string, accept: boolean, network: string | null): Promise<SharedNetwork | null>;
  peerRemove(room: string, user: string): Promise<SharedNetwork>;
  /** `withdraw`: takes everything back first. */
  sharedNetworkLeave(room: string, withdraw: boolean): Promise<void>;
  /** Goes on with the new identity of somebody. */
  peerDecide(user: string): Promise<void>;

  /** The comparing of signs that is under way. */
  verification(): Promise<Verification | null>;
  verificationBegin(user: string): Promise<Verification>;
  /** To being asked, or whether the signs are the same. */
  verificationAnswer(yes: boolean): Promise<Verification | null>;
  verificationEnd(): Promise<void>;

  /** Exactly what would leave. */
  sharePreview(draft: ShareDraft): Promise<SharePreview>;
  /** Shares it once the time for calling it back is over, with those who were shown as its readers. */
  share(draft: ShareDraft, readers: string[]): Promise<FeedItem>;
  shareUndo(item: string): Promise<void>;
  shareDifference(item: string, draft: ShareDraft): Promise<ShareDifference>;
  shareAgain(item: string, draft: ShareDraft, readers: string[]): Promise<FeedItem>;
  /** The shared copies of an entry. */
  entryShared(entry: string): Promise<FeedItem[]>;

  /** Newest first; of one room, or of all. */
  feed(room: string | null, offset: number, limit: number): Promise<FeedPage>;
  feedSearch(room: string | null, query: string, offset: number, limit: number): Promise<FeedPage>;
  feedThread(item: string): Promise<FeedThread>;
  /** Without an item, all of the room. */
  feedRead(room: string, item: string | null): Promise<void>;
  /** Keeps what is being written as a reply, until it is sent or emptied. */
  replyDraftSave(item: string, text: string): Promise<void>;
  replySend(item: string, text: string): Promise<FeedItem>;
  react(item: string, sign: ReactionSign, given: boolean): Promise<FeedItem>;
  withdraw(item: string): Promise<FeedItem>;
  /** Removes what another shared, for everybody; for organisers. */
  itemRemove(item: string): Promise<FeedItem>;
  /** How much was taken back. */
  withdrawAll(room: string): Promise<number>;
  /** Asks where to keep a file that came along; null where the question was dismissed. */
  sharedFileSave(file: string): Promise<string | null>;

  outbox(): Promise<OutboxRow[]>;
  outboxRetry(id: string): Promise<void>;
  /** Lets those read it too who came since the leader chose to share it. */
  outboxLetRead(id: string, users: string[]): Promise<void>;
  /** The text stays in the journal. Taking something back cannot be given up. */
  outboxDrop(id: string): Promise<void>;

  meetingPublish(meeting: string, room: string): Promise<FeedItem>;
  meetingCallOff(item: string): Promise<FeedItem>;
  meetingAnswer(item: string, reply: Reply): Promise<FeedItem>;
  commitmentTell(commitment: string, room: string): Promise<FeedItem>;
  contractTell(room: string, text: string): Promise<FeedItem>;
}
