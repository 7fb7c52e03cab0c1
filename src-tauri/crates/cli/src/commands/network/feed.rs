//! `network feed`: what was shared, newest first.

use fristed_app::Fristed;
use fristed_app::wire::sharing::{FeedItem, FeedPromise, ItemState};
use fristed_base::Moment;

use super::json::{ItemJson, Names, ThreadJson};
use super::{hear, in_the_feed, named, open};
use crate::args::network::Feed;
use crate::failure::Failure;
use crate::out::{Out, harmless, harmless_text};
use crate::session::{self, Session};
use crate::words::NetworkPhrases;

/// How much is fetched at once.
const STEP: u32 = 200;

pub(super) fn run(wish: &Feed, session: &mut Session) -> Result<(), Failure> {
    open(session)?;
    hear(session);
    let names = Names::of(session)?;
    if let Some(item) = &wish.thread {
        return thread(item, &names, session);
    }
    let room = match &wish.network {
        Some(name) => Some(named(name, session)?.room),
        None => None,
    };
    let (names, now, phrases) = (&names, session.now(), session.phrases.network);
    let (fristed, out) = (&session.fristed, &mut session.out);
    if session.common.json {
        let mut array = out.array()?;
        each(fristed, wish, room.as_deref(), now, &mut |item| {
            array.push(&ItemJson::new(item, names))
        })?;
        return array.end();
    }
    let mut any = false;
    each(fristed, wish, room.as_deref(), now, &mut |item| {
        any = true;
        show(item, names, phrases, out)
    })?;
    if !any {
        session::tell(phrases.nothing);
    }
    Ok(())
}

/// Gives the things that are asked for one at a time.
fn each(
    fristed: &Fristed,
    wish: &Feed,
    room: Option<&str>,
    now: Moment,
    give: &mut dyn FnMut(&FeedItem) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut given = 0;
    loop {
        let step = wish.limit.map_or(STEP, |limit| STEP.min(limit.saturating_sub(given)));
        if step == 0 {
            return Ok(());
        }
        let page = match &wish.search {
            Some(words) => fristed.feed_search(room, words, given, step, now)?,
            None => fristed.feed(room, given, step, now)?,
        };
        page.items.iter().try_for_each(&mut *give)?;
        given = given.saturating_add(u32::try_from(page.items.len()).unwrap_or(u32::MAX));
        if page.items.is_empty() || given >= page.total {
            return Ok(());
        }
    }
}

fn thread(item: &str, names: &Names, session: &mut Session) -> Result<(), Failure> {
    let thread = session.fristed.feed_thread(item, session.now()).map_err(in_the_feed)?;
    if session.common.json {
        return session.out.json(&ThreadJson::new(&thread, names));
    }
    let phrases = session.phrases.network;
    let all = std::iter::once(&thread.item).chain(&thread.replies);
    all.into_iter().try_for_each(|item| show(item, names, phrases, &mut session.out))
}

fn show(
    item: &FeedItem,
    names: &Names,
    phrases: &NetworkPhrases,
    out: &mut Out,
) -> Result<(), Failure> {
    let at = item.sent_at.get(..16).unwrap_or(&item.sent_at).replace('T', " ");
    let mut first = format!("{at}  {}  {}", item.sender.name, names.network(item));
    if item.replies > 0 {
        first.push_str(&format!("  {}", phrases.replies.replace("{}", &item.replies.to_string())));
    }
    out.line(&harmless(&format!("{first}  {}", item.id)))?;
    let in_its_place = match item.state {
        ItemState::Whole => None,
        ItemState::Withdrawn { .. } => Some(phrases.states[0]),
        ItemState::Removed { .. } => Some(phrases.states[1]),
        ItemState::Waiting { .. } => Some(phrases.states[2]),
        ItemState::Unreadable => Some(phrases.states[3]),
    };
    if let Some(words) = in_its_place {
        out.line(words)?;
        return out.line("");
    }
    if let Some(meeting) = &item.meeting {
        let line = format!("{}  {}  {}", meeting.title, meeting.start, meeting.location);
        out.line(&harmless(&line))?;
        let description = harmless_text(&meeting.description);
        if !description.trim().is_empty() {
            out.line(description.trim())?;
        }
    } else if !item.title.is_empty() {
        out.line(&harmless(&item.title))?;
    }
    if let Some(promise) = &item.promise {
        out.line(&harmless(&promised(promise, phrases)))?;
    }
    if !item.body.is_empty() {
        out.line(harmless_text(&item.body).trim_end())?;
    }
    out.line("")
}

/// By whom something was promised, and by when. The day is put in first: it is nobody's text.
fn promised(promise: &FeedPromise, phrases: &NetworkPhrases) -> String {
    let line = match &promise.due {
        None => phrases.promised[0].to_owned(),
        Some(day) => phrases.promised[1].replace("{day}", day),
    };
    line.replace("{name}", &promise.who)
}

#[cfg(test)]
mod tests {
    use fristed_app::wire::Language;

    use super::*;
    use crate::words;

    #[test]
    fn a_promise_is_told_with_its_day_where_it_has_one() {
        let said = |who: &str, due: Option<&str>, language| {
            let promise = FeedPromise { who: who.into(), due: due.map(Into::into) };
            promised(&promise, words::phrases(language).network)
        };
        let day = Some("2027-03-12");
        assert_eq!(said("Mette Holm", day, Language::Da), "Lovet af Mette Holm, senest 2027-03-12");
        assert_eq!(said("Mette Holm", day, Language::En), "Promised by Mette Holm, by 2027-03-12");
        assert_eq!(said("Mette Holm", None, Language::Da), "Lovet af Mette Holm");
        assert_eq!(said("{day}", day, Language::En), "Promised by {day}, by 2027-03-12");
    }
}
