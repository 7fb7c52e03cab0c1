//! A text that leaves without what it points to in the vault.

use crate::links::{Kind, rewrite};

/// The text with every pointer to an attachment replaced by the words that stand in it; `name`
/// gives the words for an attachment's id where the text has none. What is left tells no id.
#[must_use]
pub fn without_attachments(text: &str, name: &dyn Fn(&str) -> Option<String>) -> String {
    rewrite(text, &mut |link| {
        let target = link.target(text);
        let id = target.strip_prefix("attachment:")?;
        let words = text[link.words.clone()].trim();
        let words = match (name(id), words) {
            (Some(name), "") => name,
            (Some(name), words) => format!("{words} ({name})"),
            (None, words) => words.to_owned(),
        };
        // A definition is a line of its own, which the text is whole without.
        let words = if link.kind == Kind::Definition { String::new() } else { words };
        Some((link.whole.clone(), words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0193a7c2-aaaa-7000-8000-000000000001";

    fn gone(text: &str) -> String {
        without_attachments(&text.replace("ID", ID), &|_| None)
    }

    #[test]
    fn what_points_into_the_vault_is_replaced_by_its_words() {
        assert_eq!(gone("Se ![tavlen](attachment:ID) her."), "Se tavlen her.");
        assert_eq!(gone("Se [referatet](attachment:ID)."), "Se referatet.");
        assert_eq!(gone("![](attachment:ID)"), "");
        assert!(!gone("[a][b]\n\n[b]: attachment:ID\n").contains(ID));
    }

    #[test]
    fn what_goes_along_is_named() {
        let named = without_attachments(&format!("![tavlen](attachment:{ID})"), &|id| {
            (id == ID).then(|| "billede-1.jpg".to_owned())
        });
        assert_eq!(named, "tavlen (billede-1.jpg)");
    }

    #[test]
    fn other_links_stay() {
        let text = "[loven](https://www.retsinformation.dk) og `![a](attachment:x)`";
        assert_eq!(without_attachments(text, &|_| None), text);
    }
}
