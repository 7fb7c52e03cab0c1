//! Text from elsewhere, made fit to be shown.

/// The text without what could deceive or disturb (threat 47): a control character becomes � (line
/// breaks and tabs stay), and marks that turn the direction of writing are left out.
#[must_use]
pub fn shown(text: &str) -> String {
    text.chars().filter(|c| !turns(*c)).map(|c| if disturbs(c) { '\u{FFFD}' } else { c }).collect()
}

/// The same on one line, for titles, names and places.
#[must_use]
pub fn shown_line(text: &str) -> String {
    let line = shown(text);
    let words: Vec<&str> =
        line.split(['\n', '\t', '\u{2028}', '\u{2029}']).map(str::trim).collect();
    words.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Embeddings, overrides and isolates, and the invisible ones of one letter.
const fn turns(character: char) -> bool {
    matches!(character,
        '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\r')
}

fn disturbs(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_marks_of_direction_are_neutralised() {
        assert_eq!(shown("a\u{0}b\u{1b}[31mc\u{202e}fdp.exe\u{202c}"), "a�b�[31mcfdp.exe");
        assert_eq!(shown("to\r\nlinjer\t."), "to\nlinjer\t.");
        assert_eq!(shown_line("to\nlinjer\u{2028}her"), "to linjer her");
        assert_eq!(shown("æøå 🙂"), "æøå 🙂");
    }
}
