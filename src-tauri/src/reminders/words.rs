//! What a notification says, in the language in force.

use chrono::{DateTime, NaiveDate};
use fristed_app::wire::Language;
use fristed_app::{About, Named};

/// The words for one kind of reminder.
struct Words {
    one: &'static str,
    late: &'static str,
    many: &'static str,
}

const MEETINGS: [Words; 2] = [
    Words {
        one: "Et netværksmøde nærmer sig",
        late: "Et netværksmøde nærmer sig",
        many: "{n} netværksmøder nærmer sig",
    },
    Words {
        one: "A network meeting is coming up",
        late: "A network meeting is coming up",
        many: "{n} network meetings are coming up",
    },
];
const PROMISES: [Words; 2] = [
    Words {
        one: "Et løfte forfalder i dag",
        late: "Et løfte er forfaldet",
        many: "{n} løfter venter på dig",
    },
    Words {
        one: "A promise is due today",
        late: "A promise is overdue",
        many: "{n} promises are waiting for you",
    },
];
const EVENTS: [Words; 2] = [
    Words {
        one: "En begivenhed nærmer sig",
        late: "En begivenhed nærmer sig",
        many: "{n} begivenheder nærmer sig",
    },
    Words {
        one: "An event is coming up",
        late: "An event is coming up",
        many: "{n} events are coming up",
    },
];

const fn place(language: Language) -> usize {
    match language {
        Language::Da => 0,
        Language::En => 1,
    }
}

const fn words(about: &About, language: Language) -> &'static Words {
    let all = match about {
        About::Meeting(_) => &MEETINGS,
        About::Commitment { .. } => &PROMISES,
        About::Event(_) => &EVENTS,
    };
    &all[place(language)]
}

/// What is said of one reminder, without a word of what it is about.
pub fn one(about: &About, language: Language) -> &'static str {
    let words = words(about, language);
    match about {
        About::Commitment { overdue: true } => words.late,
        _ => words.one,
    }
}

/// What is said of several of one kind.
pub fn many(about: &About, count: usize, language: Language) -> String {
    words(about, language).many.replace("{n}", &count.to_string())
}

/// The words of the click.
pub const fn open(language: Language) -> &'static str {
    ["Åbn", "Open"][place(language)]
}

/// What it is about and when, where the leader wants that shown.
pub fn named(named: &Named, about: &About, language: Language) -> String {
    let title = if named.title.trim().is_empty() { "–" } else { named.title.trim() };
    match (about, when(&named.start, language)) {
        (About::Commitment { overdue: false }, _) | (_, None) => title.to_owned(),
        (_, Some(when)) => format!("{title} · {when}"),
    }
}

fn when(start: &str, language: Language) -> Option<String> {
    if let Ok(day) = start.parse::<NaiveDate>() {
        return Some(match language {
            Language::Da => day.format("%-d.%-m.").to_string(),
            Language::En => day.format("%-d %B").to_string(),
        });
    }
    let at = DateTime::parse_from_rfc3339(start).ok()?;
    Some(match language {
        Language::Da => at.format("%-d.%-m. kl. %-H.%M").to_string(),
        Language::En => at.format("%-d %B, %H:%M").to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_named_with_its_time_and_a_promise_of_today_without() {
        let said = |about: About, start: &str, language| {
            named(&Named { title: "Hos Bo".into(), start: start.into() }, &about, language)
        };
        let meeting = || About::Meeting("1".into());
        let start = "2026-03-17T09:00:00+01:00";
        assert_eq!(said(meeting(), start, Language::Da), "Hos Bo · 17.3. kl. 9.00");
        assert_eq!(said(meeting(), start, Language::En), "Hos Bo · 17 March, 09:00");
        let promise = |overdue| said(About::Commitment { overdue }, "2026-03-17", Language::Da);
        assert_eq!(promise(false), "Hos Bo");
        assert_eq!(promise(true), "Hos Bo · 17.3.");
    }
}
