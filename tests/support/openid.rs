//! Single sign-on as a municipality has it: an OpenID provider, and somebody at a browser.

use std::collections::BTreeMap;

use crate::plain_http::{Answer, Request};
use crate::script::Script;
use crate::synapse::SingleSignOn;

const CLIENT: &str = "matrix-server";
const SECRET: &str = "shared-with-the-tests-only-too";

/// The provider, until it is dropped. It lets everybody in by the name that they give.
#[derive(Debug)]
pub struct Provider {
    port: u16,
    _script: Script,
}

impl Provider {
    /// Starts one, and waits until it answers. It has to be there before the Matrix server is.
    ///
    /// # Panics
    /// Where it does not come up.
    #[must_use]
    pub fn start() -> Self {
        let mut script = Script::node("openid.mjs", &[CLIENT, SECRET]);
        let port = script.line().parse().expect("its port");
        Self { port, _script: script }
    }

    /// What the Matrix server has to know of it.
    #[must_use]
    pub fn single_sign_on(&self) -> SingleSignOn {
        SingleSignOn {
            issuer: format!("http://127.0.0.1:{}", self.port),
            client: CLIENT.to_owned(),
            secret: SECRET.to_owned(),
        }
    }
}

/// Somebody at a browser of her own, which keeps its cookies.
#[derive(Debug, Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
}

/// What the browser shows at last.
#[derive(Debug)]
pub struct Page {
    /// Its address.
    pub address: String,
    /// The answer; none where nobody answers at that address.
    pub answer: Option<Answer>,
}

impl Browser {
    /// Opens an address of this computer and goes where it leads: signs in at the provider's form
    /// as whom it is told, agrees that the Matrix server may know, and goes on where the Matrix server asks whether to.
    ///
    /// # Panics
    /// Where it is led elsewhere than to this computer, or round and round.
    pub fn signs_in(&mut self, address: &str, name: &str) -> Page {
        let mut page = self.opens(address);
        for _ in 0..8 {
            let text = page.answer.as_ref().map(Answer::text).unwrap_or_default();
            if let Some(prompt) = between(&text, "name=\"prompt\" value=\"", "\"") {
                let fields = format!("prompt={prompt}&login={name}&password=x");
                let action = between(&text, "action=\"", "\"").expect("where the form goes");
                page = self.goes("POST", &reached(&page.address, &action), &fields);
            } else if let Some(link) =
                text.split("<a ").skip(1).find(|tag| tag.contains("primary-button"))
            {
                let to = between(link, "href=\"", "\"").expect("where the link goes");
                page = self.opens(&reached(&page.address, &to));
            } else {
                return page;
            }
        }
        panic!("{} leads round and round", page.address)
    }

    /// Opens an address of this computer, and goes where it is sent on.
    ///
    /// # Panics
    /// As [`Browser::signs_in`].
    pub fn opens(&mut self, address: &str) -> Page {
        self.goes("GET", address, "")
    }

    fn goes(&mut self, method: &str, address: &str, fields: &str) -> Page {
        let (mut method, mut address, mut fields) = (method, address.to_owned(), fields);
        for _ in 0..20 {
            let (port, path) = split(&address);
            let cookies: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let request = Request::new(port, method, path)
                .header("Cookie", &cookies.join("; "))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(fields);
            let Ok(answer) = request.try_send() else { return Page { address, answer: None } };
            self.keep(&answer);
            let Some(to) = answer.header("Location").filter(|_| answer.status / 100 == 3) else {
                return Page { address, answer: Some(answer) };
            };
            address = reached(&address, to);
            (method, fields) = ("GET", "");
        }
        panic!("{address} sends round and round")
    }

    /// Keeps an answer's cookies: every one, wherever it is for, since all is this computer.
    fn keep(&mut self, answer: &Answer) {
        for line in answer.head.lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            if !name.eq_ignore_ascii_case("Set-Cookie") {
                continue;
            }
            let pair = value.trim().split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// The port and the path of an address of this computer.
fn split(address: &str) -> (u16, &str) {
    let rest = address.strip_prefix("http://127.0.0.1:");
    let rest = rest.unwrap_or_else(|| panic!("{address} is not of this computer"));
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (port, path) = rest.split_at(end);
    (port.parse().expect("a port"), if path.is_empty() { "/" } else { path })
}

/// Where a link leads from an address.
fn reached(from: &str, to: &str) -> String {
    if to.starts_with("http") {
        return to.to_owned();
    }
    let (port, _) = split(from);
    format!("http://127.0.0.1:{port}{to}")
}

/// What stands between two texts of a page, its entities resolved.
fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = text.split_once(before)?;
    let (found, _) = rest.split_once(after)?;
    Some(found.replace("&#34;", "\"").replace("&#39;", "'").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::synapse::{Setup, Synapse};

    #[test]
    fn somebody_signs_in_at_the_matrix_server_by_the_provider() {
        let provider = Provider::start();
        let server = Synapse::start_with(&Setup::default().with_oidc(provider.single_sign_on()));
        let nobody = "http%3A%2F%2F127.0.0.1%3A9%2Fback";
        let path = format!("/_matrix/client/v3/login/sso/redirect?redirectUrl={nobody}");
        let page = Browser::default().signs_in(&format!("{}{path}", server.url()), "karla");
        let token = page.address.strip_prefix("http://127.0.0.1:9/back?loginToken=");
        let token = token.unwrap_or_else(|| panic!("{page:?}"));
        let body = json!({"type": "m.login.token", "token": token}).to_string();
        let path = "/_matrix/client/v3/login";
        let answer = Request::new(server.port(), "POST", path).body(&body).send();
        assert!(answer.text().contains("@karla:fristed.test"), "{}", answer.text());
    }

    #[test]
    fn an_address_is_reached_from_another() {
        let from = "http://127.0.0.1:80/a?b=c";
        assert_eq!(split(from), (80, "/a?b=c"));
        assert_eq!(split("http://127.0.0.1:80"), (80, "/"));
        assert_eq!(reached(from, "/d"), "http://127.0.0.1:80/d");
        assert_eq!(reached(from, "http://127.0.0.1:81/"), "http://127.0.0.1:81/");
        assert_eq!(
            between("<a href=\"/x?a=1&amp;b=2\">", "href=\"", "\"").as_deref(),
            Some("/x?a=1&b=2")
        );
    }
}
