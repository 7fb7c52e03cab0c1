import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { commands, type Attachment, type CalendarPreview, type WireError } from '$lib/bindings';
import { HostError, type Host } from './types';

function isWireError(value: unknown): value is WireError {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

/** Whatever a command is refused with, as a `HostError`. */
function refused(refusal: unknown): HostError {
  return isWireError(refusal) ? new HostError(refusal.code, refusal.detail) : new HostError('internal');
}

/** A generated command whose refusals are `HostError`s. */
function heard<Given extends unknown[], Answer>(command: (...given: Given) => Promise<Answer>) {
  return async (...given: Given): Promise<Answer> => {
    try {
      return await command(...given);
    } catch (refusal) {
      throw refused(refusal);
    }
  };
}

/** As `heard`, where there is nothing to answer. */
function done<Given extends unknown[]>(command: (...given: Given) => Promise<null>) {
  const call = heard(command);
  return async (...given: Given): Promise<void> => void (await call(...given));
}

// Where the web view knows only http addresses (Windows), custom schemes live below one.
const attachments = navigator.userAgent.includes('Windows')
  ? 'http://fristed-attachment.localhost/'
  : 'fristed-attachment://localhost/';

export const host: Host = {
  now: () => new Date(),
  on(event, told) {
    const stop = listen(event, (message) => told(message.payload as Parameters<typeof told>[0]));
    return () => void stop.then((unlisten) => unlisten());
  },

  appStatus: heard(commands.appStatus),
  settingsSave: heard(commands.settingsSave),
  placeCheck: heard(commands.placeCheck),
  placeChoose: heard(commands.placeChoose),
  placeUse: heard(commands.placeUse),

  passphraseStrength: heard(commands.passphraseStrength),
  firstRunKey: heard(commands.firstRunKey),
  firstRunKeyRenew: heard(commands.firstRunKeyRenew),
  firstRunFinish: heard(commands.firstRunFinish),
  keyringReady: heard(commands.keyringReady),

  unlockPassphrase: heard(commands.unlockPassphrase),
  unlockRecovery: heard(commands.unlockRecovery),
  unlockKeyring: heard(commands.unlockKeyring),
  lock: heard(commands.lock),
  activity: done(commands.activity),

  slots: heard(commands.slots),
  passphraseChange: done(commands.passphraseChange),
  recoveryKeyNew: heard(commands.recoveryKeyNew),
  recoveryKeyConfirm: done(commands.recoveryKeyConfirm),
  rootKeyChange: heard(commands.rootKeyChange),
  computerRemember: done(commands.computerRemember),
  computerForget: done(commands.computerForget),
  printPage: done(commands.printPage),

  entryCreate: heard(commands.entryCreate),
  entryGet: heard(commands.entryGet),
  entrySave: heard(commands.entrySave),
  entrySetMoment: heard(commands.entrySetMoment),
  entrySetTags: heard(commands.entrySetTags),
  entrySetStar: heard(commands.entrySetStar),
  entryTrash: done(commands.entryTrash),
  entryRestore: done(commands.entryRestore),
  entryPurge: done(commands.entryPurge),
  trashEmpty: heard(commands.trashEmpty),
  entryPage: heard(commands.entryPage),
  days: heard(commands.days),
  onThisDay: heard(commands.onThisDay),
  tags: heard(commands.tags),
  search: heard(commands.search),

  revisions: heard(commands.revisions),
  revisionText: heard(commands.revisionText),
  revisionCompare: heard(commands.revisionCompare),
  revisionRestore: heard(commands.revisionRestore),
  templates: heard(commands.templates),

  // Bytes cross as they are, which the generated commands cannot say.
  attachmentAdd: heard((entry: string, name: string, mediaType: string, bytes: Uint8Array) =>
    invoke<Attachment>('attachment_add', bytes, {
      headers: { entry, name: encodeURIComponent(name), 'media-type': mediaType },
    }),
  ),
  attachmentPick: heard(commands.attachmentPick),
  attachmentSave: heard(commands.attachmentSave),
  attachmentRemove: done(commands.attachmentRemove),
  attachmentUrl: (id) => attachments + encodeURIComponent(id),

  importChoose: heard(commands.importChoose),
  importPreview: heard(commands.importPreview),
  importRun: heard(commands.importRun),
  workCancel: done(commands.workCancel),
  exportChoose: heard(commands.exportChoose),
  exportRun: heard(commands.exportRun),

  calendars: heard(commands.calendars),
  calendarCreate: heard(commands.calendarCreate),
  calendarChange: heard(commands.calendarChange),
  calendarDelete: done(commands.calendarDelete),
  calendarTouches: heard(commands.calendarTouches),
  calendarView: heard(commands.calendarView),
  calendarSearch: heard(commands.calendarSearch),
  eventGet: heard(commands.eventGet),
  eventCreate: heard(commands.eventCreate),
  eventChange: heard(commands.eventChange),
  eventMove: heard(commands.eventMove),
  eventDelete: heard(commands.eventDelete),
  eventTouches: heard(commands.eventTouches),
  calendarUndo: done(commands.calendarUndo),
  calendarFileChoose: heard(commands.calendarFileChoose),
  calendarFilePreview: heard(commands.calendarFilePreview),
  calendarFileRun: heard(commands.calendarFileRun),
  ownAddresses: heard(commands.ownAddresses),
  ownAddressesSave: done(commands.ownAddressesSave),
  invitationAccept: heard(commands.invitationAccept),
  invitationReplyFile: heard(commands.invitationReplyFile),
  calendarExport: heard(commands.calendarExport),
  subscriptionAdd: heard(commands.subscriptionAdd),
  calDavFind: heard(commands.calDavFind),
  calDavAdd: heard(commands.calDavAdd),
  calendarSync: heard(commands.calendarSync),
  calendarSetEvery: heard(commands.calendarSetEvery),
  calendarSetAccount: heard(commands.calendarSetAccount),
  conflicts: heard(commands.conflicts),
  conflictResolve: done(commands.conflictResolve),
  missingConfirm: heard(commands.missingConfirm),
  deletedConfirm: heard(commands.deletedConfirm),
  calendarFileTake: heard((name: string, bytes: Uint8Array) =>
    invoke<CalendarPreview>('calendar_file_take', bytes, { headers: { name: encodeURIComponent(name) } }),
  ),

  networks: heard(commands.networks),
  networkGet: heard(commands.networkGet),
  networkCreate: heard(commands.networkCreate),
  networkChange: heard(commands.networkChange),
  networkTouches: heard(commands.networkTouches),
  networkDelete: done(commands.networkDelete),
  memberAdd: heard(commands.memberAdd),
  memberChange: heard(commands.memberChange),
  memberRemove: done(commands.memberRemove),
  meetingTie: heard(commands.meetingTie),
  meetingRetie: heard(commands.meetingRetie),
  suggestionDismiss: done(commands.suggestionDismiss),
  meetingGet: heard(commands.meetingGet),
  meetingDelete: done(commands.meetingDelete),
  meetingTouches: heard(commands.meetingTouches),
  meetingSave: heard(commands.meetingSave),
  meetingSetAgenda: heard(commands.meetingSetAgenda),
  meetingSetQuestions: heard(commands.meetingSetQuestions),
  meetingSetEntries: heard(commands.meetingSetEntries),
  meetingSetPeople: heard(commands.meetingSetPeople),
  meetingSetReady: heard(commands.meetingSetReady),
  meetingSetReflection: heard(commands.meetingSetReflection),
  meetingEntrySuggestions: heard(commands.meetingEntrySuggestions),
  meetingMarkdown: heard(commands.meetingMarkdown),
  entryMeetings: heard(commands.entryMeetings),
  commitmentParse: heard(commands.commitmentParse),
  commitmentAdd: heard(commands.commitmentAdd),
  commitmentChange: heard(commands.commitmentChange),
  commitmentSetState: heard(commands.commitmentSetState),
  commitmentDelete: done(commands.commitmentDelete),
  networkDay: heard(commands.networkDay),
  reminding: heard(commands.reminding),
  remindingSave: done(commands.remindingSave),
  reminderPutAway: done(commands.reminderPutAway),

  sharingStatus: heard(commands.sharingStatus),
  serverLook: heard(commands.serverLook),
  sharingSignIn: heard(commands.sharingSignIn),
  sharingSignInBrowser: heard(commands.sharingSignInBrowser),
  sharingSignInCancel: done(commands.sharingSignInCancel),
  sharingSignOut: heard(commands.sharingSignOut),
  identityAnswer: heard(commands.identityAnswer),
  sharedNetworks: heard(commands.sharedNetworks),
  networkConnect: heard(commands.networkConnect),
  invite: heard(commands.invite),
  inviteCodeShow: heard(commands.inviteCodeShow),
  inviteCodeHide: heard(commands.inviteCodeHide),
  codeEnter: heard(commands.codeEnter),
  askingAnswer: heard(commands.askingAnswer),
  invitationAnswer: heard(commands.invitationAnswer),
  peerRemove: heard(commands.peerRemove),
  sharedNetworkLeave: done(commands.sharedNetworkLeave),
  peerDecide: done(commands.peerDecide),
  verification: heard(commands.verification),
  verificationBegin: heard(commands.verificationBegin),
  verificationAnswer: heard(commands.verificationAnswer),
  verificationEnd: done(commands.verificationEnd),
  sharePreview: heard(commands.sharePreview),
  share: heard(commands.share),
  shareUndo: done(commands.shareUndo),
  shareDifference: heard(commands.shareDifference),
  shareAgain: heard(commands.shareAgain),
  entryShared: heard(commands.entryShared),
  feed: heard(commands.feed),
  feedSearch: heard(commands.feedSearch),
  feedThread: heard(commands.feedThread),
  feedRead: done(commands.feedRead),
  replySend: heard(commands.replySend),
  replyDraftSave: done(commands.replyDraftSave),
  react: heard(commands.react),
  withdraw: heard(commands.withdraw),
  itemRemove: heard(commands.itemRemove),
  withdrawAll: heard(commands.withdrawAll),
  sharedFileSave: heard(commands.sharedFileSave),
  outbox: heard(commands.outbox),
  outboxRetry: done(commands.outboxRetry),
  outboxLetRead: done(commands.outboxLetRead),
  outboxDrop: done(commands.outboxDrop),
  meetingPublish: heard(commands.meetingPublish),
  meetingCallOff: heard(commands.meetingCallOff),
  meetingAnswer: heard(commands.meetingAnswer),
  commitmentTell: heard(commands.commitmentTell),
  contractTell: heard(commands.contractTell),

  openingTake: heard(commands.openingTake),
  linkOpen: done(commands.linkOpen),
  quit: done(commands.quit),
};
