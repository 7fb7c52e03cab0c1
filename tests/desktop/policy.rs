//! 33 to 37: what the page may load, open and ask for; and that nothing asks the network.

use std::fs;
use std::time::Duration;

use serde_json::json;

use crate::browser::{Window, program};
use crate::computer::{Computer, Keyring};
use crate::story::first_run;

#[tokio::test]
async fn t33_t61_a_whole_session_sends_no_packet_anywhere() {
    let computer = Computer::on(Keyring::None);
    let calls = computer.folder().join("logs/connect.strace");
    let mut traced = computer.command("strace");
    traced.args(["-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o"]).arg(&calls);
    traced.arg(program());
    let window = Window::start(&computer, traced, |_| {}).await;
    first_run(&window, false).await;
    window.press("Begynd at skrive").await;
    let hostile = "![a](https://203.0.113.7/a.png) <img src=\"https://203.0.113.7/b.png\"> \
                   <link rel=stylesheet href=https://203.0.113.7/c.css> [d](https://203.0.113.7/d) ";
    window.type_into(".cm-content", hostile).await;
    window.sees("Gemt").await;
    // And past the editor, as a script in the page would try it.
    window
        .script(
            "for (const make of [
               () => { const i = new Image(); i.src = 'https://203.0.113.7/e.png'; },
               () => fetch('https://203.0.113.7/f').catch(() => 0),
               () => new WebSocket('wss://203.0.113.7/g'),
               () => navigator.sendBeacon('https://203.0.113.7/h', 'x'),
               () => { const l = document.createElement('link'); l.rel = 'prefetch'; l.href = 'https://203.0.113.7/i'; document.head.append(l); },
               () => { const s = document.createElement('script'); s.src = 'https://203.0.113.7/j.js'; document.head.append(s); },
             ]) { try { make(); } catch { } }
             return 1",
        )
        .await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    window.quit().await;

    let calls = fs::read_to_string(&calls).expect("the trace");
    assert!(calls.contains("AF_UNIX"), "the trace holds the calls");
    let away: Vec<&str> = calls
        .lines()
        .filter(|line| line.contains("AF_INET") || line.contains("AF_NETLINK,"))
        .filter(|line| !line.contains("AF_NETLINK"))
        // The driver's own line to the window.
        .filter(|line| !line.contains("inet_addr(\"127.0.0.1\")"))
        .collect();
    assert!(away.is_empty(), "{away:#?}");
}

#[tokio::test]
async fn t34_only_web_and_mail_addresses_are_opened() {
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    window.sees("Velkommen til Fristed").await;
    for bad in
        ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "tauri://localhost/"]
    {
        let answer = window.invoke("link_open", json!({"url": bad})).await;
        assert!(
            answer["refused"].as_str().is_some_and(|why| why.contains("linkRefused")),
            "{bad}: {answer}"
        );
    }
}

#[tokio::test]
async fn t35_the_page_cannot_be_led_away() {
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    window.sees("Velkommen til Fristed").await;
    for place in ["https://example.com/", "file:///etc/passwd", "about:blank", "data:text/html,x"] {
        window.script_with("location.href = arguments[0]; return 1", vec![json!(place)]).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        let here = window.script("return location.origin").await;
        assert_eq!(here, json!("tauri://localhost"), "{place}");
        let opened =
            window.script_with("return String(window.open(arguments[0]))", vec![json!(place)]);
        assert_eq!(opened.await, json!("null"), "{place}");
    }
    window.sees("Velkommen til Fristed").await;
}

#[tokio::test]
async fn t36_what_is_not_permitted_is_refused() {
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    window.sees("Velkommen til Fristed").await;
    // The plugins behind Fristed's own commands, and Tauri's own powers.
    for (command, arguments) in [
        ("plugin:dialog|open", json!({"options": {}})),
        ("plugin:dialog|message", json!({"message": "x"})),
        ("plugin:opener|open_url", json!({"url": "https://example.com"})),
        ("plugin:opener|open_path", json!({"path": "/etc/passwd"})),
        ("plugin:window-state|save_window_state", json!({"flags": 1})),
        ("plugin:event|emit", json!({"event": "stage", "payload": null})),
        ("plugin:webview|create_webview_window", json!({"options": {"label": "x", "url": "/"}})),
        ("plugin:window|create", json!({"options": {"label": "x"}})),
        ("plugin:webview|internal_toggle_devtools", json!({})),
        ("plugin:path|resolve_directory", json!({"directory": 21})),
        ("plugin:app|version", json!({})),
        ("plugin:menu|new", json!({"kind": "Menu", "handler": null})),
        ("no_such_command", json!({})),
    ] {
        let answer = window.invoke(command, arguments).await;
        assert!(answer.get("refused").is_some(), "{command}: {answer}");
    }
    let answer = window.invoke("app_status", json!({})).await;
    assert_eq!(answer["ok"]["stage"], json!("firstRun"), "what is permitted works");
    assert_eq!(window.script("return typeof window.__TAURI__").await, json!("undefined"));
}

#[tokio::test]
async fn t37_no_text_becomes_code() {
    let computer = Computer::on(Keyring::None);
    let window = Window::open(&computer).await;
    window.sees("Velkommen til Fristed").await;
    let tried = window
        .script(
            "const ran = [];
             window.ran = ran;
             const inline = document.createElement('script');
             inline.textContent = 'window.ran.push(\"inline\")';
             document.head.append(inline);
             const holder = document.createElement('div');
             holder.innerHTML = '<img src=x onerror=\"window.ran.push(1)\"><svg onload=\"window.ran.push(2)\"></svg>';
             document.body.append(holder);
             try { setTimeout('window.ran.push(\"timer\")', 0); } catch { }
             try { (0, eval)('window.ran.push(\"eval\")'); } catch { }
             try { new Function('window.ran.push(\"function\")')(); } catch { }
             const frame = document.createElement('iframe');
             frame.srcdoc = '<script>parent.ran.push(3)</script>';
             document.body.append(frame);
             const style = document.createElement('p');
             style.setAttribute('style', 'color: rgb(1, 2, 3)');
             document.body.append(style);
             return getComputedStyle(style).color",
        )
        .await;
    assert_ne!(tried, json!("rgb(1, 2, 3)"), "no inline style");
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(window.script("return window.ran").await, json!([]));
}
