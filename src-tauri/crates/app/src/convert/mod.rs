//! From what the crates below keep to what crosses to the interface, and back.

pub(crate) mod calendar;
pub(crate) mod network;
pub(crate) mod sharing;
pub(crate) mod source;

use fristed_base::Moment;
use fristed_exchange as exchange;
use fristed_journal as journal;
use fristed_vault as vault;

use crate::wire;

pub(crate) fn notice(notice: vault::Notice) -> wire::Notice {
    match notice {
        vault::Notice::Recovered => wire::Notice::Recovered,
        vault::Notice::LogMissing => wire::Notice::LogMissing,
        vault::Notice::ForeignLog => wire::Notice::ForeignLog,
        vault::Notice::ReadOnly => wire::Notice::ReadOnly,
        vault::Notice::Migrated => wire::Notice::Migrated,
    }
}

pub(crate) fn slot(slot: vault::SlotInfo) -> wire::Slot {
    wire::Slot {
        kind: match slot.kind {
            vault::SlotKind::Passphrase => wire::SlotKind::Passphrase,
            vault::SlotKind::Computer => wire::SlotKind::Computer,
            vault::SlotKind::Recovery => wire::SlotKind::Recovery,
        },
        created_at: slot.created_at.to_rfc3339(),
    }
}

pub(crate) const fn language(language: wire::Language) -> journal::Lang {
    match language {
        wire::Language::Da => journal::Lang::Da,
        wire::Language::En => journal::Lang::En,
    }
}

pub(crate) fn new_entry(new: wire::NewEntry, written: Moment) -> journal::NewEntry {
    journal::NewEntry {
        title: new.title,
        body: new.body,
        tags: new.tags,
        starred: false,
        template: new.template,
        written,
    }
}

pub(crate) fn text(text: wire::Text) -> journal::Text {
    journal::Text { title: text.title, body: text.body, version: text.version }
}

pub(crate) fn saved(saved: journal::Saved) -> wire::Saved {
    wire::Saved {
        version: saved.version,
        updated_at: saved.updated.to_rfc3339(),
        shown_title: saved.shown_title,
    }
}

pub(crate) fn entry(entry: journal::Entry) -> wire::Entry {
    wire::Entry {
        id: entry.id.to_string(),
        title: entry.title,
        shown_title: entry.shown_title,
        body: entry.body,
        day: entry.written.day().to_string(),
        created_at: entry.written.to_rfc3339(),
        updated_at: entry.updated.to_rfc3339(),
        tags: entry.tags,
        starred: entry.starred,
        template: entry.template,
        attachments: entry.attachments.into_iter().map(attachment).collect(),
        trashed_at: entry.trashed.map(|at| at.to_rfc3339()),
        version: entry.version,
    }
}

pub(crate) fn attachment(attachment: journal::Attachment) -> wire::Attachment {
    wire::Attachment {
        id: attachment.id.to_string(),
        name: attachment.name,
        media_type: attachment.media_type,
        size: attachment.size,
    }
}

pub(crate) fn row(row: journal::EntryRow) -> wire::EntryRow {
    wire::EntryRow {
        id: row.id.to_string(),
        shown_title: row.shown_title,
        preview: row.preview,
        day: row.written.day().to_string(),
        created_at: row.written.to_rfc3339(),
        starred: row.starred,
        tags: row.tags,
        trashed_at: row.trashed.map(|at| at.to_rfc3339()),
    }
}

pub(crate) fn page(page: journal::Page) -> wire::Page {
    wire::Page { rows: page.rows.into_iter().map(row).collect(), total: page.total }
}

pub(crate) fn day_count(count: journal::DayCount) -> wire::DayCount {
    wire::DayCount { day: count.day.to_string(), count: count.count }
}

pub(crate) fn tag_count(count: journal::TagCount) -> wire::TagCount {
    wire::TagCount { tag: count.tag, count: count.count }
}

fn spans(spans: Vec<journal::Span>) -> Vec<wire::Span> {
    spans.into_iter().map(|span| wire::Span { text: span.text, hit: span.hit }).collect()
}

pub(crate) fn hits(hits: journal::Hits) -> wire::Hits {
    let hit = |hit: journal::Hit| wire::Hit {
        row: row(hit.row),
        title: spans(hit.title),
        excerpt: spans(hit.excerpt),
    };
    wire::Hits { hits: hits.hits.into_iter().map(hit).collect(), more: hits.more }
}

pub(crate) fn revision(revision: journal::RevisionInfo) -> wire::Revision {
    wire::Revision {
        id: revision.id.to_string(),
        saved_at: revision.saved.to_rfc3339(),
        characters: revision.characters,
    }
}

pub(crate) fn diff_line(line: journal::DiffLine) -> wire::DiffLine {
    wire::DiffLine {
        side: match line.side {
            journal::DiffSide::Both => wire::DiffSide::Both,
            journal::DiffSide::Earlier => wire::DiffSide::Earlier,
            journal::DiffSide::Now => wire::DiffSide::Now,
        },
        spans: spans(line.spans),
    }
}

pub(crate) fn template(template: journal::Template) -> wire::Template {
    wire::Template {
        id: template.id,
        name: template.name,
        purpose: template.purpose,
        questions: template.questions,
        body: template.body,
        source: template.source,
    }
}

pub(crate) fn preview(preview: &exchange::Preview) -> wire::ImportPreview {
    wire::ImportPreview {
        format: match preview.format {
            exchange::Format::DayOne => wire::ImportFormat::DayOne,
            exchange::Format::Jrnl => wire::ImportFormat::Jrnl,
            exchange::Format::Markdown => wire::ImportFormat::Markdown,
            exchange::Format::FristedJson => wire::ImportFormat::FristedJson,
            exchange::Format::FristedMarkdown => wire::ImportFormat::FristedMarkdown,
        },
        new_entries: preview.new_entries,
        already_here: preview.already_here,
        first_day: preview.first_day.map(|day| day.to_string()),
        last_day: preview.last_day.map(|day| day.to_string()),
        attachments: preview.attachments,
        attachment_kilobytes: u32::try_from(preview.attachment_bytes.div_ceil(1_000))
            .unwrap_or(u32::MAX),
        skipped: preview.skipped.iter().take(SHOWN_SKIPPED).map(skipped).collect(),
        skipped_total: u32::try_from(preview.skipped.len()).unwrap_or(u32::MAX),
        sample: preview
            .sample
            .iter()
            .map(|row| wire::SampleRow { title: row.title.clone(), day: row.day.to_string() })
            .collect(),
    }
}

/// How many of the things left out are named to the interface.
const SHOWN_SKIPPED: usize = 200;

fn skipped((name, reason): &(String, exchange::SkipReason)) -> wire::Skipped {
    wire::Skipped {
        name: name.clone(),
        reason: match reason {
            exchange::SkipReason::TooLarge => wire::SkipReason::TooLarge,
            exchange::SkipReason::Missing => wire::SkipReason::Missing,
            exchange::SkipReason::Empty => wire::SkipReason::Empty,
            exchange::SkipReason::Unreadable => wire::SkipReason::Unreadable,
            exchange::SkipReason::NotForImport => wire::SkipReason::NotForImport,
            exchange::SkipReason::UnsafeName => wire::SkipReason::UnsafeName,
        },
    }
}

pub(crate) const fn import_done(done: exchange::ImportDone) -> wire::ImportDone {
    wire::ImportDone { added: done.added, already_here: done.already_here, skipped: done.skipped }
}

pub(crate) fn export_done(done: exchange::Exported) -> wire::ExportDone {
    wire::ExportDone {
        entries: done.entries,
        unreadable: done.unreadable.map(|unreadable| wire::Unreadable {
            entries: unreadable.entries,
            incomplete: unreadable.incomplete,
            attachments: unreadable.attachments,
        }),
    }
}
