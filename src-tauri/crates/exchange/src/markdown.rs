//! Folders of Markdown: Joplin's and Obsidian's exports, Fristed's own, and plain notes.
//!
//! The text stays as it is, byte for byte, but for a byte order mark, the front matter fields that
//! have a place here, and links to files of the folder, which become attachments.

use std::collections::HashSet;

use chrono::Timelike;
use fristed_base::Moment;

use crate::dates::{self, Found};
use crate::error::Result;
use crate::files::Listed;
use crate::fristed_markdown::{self, Own};
use crate::front_matter::{self, Split};
use crate::limits;
use crate::local_files::{self, Resolver};
use crate::names;
use crate::plan::SkipReason;
use crate::reading::{Draft, Identity, Reading};
use crate::zone::Zone;

/// Reads the notes among the files, or the one that was chosen. Gives whether they are Fristed's.
pub(crate) fn read(reading: &mut Reading<'_>, only: Option<&str>) -> Result<bool> {
    let notes: Vec<Listed> = reading
        .files
        .list()
        .iter()
        .filter(|file| only.map_or_else(|| file.is_markdown(), |name| file.name == name))
        .cloned()
        .collect();
    reading.expect(notes.len());
    let resolver = Resolver::new(&reading.files);
    let mut used: HashSet<String> = HashSet::new();
    let mut own = 0;
    // An attachment may itself be Markdown; Fristed's own export says which files are.
    let mut later = Vec::new();
    for file in &notes {
        if file.folder().split('/').any(|part| part == fristed_markdown::ATTACHMENTS) {
            later.push(file);
            continue;
        }
        own += usize::from(note(reading, &resolver, file, &mut used)?);
    }
    for file in later {
        if !used.contains(&file.name) {
            own += usize::from(note(reading, &resolver, file, &mut used)?);
        }
    }
    let left: Vec<String> = reading
        .files
        .list()
        .iter()
        .filter(|file| !file.is_markdown() && !used.contains(&file.name))
        .filter(|file| only.is_none() && file.file_name() != fristed_markdown::MARKER)
        .map(|file| file.name.clone())
        .collect();
    for name in left {
        reading.skip(&name, SkipReason::NotForImport);
    }
    Ok(own > 0)
}

/// Reads one note. Gives whether it is one of Fristed's.
fn note(
    reading: &mut Reading<'_>,
    resolver: &Resolver,
    file: &Listed,
    used: &mut HashSet<String>,
) -> Result<bool> {
    reading.step()?;
    let text = match reading.files.read(file, limits::TEXT).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            reading.skip(&file.name, SkipReason::Unreadable);
            return Ok(false);
        }
        Err(reason) => {
            reading.skip(&file.name, reason);
            return Ok(false);
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let fields = fields(text);
    if let Some(own) = fields.own {
        fristed_markdown::take_in(reading, file, own, used)?;
        return Ok(true);
    }
    if text.trim().is_empty() {
        reading.skip(&file.name, SkipReason::Empty);
        return Ok(false);
    }
    let Some(placed) = place(file, fields, reading.zone) else {
        reading.skip(&file.name, SkipReason::Unreadable);
        return Ok(false);
    };
    let mut hasher = blake3::Hasher::new();
    if let Some(local) = placed.told {
        hasher.update(local.format("%FT%T").to_string().as_bytes());
    }
    let content = hasher.update(b"\0").update(text.as_bytes()).finalize();
    let (body, media) = local_files::attach(reading, resolver, file, &placed.body, used);
    let draft = Draft {
        id: None,
        written: placed.written,
        updated: placed.updated,
        title: placed.title,
        body,
        tags: placed.tags,
        starred: placed.starred,
        template: None,
        media,
    };
    reading.add(&file.name, "markdown", Identity::Content, content, draft)?;
    Ok(false)
}

/// A note's front matter, as far as it is understood.
#[derive(Default)]
struct Fields<'a> {
    title: Option<String>,
    created: Vec<(Found, &'a str)>,
    updated: Option<Found>,
    tags: Vec<String>,
    starred: Option<bool>,
    /// Set where it is one of Fristed's own.
    own: Option<Own>,
    split: Option<Split<'a>>,
    /// The lines that have no place here, and those of `created`, in their order.
    kept: Vec<&'a str>,
    text: &'a str,
}

fn fields(text: &str) -> Fields<'_> {
    let mut fields = Fields { text, split: front_matter::split(text), ..Fields::default() };
    let Some(split) = fields.split.clone() else { return fields };
    if let Some(own) = fristed_markdown::parse(&split) {
        fields.own = Some(own);
        return fields;
    }
    for piece in front_matter::pieces(split.block) {
        let taken = piece.key.is_some_and(|key| fields.take(key, &piece));
        if !taken {
            fields.kept.push(piece.lines);
        }
    }
    fields
}

impl<'a> Fields<'a> {
    /// Takes the field's value if it has a place here. A `created` is kept until it is known
    /// whether it says more than the file's name.
    fn take(&mut self, key: &str, piece: &front_matter::Piece<'a>) -> bool {
        let plain: String = key
            .chars()
            .filter(|c| !matches!(c, ' ' | '_' | '-'))
            .flat_map(char::to_lowercase)
            .collect();
        let scalar = || front_matter::scalar(&piece.value()?);
        match plain.as_str() {
            "title" if self.title.is_none() => {
                self.title = scalar().map(|title| names::on_one_line(&title));
                self.title.is_some()
            }
            "date" | "created" | "createdat" | "creationdate" | "datecreated" | "createddate" => {
                if let Some(found) = scalar().and_then(|text| dates::value(&text)) {
                    let first = if plain == "date" { 0 } else { self.created.len() };
                    self.created.insert(first, (found, piece.lines));
                }
                false
            }
            "updated" | "updatedat" | "modified" | "modifieddate" | "datemodified" | "lastmod"
            | "lastmodified"
                if self.updated.is_none() =>
            {
                self.updated = scalar().and_then(|text| dates::value(&text));
                self.updated.is_some()
            }
            "tags" | "tag" => match piece.value().as_ref().and_then(front_matter::tags) {
                Some(tags) => {
                    for tag in tags {
                        if !self.tags.contains(&tag) {
                            self.tags.push(tag);
                        }
                    }
                    true
                }
                None => false,
            },
            "starred" | "favorite" | "favourite" if self.starred.is_none() => {
                self.starred = piece.value().and_then(|value| value.as_bool());
                self.starred.is_some()
            }
            _ => false,
        }
    }

    /// The text with the front matter that has no place here, and without the line `used`.
    fn body(&self, used: Option<&str>) -> String {
        let Some(split) = &self.split else { return self.text.to_owned() };
        let kept: String = self
            .kept
            .iter()
            .filter(|lines| !used.is_some_and(|used| std::ptr::eq(**lines, used)))
            .copied()
            .collect();
        if kept.trim().is_empty() {
            without_blank_line(split.rest).to_owned()
        } else {
            format!("{}{kept}{}{}", split.open, split.close, split.rest)
        }
    }
}

/// A text without the one blank line that set it off from its front matter.
pub(crate) fn without_blank_line(text: &str) -> &str {
    text.strip_prefix('\n').or_else(|| text.strip_prefix("\r\n")).unwrap_or(text)
}

/// A note with its place in time.
struct Placed {
    written: Moment,
    /// What the file itself told of the moment, as the clock on the wall had it.
    told: Option<chrono::NaiveDateTime>,
    updated: Moment,
    title: String,
    body: String,
    tags: Vec<String>,
    starred: bool,
}

/// Finds the moment: by the file's name, else its front matter, else its first heading, else when
/// the file was last changed. A time in the front matter is added to a day in the name.
fn place(file: &Listed, fields: Fields<'_>, zone: &dyn Zone) -> Option<Placed> {
    let stem = names::split_ending(file.file_name()).0;
    let named = dates::in_name(stem).or_else(|| by_folders(file, stem));
    let first = fields.created.first();
    let mut used = None;
    let written = match (&named, first) {
        (Some(named), Some((found, lines))) if same_moment(named, found, zone) => {
            used = Some(*lines);
            Some(found.moment(zone))
        }
        (Some(named), _) => Some(named.moment(zone)),
        (None, Some((found, lines))) => {
            used = Some(*lines);
            Some(found.moment(zone))
        }
        (None, None) => None,
    };
    let body = fields.body(used);
    let rest = fields.split.as_ref().map_or(body.as_str(), |split| split.rest);
    let heading = heading(rest);
    let written = written.or_else(|| heading.and_then(dates::in_name).map(|day| day.moment(zone)));
    let told = written.map(|written| written.local());
    let written = written.or(file.modified)?;
    let by_name = match &named {
        Some(found) if !found.range.is_empty() => {
            let (before, after) = (&stem[..found.range.start], &stem[found.range.end..]);
            let marks = [' ', '-', '_', '.', ','];
            let (before, after) = (before.trim_matches(marks), after.trim_matches(marks));
            format!("{before} {after}").trim().to_owned()
        }
        Some(_) => String::new(),
        None => stem.to_owned(),
    };
    let by_name = names::on_one_line(&by_name);
    let title = fields.title.clone().unwrap_or_else(|| {
        let same = heading.is_some_and(|heading| heading.to_lowercase() == by_name.to_lowercase());
        if same { String::new() } else { by_name }
    });
    let updated = fields.updated.map(|found| found.moment(zone)).or(file.modified);
    Some(Placed {
        written,
        told,
        updated: updated.unwrap_or(written),
        title,
        body,
        tags: fields.tags,
        starred: fields.starred.unwrap_or(false),
    })
}

/// Whether a date in the front matter says the same as the one in the name, or more.
fn same_moment(named: &Found, found: &Found, zone: &dyn Zone) -> bool {
    let local = found.moment(zone).local();
    let day = local.date() == named.day || found.day == named.day;
    let minute = |time: chrono::NaiveTime| (time.hour(), time.minute());
    day && named.time.is_none_or(|time| minute(time) == minute(local.time()))
}

/// A day told by folders: `2026/11/24.md`.
fn by_folders(file: &Listed, stem: &str) -> Option<Found> {
    let mut folders = file.folder().rsplit('/');
    let (month, year) = (folders.next()?, folders.next()?);
    let digits = |text: &str, longest: usize| {
        (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(stem, 2) || !digits(month, 2) || !digits(year, 4) {
        return None;
    }
    dates::value(&format!("{year}-{month}-{stem}")).map(|found| Found { range: 0..0, ..found })
}

/// The words of the heading that a text begins with.
fn heading(text: &str) -> Option<&str> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let words = line.trim_start_matches('#');
    (words.len() < line.len() && words.starts_with(' '))
        .then(|| words.trim().trim_end_matches('#').trim())
}
