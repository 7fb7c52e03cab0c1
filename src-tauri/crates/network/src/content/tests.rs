use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::Lang;

const ROOT: &str = "$rod:kommune.dk";

fn reflection(title: &str, markdown: &str) -> Content {
    Content::Reflection { title: title.into(), markdown: markdown.into(), day: None }
}

fn whole(read: Read) -> (Option<CopyId>, Relation, Content) {
    match read {
        Read::Whole { copy, relation, content } => (copy, relation, content),
        other => panic!("{other:?}"),
    }
}

#[test]
fn any_program_can_show_a_reflection() {
    let built =
        build(&reflection("Om løn", "En *svær* samtale"), CopyId::random(), "", Lang::Danish);
    assert_eq!(built.event_type, "m.room.message");
    assert_eq!(built.content["body"], "Om løn\n\nEn *svær* samtale");
    assert_eq!(built.content["formatted_body"], "<h3>Om løn</h3>\n<p>En <em>svær</em> samtale</p>");
}

#[test]
fn a_text_from_another_program_is_its_plain_body() {
    let html = json!({
        "msgtype": "m.text", "body": "hej", "formatted_body": "<script>x</script>",
        "format": "org.matrix.custom.html",
    });
    let (copy, relation, content) = whole(read("m.room.message", &html));
    assert_eq!((copy, relation), (None, Relation::Alone));
    assert_eq!(content, Content::Message { body: "hej".into() });
    for other in ["m.image", "m.video", "m.location", "dk.andet"] {
        assert_eq!(read("m.room.message", &json!({"msgtype": other, "body": "x"})), Read::Skipped);
    }
    assert_eq!(read("m.reaction", &json!({})), Read::Skipped);
}

#[test]
fn a_reply_leaves_out_what_it_answers() {
    let content = json!({
        "msgtype": "m.text", "body": "> <@a:b> først\n> så\n\nmit svar\n> citat",
        "m.relates_to": { "m.in_reply_to": { "event_id": ROOT } },
    });
    let (_, relation, content) = whole(read("m.room.message", &content));
    assert_eq!(relation, Relation::Under(ROOT.into()));
    assert_eq!(content, Content::Reply { body: "mit svar\n> citat".into() });
}

#[test]
fn what_a_newer_version_sends_is_unreadable_and_what_is_too_long_is_skipped() {
    let of = |own: Value| {
        read("m.room.message", &json!({"msgtype": "m.text", "body": "x", REFLECTION: own}))
    };
    let id = CopyId::random().to_string();
    let unreadable = Read::Unreadable { kind: FeedKind::Reflection, relation: Relation::Alone };
    for own in [
        json!({"v": 2, "id": id, "title": "", "markdown": ""}),
        json!({"v": 1, "id": "kort", "title": "", "markdown": ""}),
        json!({"v": 1, "id": id, "title": "", "markdown": "", "day": "2026-2-31"}),
        json!({"v": 1, "id": id, "title": "", "markdown": "", "day": "+2026-02-1"}),
        json!({"v": 1, "id": id, "title": 7, "markdown": ""}),
        json!({"v": 1, "id": id, "title": "", "file": true}),
        json!([1, 2]),
    ] {
        assert_eq!(of(own.clone()), unreadable, "{own}");
    }
    let long = "x".repeat(TITLE_LIMIT + 1);
    assert_eq!(of(json!({"v": 1, "id": id, "title": long, "markdown": ""})), Read::Skipped);
    let long = "x".repeat(MARKDOWN_LIMIT + 1);
    assert_eq!(of(json!({"v": 1, "id": id, "title": "", "markdown": long})), Read::Skipped);
}

#[test]
fn a_title_is_made_safe_to_show() {
    let built = build(
        &reflection("a\u{0}\u{1b}[31m\u{202e}fdp.exe\nb", "x"),
        CopyId::random(),
        "",
        Lang::Danish,
    );
    let (.., content) = whole(read("m.room.message", &built.content));
    assert_eq!(content.shown().0, "a\u{FFFD}\u{FFFD}[31mfdp.exe b");
}

#[test]
fn a_text_that_is_too_long_for_an_event_goes_as_a_file() {
    let (copy, text) = (CopyId::random(), reflection("Lang", &"æ ".repeat(20_000)));
    assert!(is_long(&build(&text, copy, "", Lang::Danish).content));
    let file = long(&text, copy, Lang::Danish);
    assert_eq!(read_long(&file, copy), Some(text));
    assert_eq!(read_long(&file, CopyId::random()), None, "another copy's text");
    assert_eq!(read_long(b"{}", copy), None);
    let told = Content::Long { title: "Lang".into(), source: json!({"url": "mxc://a/b"}) };
    let built = build(&told, copy, "", Lang::Danish);
    assert_eq!(whole(read("m.room.message", &built.content)), (Some(copy), Relation::Alone, told));
}

#[test]
fn an_event_stays_below_what_a_server_takes() {
    // Base64 of what is encrypted, as vodozemac writes it, with what Megolm puts around.
    let text = "x".repeat(44_000 / 3);
    let built = build(&reflection("t", &text), CopyId::random(), "", Lang::Danish);
    if !is_long(&built.content) {
        let edit = related(built.content, Related::Edit(&format!("${}", "x".repeat(254))));
        assert!((edit.to_string().len() + 300) * 4 / 3 < 65_000);
    }
}

fn text() -> impl Strategy<Value = String> {
    "[a-zæøå <>&*_#\\[\\]()!\"'\n]{0,80}"
}

fn line() -> impl Strategy<Value = String> {
    "[a-zæøå<>&*]([a-zæøå <>&*]{0,40}[a-zæøå<>&*])?"
}

fn day() -> impl Strategy<Value = Option<NaiveDate>> {
    proptest::option::of(
        (1..3000_i32, 1..366_u32).prop_filter_map("a day", |(y, d)| NaiveDate::from_yo_opt(y, d)),
    )
}

fn content() -> impl Strategy<Value = Content> {
    let source = || Just(json!({"url": "mxc://a.dk/b", "v": "v2"}));
    prop_oneof![
        (line(), text(), day()).prop_map(|(title, markdown, day)| Content::Reflection {
            title,
            markdown,
            day
        }),
        (line(), source()).prop_map(|(title, source)| Content::Long { title, source }),
        text().prop_map(|body| Content::Reply { body }),
        text().prop_map(|ics| Content::Meeting { ics }),
        text().prop_map(|ics| Content::Answer { ics }),
        (line(), line(), day()).prop_map(|(who, what, due)| Content::Commitment { who, what, due }),
        (any::<u32>(), text()).prop_map(|(version, text)| Content::Contract { version, text }),
        (any::<[u8; 16]>(), line(), 0..1_000_000_u64, source()).prop_map(
            |(of, name, size, source)| {
                Content::File { of: CopyId(of), name, media_type: "image/png".into(), size, source }
            }
        ),
        Just(Content::Sign { sign: SignName::Talk }),
    ]
}

fn anything() -> impl Strategy<Value = Value> {
    let names = prop_oneof![
        Just(REFLECTION),
        Just(REPLY),
        Just(FILE),
        Just(MEETING),
        Just(ANSWER),
        Just(COMMITMENT),
        Just(CONTRACT),
        Just("v"),
        Just("id"),
        Just("title"),
        Just("markdown"),
        Just("day"),
        Just("body"),
        Just("msgtype"),
        Just("m.relates_to"),
        Just("m.new_content"),
        Just("rel_type"),
        Just("event_id"),
        Just("m.in_reply_to"),
        Just("file"),
        Just("ics"),
        Just("who"),
        Just("what"),
        Just("of"),
        Just("sign"),
        Just("info"),
        Just("version"),
    ];
    let leaf = prop_oneof![
        Just(json!(1)),
        Just(json!(null)),
        Just(json!(true)),
        Just(json!("m.text")),
        Just(json!("m.replace")),
        Just(json!("m.thread")),
        Just(json!(ROOT)),
        Just(json!("00112233445566778899aabbccddeeff")),
        "\\PC{0,12}".prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((names.clone(), inner), 0..8).prop_map(|fields| {
                Value::Object(
                    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_built_is_read_back(content in content(), id in any::<[u8; 16]>(), english in any::<bool>()) {
        let copy = CopyId(id);
        let lang = if english { Lang::English } else { Lang::Danish };
        let built = build(&content, copy, "ord", lang);
        let to = match &content {
            Content::Sign { .. } => Related::Sign(ROOT),
            Content::Reply { .. } | Content::Answer { .. } | Content::File { .. } => Related::Thread(ROOT),
            _ => Related::Alone,
        };
        let expected = match to {
            Related::Sign(_) => Relation::Sign(ROOT.into()),
            Related::Thread(_) => Relation::Under(ROOT.into()),
            _ => Relation::Alone,
        };
        let sent = related(built.content.clone(), to);
        prop_assert_eq!(
            read(built.event_type, &sent),
            Read::Whole { copy: Some(copy), relation: expected, content: content.clone() }
        );
        if to == Related::Alone {
            let edit = related(built.content, Related::Edit(ROOT));
            prop_assert!(edit["body"].as_str().is_some_and(|body| body.starts_with("* ")));
            let relation = Relation::Edit(ROOT.into());
            prop_assert_eq!(
                read(built.event_type, &edit),
                Read::Whole { copy: Some(copy), relation, content }
            );
        }
    }

    #[test]
    fn anything_can_be_read(content in anything(), sign in any::<bool>(), bytes in any::<Vec<u8>>()) {
        read(if sign { SIGN } else { MESSAGE }, &content);
        read_long(content.to_string().as_bytes(), CopyId([0; 16]));
        read_long(&bytes, CopyId([0; 16]));
    }
}
