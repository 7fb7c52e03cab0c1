//! Sharing an entry: what would leave, and letting it go.

use chrono::TimeDelta;
use fristed_base::{AttachmentId, EntryId, ItemId, Moment};
use fristed_exchange::without_attachments;
use fristed_journal::{Attachment, Entry};
use fristed_network::session::Connection;
use fristed_network::{
    NewFile, NewShare, NewVersion, Sharing, Standing, Subject, bytes_as_file, neutral_name,
};

use super::{names, pictures};
use crate::convert::sharing as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::ErrorCode;
use crate::wire::sharing::{
    FeedItem, Obstacle, ShareDifference, ShareDraft, ShareFile, SharePreview, Trust,
};
use crate::writing::id;

/// How long something can be called back, in seconds.
const UNDO: i64 = 10;

/// A draft as it would leave.
struct Leaving {
    entry: Entry,
    title: String,
    body: String,
    files: Vec<(ShareFile, NewFile)>,
}

impl Fristed {
    /// Exactly what would leave, and who would read it.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn share_preview(&self, draft: ShareDraft, now: Moment) -> Result<SharePreview, AppError> {
        let sharing = self.sharing()?;
        let leaving = self.leaving(&draft)?;
        let who = self.who(&sharing)?;
        let room = sharing.rooms()?.into_iter().find(|room| room.state.room == draft.room);
        let there = room.as_ref().is_some_and(|room| room.state.standing == Standing::Joined);
        let peers = room.map(|room| room.peers).unwrap_or_default();
        let (readers, not_readers): (Vec<_>, Vec<_>) = peers
            .iter()
            .filter(|peer| !peer.invited && !peer.asking)
            .map(|peer| who.reader_in(peer))
            .filter(|peer| !peer.you)
            .partition(|peer| peer.trust != Trust::NoIdentity);
        let obstacle = if leaving.title.trim().is_empty() && leaving.body.trim().is_empty() {
            Some(Obstacle::Empty)
        } else if !there || sharing.account()?.is_none() {
            Some(Obstacle::NotThere)
        } else if readers.iter().any(|peer| peer.trust == Trust::Changed) {
            Some(Obstacle::Changed)
        } else {
            self.too_large(&leaving, draft.tell_day)
        };
        let going: Vec<&str> = draft.attachments.iter().map(String::as_str).collect();
        let left_out = leaving.entry.attachments.iter();
        Ok(SharePreview {
            names: names::find(&leaving.title, &leaving.body, &self.people(&sharing, now)?),
            day: draft.tell_day.then(|| leaving.entry.written.day().to_string()),
            left_out: left_out
                .filter(|one| !going.contains(&one.id.to_string().as_str()))
                .map(convert::stays)
                .collect(),
            title: leaving.title,
            body: leaving.body,
            attachments: leaving.files.into_iter().map(|(file, _)| file).collect(),
            readers,
            not_readers,
            obstacle,
        })
    }

    /// The largest file that the server takes, in bytes, where it answers. It is not waited for
    /// where it did not answer last: what is shared waits then, and is held to the limit later.
    #[must_use]
    pub fn sharing_limit(&self) -> Option<u64> {
        let session = self.link.session()?;
        let answers = session.connection() == Connection::Online;
        answers.then(|| session.limit().ok()).flatten()
    }

    /// Whether a file, or a text that goes as one, is above what the server takes, where that can
    /// be asked.
    fn too_large(&self, leaving: &Leaving, tell_day: bool) -> Option<Obstacle> {
        let text = bytes_as_file(leaving.subject(tell_day), self.lang());
        let files = leaving.files.iter().map(|(_, file)| file.bytes.len() as u64);
        let largest = files.chain(text).max()?;
        let limit = self.sharing_limit()?;
        let limit_told = u32::try_from(limit).unwrap_or(u32::MAX);
        (largest > limit).then_some(Obstacle::TooLarge { limit: limit_told })
    }

    /// Shares it once the time for calling it back is over. `readers` are the addresses of those
    /// who were shown to the leader as its readers: where somebody else is there when it is to be
    /// sent, she is asked first.
    ///
    /// # Errors
    /// `NotFound`, `NotSignedIn`, `TextTooLarge`, and what keeps a store from being written.
    pub fn share(
        &self,
        draft: ShareDraft,
        readers: Vec<String>,
        now: Moment,
    ) -> Result<FeedItem, AppError> {
        self.share_from(draft, readers, Some(later(now)), now)
    }

    /// Shares it with no time for calling it back; for the terminal, which gives that time before
    /// it asks for this.
    ///
    /// # Errors
    /// As [`Fristed::share`].
    pub fn share_at_once(
        &self,
        draft: ShareDraft,
        readers: Vec<String>,
        now: Moment,
    ) -> Result<FeedItem, AppError> {
        self.share_from(draft, readers, None, now)
    }

    fn share_from(
        &self,
        draft: ShareDraft,
        readers: Vec<String>,
        not_before: Option<Moment>,
        now: Moment,
    ) -> Result<FeedItem, AppError> {
        let sharing = self.sharing()?;
        let leaving = self.leaving(&draft)?;
        let new = NewShare {
            room: draft.room.clone(),
            subject: leaving.subject(draft.tell_day),
            entry: Some((leaving.entry.id, leaving.entry.version)),
            excerpt: draft.excerpt,
            files: leaving.files.into_iter().map(|(_, file)| file).collect(),
            lang: self.lang(),
            not_before,
            readers: Some(readers),
        };
        let item = sharing.share(new, now)?;
        self.wake(false);
        self.one(&sharing, item, now)
    }

    /// Calls back what was not sent yet.
    ///
    /// # Errors
    /// `AlreadySent`, `NotFound`.
    pub fn share_undo(&self, item: &str, _now: Moment) -> Result<(), AppError> {
        self.sharing()?.share_undo(id::<ItemId>(item)?)?;
        self.wake(false);
        Ok(())
    }

    /// What a new version would change in a shared copy.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn share_difference(
        &self,
        item: &str,
        draft: ShareDraft,
        now: Moment,
    ) -> Result<ShareDifference, AppError> {
        let old = self.sharing()?.item(id::<ItemId>(item)?, now)?;
        let leaving = self.leaving(&draft)?;
        let lines = fristed_journal::compare_texts(("", &old.body), ("", &leaving.body));
        Ok(ShareDifference {
            old_title: old.title,
            new_title: leaving.title,
            lines: lines.into_iter().map(crate::convert::diff_line).collect(),
        })
    }

    /// Shares a new version, which can be called back like the first; `readers` as of
    /// [`Fristed::share`].
    ///
    /// # Errors
    /// `NotFound`, `NotSignedIn`, and what keeps a store from being written.
    pub fn share_again(
        &self,
        item: &str,
        draft: ShareDraft,
        readers: Vec<String>,
        now: Moment,
    ) -> Result<FeedItem, AppError> {
        let sharing = self.sharing()?;
        let of: ItemId = id(item)?;
        let leaving = self.leaving(&draft)?;
        let subject = leaving.subject(draft.tell_day);
        let new = NewVersion {
            subject,
            entry_version: Some(leaving.entry.version),
            excerpt: draft.excerpt,
            lang: self.lang(),
            not_before: Some(later(now)),
            readers: Some(readers),
        };
        sharing.share_again(of, new, now)?;
        self.wake(false);
        self.one(&sharing, of, now)
    }

    pub(super) fn lang(&self) -> fristed_network::Lang {
        convert::lang(crate::config::language(&self.state().config.settings))
    }

    /// A draft as it would leave: its files without what they tell of their making, and its text
    /// without the vault's ids.
    fn leaving(&self, draft: &ShareDraft) -> Result<Leaving, AppError> {
        let journal = self.journal()?;
        let entry = journal.entry(id::<EntryId>(&draft.entry)?)?;
        let mut files = Vec::new();
        for (at, wanted) in draft.attachments.iter().enumerate() {
            let wanted: AttachmentId = id(wanted)?;
            let known = entry.attachments.iter().find(|one| one.id == wanted);
            let known = known.ok_or(ErrorCode::NotFound)?;
            let mut bytes = Vec::new();
            journal.read_attachment(known.id, &mut bytes)?;
            files.push(leaving_file(known, bytes, at, self.lang()));
        }
        let named = |of: &str| {
            files.iter().find(|(file, _)| file.id == of).map(|(file, _)| file.name.clone())
        };
        Ok(Leaving {
            title: draft.title.trim().to_owned(),
            body: without_attachments(&draft.body, &named),
            entry,
            files,
        })
    }

    /// The names of everybody in the leader's networks.
    fn people(&self, sharing: &Sharing, now: Moment) -> Result<Vec<String>, AppError> {
        let (calendar, zone) = (self.calendar()?, self.zone());
        let mut people: Vec<String> = sharing
            .rooms()?
            .into_iter()
            .flat_map(|room| room.peers)
            .map(|peer| peer.name)
            .collect();
        for row in calendar.networks(zone, now)? {
            let members = calendar.network(row.id, zone, now)?.members;
            people.extend(members.into_iter().map(|member| member.form.name));
        }
        Ok(people)
    }
}

impl Leaving {
    fn subject(&self, tell_day: bool) -> Subject {
        Subject::Reflection {
            title: self.title.clone(),
            markdown: self.body.clone(),
            day: tell_day.then(|| self.entry.written.day()),
        }
    }
}

fn leaving_file(
    known: &Attachment,
    bytes: Vec<u8>,
    at: usize,
    lang: fristed_network::Lang,
) -> (ShareFile, NewFile) {
    let stripped = pictures::strip(&bytes);
    let file = ShareFile {
        id: known.id.to_string(),
        name: neutral_name(at + 1, &known.media_type, lang),
        media_type: known.media_type.clone(),
        size: 0,
        stripped: stripped.is_some(),
    };
    let new = NewFile { media_type: known.media_type.clone(), bytes: stripped.unwrap_or(bytes) };
    let size = u32::try_from(new.bytes.len()).unwrap_or(u32::MAX);
    (ShareFile { size, ..file }, new)
}

/// Until when something can be called back.
pub(super) fn later(now: Moment) -> Moment {
    let later = now.date_time().checked_add_signed(TimeDelta::seconds(UNDO));
    later.map_or(now, Moment::new)
}
