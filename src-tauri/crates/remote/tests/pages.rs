//! A list of changes that comes in parts (RFC 6578, section 3.6). Neither Radicale nor Xandikos
//! does that, so a few lines of HTTP stand in for a server that does.

use fristed_remote::{Address, Changes, Collection, Http, Listed, Mark, RemoteError, Stop};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// The resources of the part that follows a token, and the next token.
fn part(asked: &str) -> (String, &'static str) {
    let there = |name: &str| {
        format!(
            "<response><href>/k/{name}.ics</href><propstat><prop><getetag>\"{name}\"</getetag></prop>\
             <status>HTTP/1.1 200 OK</status></propstat></response>"
        )
    };
    let gone = |name: &str| {
        format!(
            "<response><href>/k/{name}.ics</href><status>HTTP/1.1 404 Not Found</status></response>"
        )
    };
    let more = "<response><href>/k/</href><status>HTTP/1.1 507 Insufficient Storage</status>\
        <error><number-of-matches-within-limits/></error></response>";
    match asked {
        "" => (there("a") + &there("b") + more, "1"),
        "1" => (there("c") + &gone("a") + more, "2"),
        "2" => (there("d"), "3"),
        _ => (String::new(), "3"),
    }
}

async fn serve(listener: TcpListener) {
    while let Ok((mut client, _)) = listener.accept().await {
        let mut all = Vec::new();
        let mut bytes = [0; 4096];
        while !String::from_utf8_lossy(&all).contains("</D:sync-collection>") {
            match client.read(&mut bytes).await {
                Ok(read @ 1..) => all.extend_from_slice(&bytes[..read]),
                _ => break,
            }
        }
        let text = String::from_utf8_lossy(&all);
        let token = text.split_once("<D:sync-token>").and_then(|(_, rest)| rest.split_once('<'));
        let (responses, next) = part(token.map_or("", |(token, _)| token));
        let body = format!(
            "<?xml version=\"1.0\"?><multistatus xmlns=\"DAV:\">{responses}\
             <sync-token>{next}</sync-token></multistatus>"
        );
        let answer = format!(
            "HTTP/1.1 207 Multi-Status\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        client.write_all(answer.as_bytes()).await.expect("the answer is sent");
    }
}

async fn collection(stop: Stop) -> Collection {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    tokio::spawn(serve(listener));
    let (address, _) = Address::typed(&format!("http://127.0.0.1:{port}/k/")).expect("an address");
    Collection::new(Http::new(address, None, stop).expect("a client")).expect("a calendar")
}

fn listed(name: &str) -> Listed {
    Listed { href: format!("/k/{name}.ics"), etag: format!("\"{name}\"") }
}

#[tokio::test]
async fn a_list_in_parts_is_asked_for_to_its_end() {
    let calendar = collection(Stop::default()).await;
    let mark = Some(Mark::Token("3".into()));
    let whole = calendar.changes(None).await.expect("all there is");
    let there = vec![listed("b"), listed("c"), listed("d")];
    assert_eq!(whole, Changes::Whole { there, mark: mark.clone() }, "a went in the second part");
    let since = calendar.changes(Some(&Mark::Token("1".into()))).await.expect("what changed");
    let (there, gone) = (vec![listed("c"), listed("d")], vec!["/k/a.ics".to_owned()]);
    assert_eq!(since, Changes::Since { there, gone, mark });
}

#[tokio::test]
async fn nobody_is_asked_once_it_was_stopped() {
    let stop = Stop::default();
    let calendar = collection(stop.clone()).await;
    stop.raise();
    assert_eq!(calendar.changes(None).await, Err(RemoteError::Stopped));
}
