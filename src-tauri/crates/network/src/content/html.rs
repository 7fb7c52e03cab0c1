//! Markdown as HTML for other programs. Fristed itself never reads any.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

/// The HTML of a text: raw HTML is shown as text, links lead to the web or to a mailbox only, and
/// of a picture its description is left, since it stays where it is.
pub(super) fn of(markdown: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut links = Vec::new();
    let events = Parser::new_ext(markdown, options).filter_map(|event| plain(event, &mut links));
    let mut out = String::with_capacity(markdown.len() + markdown.len() / 4);
    html::push_html(&mut out, events);
    out.truncate(out.trim_end().len());
    out
}

/// One line of text as HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    html::push_html(&mut out, std::iter::once(Event::Text(CowStr::from(text))));
    out
}

/// `links` says of each link that is open whether it is kept.
fn plain<'a>(event: Event<'a>, links: &mut Vec<bool>) -> Option<Event<'a>> {
    Some(match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
        Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
            let kept = link_type == LinkType::Email || leads_outward(&dest_url);
            links.push(kept);
            let title = CowStr::from("");
            return kept.then_some(Event::Start(Tag::Link { link_type, dest_url, title, id }));
        }
        Event::End(TagEnd::Link) => return links.pop().unwrap_or(false).then_some(event),
        Event::TaskListMarker(done) => {
            Event::Text(CowStr::from(if done { "☑ " } else { "☐ " }))
        }
        other => other,
    })
}

fn leads_outward(address: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_html_of_its_own() {
        let html = of("# Om <b>løn</b>\n\n<script>x()</script>\n\n<img src=x onerror=y()> & *så*");
        assert!(html.contains("<h1>Om &lt;b&gt;løn&lt;/b&gt;</h1>"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(html.contains("<em>så</em>"), "{html}");
    }

    #[test]
    fn links_lead_outward_and_pictures_leave_their_descriptions() {
        let html = of("[a](javascript:x) [b](https://b.dk \"t\") ![et **kort**](attachment:1) \
             <leder@kommune.dk> [c](/sti)");
        assert_eq!(
            html,
            "<p>a <a href=\"https://b.dk\">b</a> et <strong>kort</strong> \
             <a href=\"mailto:leder@kommune.dk\">leder@kommune.dk</a> c</p>"
        );
        assert_eq!(of("- [x] gjort"), "<ul>\n<li>☑ gjort</li>\n</ul>");
    }

    #[test]
    fn a_title_is_text() {
        assert_eq!(escaped("Løn < pension & \"ferie\""), "Løn &lt; pension &amp; \"ferie\"");
    }
}
