//! What crosses to the interface of errors.

use serde::Serialize;
use specta::Type;

/// A stable name for each error; the interface owns the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// The key does not open this vault.
    WrongKey,
    /// What was typed is no recovery key: a character is mistyped or missing.
    RecoveryKeyMistyped,
    /// The vault is locked.
    Locked,
    /// Another process holds the vault.
    InUse,
    /// A newer Fristed wrote this store.
    Newer,
    /// The store is damaged.
    Damaged,
    /// The key file is damaged or its parameters are beyond the cap.
    KeysDamaged,
    /// There is no vault in this folder.
    NoVault,
    /// There is a vault in this folder already.
    VaultExists,
    /// The folder holds other things, or cannot be used.
    FolderUnusable,
    /// No space is left.
    NoSpace,
    /// It cannot be written here.
    NotWritable,
    /// Reading or writing failed in some other way.
    Io,
    /// The system's keyring cannot be reached.
    KeyringUnavailable,
    /// The system's keyring is locked, or its question was dismissed.
    KeyringLocked,
    /// The keyring has no key for this vault any more.
    KeyringKeyMissing,
    /// The passphrase is too easy to guess.
    PassphraseTooWeak,
    /// The entry, revision or attachment is not there.
    NotFound,
    /// The attachment is above 50 MB.
    AttachmentTooLarge,
    /// The text is above 50 MB.
    TextTooLarge,
    /// The text was changed elsewhere since it was opened.
    Changed,
    /// The date or time cannot be read.
    BadTime,
    /// The file is of no kind that Fristed reads.
    UnknownFormat,
    /// The file is broken or hostile; nothing was imported.
    BadFile,
    /// The file asks for more than the limits allow.
    TooLarge,
    /// The leader stopped it; nothing was changed.
    Cancelled,
    /// The folder to export into is not empty.
    NotEmpty,
    /// The address is of a kind that is not opened.
    LinkRefused,
    /// The server does not answer, or there is no network.
    Unreachable,
    /// The server does not take the name or the password.
    SignInRefused,
    /// The address is of a kind that is not fetched from, or leads to one.
    AddressRefused,
    /// The server's certificate is not trusted.
    CertificateBad,
    /// There is no calendar at the address.
    NotACalendar,
    /// The server said no.
    ServerRefused,
    /// A calendar from that address is here already.
    CalendarAlreadyHere,
    /// The calendar is only read here.
    CalendarReadOnly,
    /// The occurrence is a meeting already.
    AlreadyMeeting,
    /// An event with the same UID is in that calendar already.
    EventAlreadyThere,
    /// An end before its start, or times that no calendar holds.
    EndBeforeStart,
    /// A series too long to be changed from one occurrence on.
    SeriesTooLong,
    /// The calendar file has more parts than are taken in at once; the detail is how many may be.
    TooManyEvents,
    /// The change of the calendar can no longer be taken back.
    UndoGone,
    /// The invitation changes nothing here.
    InvitationRefused,
    /// The leader is not among those invited.
    NotInvited,
    /// Nobody is signed in for sharing.
    NotSignedIn,
    /// The server has signed this computer out.
    SignedOut,
    /// There is no server for sharing at the address.
    NotAServer,
    /// The server is too old, or lacks what sharing needs; the detail says what.
    ServerLacks,
    /// The server asks for a pause; it is tried again.
    TooManyRequests,
    /// Nobody has the address.
    NoSuchPeer,
    /// The leader may not do that in this network.
    NotAllowed,
    /// Somebody's identity changed, and nothing is sent until the leader decided.
    IdentityChanged,
    /// The code opens nothing: it is mistyped, or not shown any more.
    CodeRefused,
    /// It is above what the server takes; the detail is the limit in bytes.
    AboveServerLimit,
    /// The key that was typed opens nothing.
    IdentityKeyWrong,
    /// No browser could be opened.
    NoBrowser,
    /// Somebody is signed in for sharing already.
    AlreadySignedIn,
    /// It was not sent yet, so nobody can answer to it.
    NotSent,
    /// There is nothing to be shared.
    NothingToShare,
    /// This computer is not known for the leader's own yet.
    IdentityMissing,
    /// The room is not encrypted, or shows its past to newcomers.
    RoomNotFit,
    /// A shared file is not what was shared.
    SharedFileDamaged,
    /// The keys for sharing on this computer's disk cannot be read or written.
    SharingKeysDamaged,
    /// What is to be called back was sent already.
    AlreadySent,
    /// Everything is being taken back in a network that was to be left; she is still in it.
    NotLeftYet,
    /// A withdrawal cannot be given up: the others have what it takes back.
    StillShared,
    /// The journal was copied here; what waited to be sent may have been sent since, or taken back.
    FromCopy,
    /// A fault in Fristed itself.
    Internal,
}

/// An error on its way to the window: a code, and numbers or paths that its message names.
///
/// Never a word of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WireError {
    /// What happened.
    pub code: ErrorCode,
    /// A path or a number for the message, where it needs one.
    pub detail: Option<String>,
}
