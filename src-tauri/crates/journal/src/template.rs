//! Ways to begin a reflection. Each is a data file in `templates/`, with both languages in it, so
//! that adding one takes no code but its name in the list below.

use serde::Deserialize;

/// A language that templates are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Danish.
    Da,
    /// English.
    En,
}

/// A way to begin a reflection, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its id, kept in the entry.
    pub id: String,
    /// Its name.
    pub name: String,
    /// One sentence on when to use it.
    pub purpose: String,
    /// The questions in their order.
    pub questions: Vec<String>,
    /// The Markdown that a new entry begins with: each question as a heading, with room below.
    pub body: String,
    /// Where the method is described, if anywhere.
    pub source: Option<String>,
}

/// The data files, in the order they are offered.
const FILES: [&str; 6] = [
    include_str!("../templates/free.toml"),
    include_str!("../templates/five-minutes.toml"),
    include_str!("../templates/gibbs.toml"),
    include_str!("../templates/driscoll.toml"),
    include_str!("../templates/hard-conversation.toml"),
    include_str!("../templates/network-meeting.toml"),
];

const PROMPTS: &str = include_str!("../templates/prompts.toml");

/// The schema of a template's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    source: Option<String>,
    da: Words,
    en: Words,
}

/// A template's words in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    name: String,
    purpose: String,
    questions: Vec<String>,
}

/// The schema of the prompts' file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Prompts {
    da: Vec<String>,
    en: Vec<String>,
}

/// The templates in this language, in the order they are offered.
#[must_use]
pub fn templates(lang: Lang) -> Vec<Template> {
    FILES.iter().map(|text| read(text).in_language(lang)).collect()
}

/// Questions that the free page may open with, one at a time.
#[must_use]
pub fn prompts(lang: Lang) -> Vec<String> {
    let prompts: Prompts = toml::from_str(PROMPTS).expect("a test reads this file");
    match lang {
        Lang::Da => prompts.da,
        Lang::En => prompts.en,
    }
}

fn read(text: &str) -> File {
    toml::from_str(text).expect("a test reads every one of these files")
}

impl File {
    fn in_language(self, lang: Lang) -> Template {
        let words = match lang {
            Lang::Da => self.da,
            Lang::En => self.en,
        };
        let sections: Vec<String> =
            words.questions.iter().map(|question| format!("## {question}\n\n\n")).collect();
        Template {
            id: self.id,
            name: words.name,
            purpose: words.purpose,
            questions: words.questions,
            body: sections.concat(),
            source: self.source,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_template_is_whole_in_both_languages() {
        let mut ids = HashSet::new();
        for file in FILES.map(read) {
            assert!(file.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", file.id);
            assert_eq!(file.da.questions.len(), file.en.questions.len(), "{}", file.id);
            assert!(file.source.as_deref() != Some(""), "{}", file.id);
            for words in [&file.da, &file.en] {
                assert!(!words.name.is_empty() && words.name.chars().count() <= 40);
                assert!(words.purpose.ends_with('.'), "{}", words.purpose);
                assert!(words.questions.iter().all(|q| q.ends_with('?')), "{:?}", words.questions);
            }
            assert!(ids.insert(file.id), "an id stands twice");
        }
    }

    #[test]
    fn no_template_file_is_left_out() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        let files = std::fs::read_dir(folder).expect("the folder").count();
        assert_eq!(files, FILES.len() + 1, "the templates and the prompts");
    }

    #[test]
    fn a_template_begins_with_its_questions_as_headings() {
        let all = templates(Lang::Da);
        assert_eq!(all[0].body, "");
        assert!(all[1].body.starts_with("## Hvad tog min energi?\n\n\n## Hvad gav mig energi?\n"));
    }

    #[test]
    fn there_is_a_prompt_for_every_day_of_two_weeks_but_the_weekends() {
        assert!(prompts(Lang::Da).len() >= 10);
        assert_eq!(prompts(Lang::Da).len(), prompts(Lang::En).len());
    }
}
