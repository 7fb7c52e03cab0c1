//! The prep sheet of a meeting as Markdown: what a leader brings, on one page.

use chrono::DateTime;
use fristed_calendar::Member;

use crate::spoken;
use crate::wire::Language;
use crate::wire::network::{Commitment, CommitmentState, Meeting, MeetingRow};

/// The words of a sheet.
struct Words {
    aim: &'static str,
    questions: &'static str,
    entries: &'static str,
    carried: &'static str,
    mine: &'static str,
    theirs: &'static str,
    agenda: &'static str,
    host: &'static str,
    facilitator: &'static str,
    method: &'static str,
    minutes: &'static str,
    due: &'static str,
    dropped: &'static str,
    to_fill_in: &'static str,
}

const DANISH: Words = Words {
    aim: "Det vil jeg have med hjem",
    questions: "Netværkets spørgsmål",
    entries: "Refleksioner, jeg tager med",
    carried: "Ført videre fra sidst",
    mine: "Det lovede jeg sidst",
    theirs: "Det lovede de andre",
    agenda: "Dagsorden",
    host: "Vært",
    facilitator: "Facilitator",
    method: "Metode",
    minutes: "min.",
    due: "senest",
    dropped: "opgivet",
    to_fill_in: "(ikke udfyldt)",
};

const ENGLISH: Words = Words {
    aim: "What I want from the meeting",
    questions: "The network's questions",
    entries: "Reflections that I bring",
    carried: "Carried over from last time",
    mine: "What I promised last time",
    theirs: "What the others promised",
    agenda: "Agenda",
    host: "Host",
    facilitator: "Facilitator",
    method: "Method",
    minutes: "min",
    due: "by",
    dropped: "dropped",
    to_fill_in: "(not filled in)",
};

/// The sheet of a meeting, with what the one before it carried over.
pub(crate) fn markdown(meeting: &Meeting, members: &[Member], language: Language) -> String {
    let words = match language {
        Language::Da => &DANISH,
        Language::En => &ENGLISH,
    };
    let mut sheet = Sheet { words, language, text: String::new() };
    sheet.head(meeting, members);
    sheet.section(words.aim);
    sheet.paragraph(&meeting.text.aim);
    if !meeting.questions.is_empty() {
        sheet.section(words.questions);
        for (at, question) in (1..).zip(&meeting.questions) {
            sheet.line(&format!("{at}. **{}**", one_line(&question.text)));
            let answer = question.answer.trim();
            let answer = if answer.is_empty() { words.to_fill_in } else { answer };
            for line in answer.lines() {
                sheet.line(&format!("   {line}"));
            }
        }
    }
    if !meeting.entries.is_empty() {
        sheet.section(words.entries);
        for entry in &meeting.entries {
            let day = sheet.day_text(&entry.day);
            sheet.line(&format!("- [ ] {} ({day})", one_line(&entry.shown_title)));
        }
    }
    if let Some(carried) = &meeting.carried_over {
        sheet.section(words.carried);
        sheet.paragraph(&carried.text);
    }
    sheet.promises(words.mine, &meeting.my_promises);
    sheet.promises(words.theirs, &meeting.their_promises);
    if !meeting.agenda.is_empty() {
        sheet.section(words.agenda);
        for (at, item) in (1..).zip(&meeting.agenda) {
            let minutes = match item.minutes {
                0 => String::new(),
                minutes => format!(" ({minutes} {})", words.minutes),
            };
            sheet.line(&format!("{at}. {}{minutes}", one_line(&item.title)));
        }
    }
    sheet.text
}

struct Sheet {
    words: &'static Words,
    language: Language,
    text: String,
}

impl Sheet {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn section(&mut self, title: &str) {
        self.line("");
        self.line(&format!("## {title}"));
        self.line("");
    }

    fn paragraph(&mut self, text: &str) {
        let text = text.trim();
        self.line(if text.is_empty() { self.words.to_fill_in } else { text });
    }

    fn head(&mut self, meeting: &Meeting, members: &[Member]) {
        let row = &meeting.row;
        self.line(&format!("# {}", one_line(&row.title)));
        self.line("");
        let mut about = vec![one_line(&row.network_name), self.time(row)];
        if !row.location.trim().is_empty() {
            about.push(one_line(&row.location));
        }
        self.line(&about.join(" · "));
        let name = |id: &Option<String>| {
            let id = id.as_deref()?;
            members.iter().find(|m| m.id.to_string() == id).map(|m| one_line(&m.form.name))
        };
        let method = one_line(&meeting.method);
        let people = [
            (self.words.host, name(&meeting.host)),
            (self.words.facilitator, name(&meeting.facilitator)),
            (self.words.method, (!method.is_empty()).then_some(method)),
        ];
        let people: Vec<String> = people
            .into_iter()
            .filter_map(|(role, who)| who.map(|who| format!("{role}: {who}")))
            .collect();
        if !people.is_empty() {
            self.line("");
            self.line(&people.join(" · "));
        }
    }

    fn promises(&mut self, title: &str, all: &[Commitment]) {
        if all.is_empty() {
            return;
        }
        self.section(title);
        for one in all {
            let mark = if one.state == CommitmentState::Done { 'x' } else { ' ' };
            let who = match one.who_name.trim() {
                "" => String::new(),
                name => format!("{}: ", one_line(name)),
            };
            let mut notes = Vec::new();
            if let Some(due) = &one.form.due {
                notes.push(format!("{} {}", self.words.due, self.day_text(due)));
            }
            if one.state == CommitmentState::Dropped {
                notes.push(self.words.dropped.to_owned());
            }
            let notes =
                if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
            self.line(&format!("- [{mark}] {who}{}{notes}", one_line(&one.form.what)));
        }
    }

    /// When a meeting is, in words.
    fn time(&self, row: &MeetingRow) -> String {
        let (Ok(start), Ok(end)) =
            (DateTime::parse_from_rfc3339(&row.start), DateTime::parse_from_rfc3339(&row.end))
        else {
            return self.day_text(&row.start);
        };
        spoken::times(start.naive_local(), end.naive_local(), self.language)
    }

    fn day_text(&self, day: &str) -> String {
        day.parse().map_or_else(|_| day.to_owned(), |day| spoken::day(day, self.language))
    }
}

/// A text on one line, so that it makes no paragraph of its own.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name for the sheet's file.
pub(crate) fn file_name(meeting: &Meeting) -> String {
    let day = meeting.row.start.get(..10).unwrap_or_default();
    let title: String = meeting
        .row
        .title
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_') { c } else { ' ' })
        .take(60)
        .collect();
    format!("{day} {}.md", one_line(&title)).replace(" .md", ".md")
}
