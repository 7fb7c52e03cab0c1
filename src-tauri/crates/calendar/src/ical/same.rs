//! Whether two texts say the same of an event.

use super::lines::{parameters, split};

/// Whether two texts say the same, whoever wrote them out: the order of lines and parameters, how
/// lines are folded, who wrote them and when, and the definitions of zones do not count.
///
/// A server may write a text out anew when it takes it (Radicale does), and a change whose answer
/// was lost is known by what it says.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    one == other || told(one) == told(other)
}

/// Every line that counts, within its component, in an order of its own.
fn told(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut path: Vec<String> = Vec::new();
    // Components of one name are told apart by what is in them, so each is gathered whole.
    let mut open: Vec<Vec<String>> = Vec::new();
    for line in unfolded(text) {
        let Some((name, _, value)) = split(&line) else { continue };
        match name.as_str() {
            "BEGIN" => {
                path.push(value.to_ascii_uppercase());
                open.push(Vec::new());
            }
            "END" => {
                let mut lines = open.pop().unwrap_or_default();
                lines.sort_unstable();
                let name = path.pop().unwrap_or_default();
                if name == "VTIMEZONE" || path.iter().any(|outer| outer == "VTIMEZONE") {
                    continue;
                }
                let whole = format!("{name}{{{}}}", lines.join("\n"));
                match open.last_mut() {
                    Some(outer) => outer.push(whole),
                    None => all.push(whole),
                }
            }
            name if counts(name) => {
                if let Some(lines) = open.last_mut() {
                    lines.push(plain(&line));
                }
            }
            _ => {}
        }
    }
    all.sort_unstable();
    all
}

fn counts(name: &str) -> bool {
    let stamp = matches!(
        name,
        "DTSTAMP" | "LAST-MODIFIED" | "CREATED" | "PRODID" | "VERSION" | "CALSCALE" | "METHOD"
    );
    !stamp && !name.starts_with("X-VOBJ") && !name.starts_with("X-RADICALE")
}

/// A line without what may be written in several ways.
fn plain(line: &str) -> String {
    let Some((name, named, value)) = split(line) else { return line.to_owned() };
    let mut said: Vec<String> = parameters(named)
        .into_iter()
        .map(|(name, value)| format!("{name}={}", value.replace('"', "")))
        .collect();
    said.sort_unstable();
    let value = value.replace("\\N", "\\n").replace("\\,", ",").replace("\\;", ";");
    format!("{name};{}:{}", said.join(";"), value.trim_end())
}

fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(before)) => before.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:a\r\nBEGIN:VEVENT\r\nUID:1\r\n\
        DTSTAMP:20260101T000000Z\r\nSUMMARY:Kaffe\\, te\r\nATTENDEE;CN=\"Jens\";X-A=1:mailto:j@x.dk\r\n\
        BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn a_text_that_a_server_wrote_out_anew_says_the_same() {
        let other = "BEGIN:VCALENDAR\nPRODID:b\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n\
            BEGIN:VEVENT\nSUMMARY:Kaf\n fe\\, te\nUID:1\nDTSTAMP:20270101T000000Z\n\
            ATTENDEE;X-A=1;CN=Jens:mailto:j@x.dk\nBEGIN:VALARM\nTRIGGER:-PT5M\nACTION:DISPLAY\n\
            END:VALARM\nEND:VEVENT\nEND:VCALENDAR\n";
        assert!(same(ONE, other));
    }

    #[test]
    fn what_counts_is_seen() {
        for (from, to) in [
            ("Kaffe", "Te"),
            ("-PT5M", "-PT10M"),
            ("X-A=1", "X-A=2"),
            ("UID:1", "UID:2"),
            ("SUMMARY", "X-SUMMARY"),
            ("mailto:j", "mailto:k"),
        ] {
            assert!(!same(ONE, &ONE.replace(from, to)), "{from}");
        }
    }
}
