//! Asking a server, within bounds.

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use ::http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, HeaderValue, LOCATION, USER_AGENT,
};
use ::http::{Method, Request, Response, StatusCode, response::Parts};
use flate2::read::MultiGzDecoder;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper_rustls::{ConfigBuilderExt as _, HttpsConnector};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{HttpConnector, HttpInfo};
use hyper_util::rt::TokioExecutor;
use rustls::ClientConfig;

use crate::address::Address;
use crate::credentials::Credentials;
use crate::error::{RemoteError, Result};
use crate::reach::{Allowed, Reach, Resolver};
use crate::stop::Stop;

/// The most bytes that an answer may have, packed or not: what a calendar file may have.
pub const LARGEST: usize = 64 * 1024 * 1024;

/// How many times an answer may send us on.
const REDIRECTS: usize = 5;
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(15);
/// How long a server may think.
const THINK: Duration = Duration::from_secs(60);
/// How long a server may pause within an answer.
const PAUSE: Duration = Duration::from_secs(30);
/// How long an answer may take in all.
const WHOLE: Duration = Duration::from_mins(10);

type Wire = Client<HttpsConnector<HttpConnector<Resolver>>, Full<Bytes>>;

/// Asks one server, signed in where there are credentials. Cloning it is cheap.
#[derive(Clone)]
pub struct Http(Arc<Inner>);

struct Inner {
    server: Address,
    authorization: Option<HeaderValue>,
    tls: Arc<ClientConfig>,
    first: Wire,
    stop: Stop,
}

/// An answer, whole.
pub(crate) type Answer = Response<Full<Bytes>>;

impl Http {
    /// A way to ask the server at this address; nothing is asked yet.
    ///
    /// # Errors
    /// [`RemoteError::CertificateBad`] where the system has no certificates to trust, and
    /// [`RemoteError::SignInRefused`] where the name or the password cannot be sent.
    pub fn new(server: Address, credentials: Option<&Credentials>, stop: Stop) -> Result<Self> {
        let authorization = credentials
            .map(|known| known.header().ok_or(RemoteError::SignInRefused))
            .transpose()?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.try_with_platform_verifier())
            .map_err(|_| RemoteError::CertificateBad)?
            .with_no_client_auth();
        let tls = Arc::new(tls);
        let first = wire(&tls, first_allowed(&server));
        Ok(Self(Arc::new(Inner { server, authorization, tls, first, stop })))
    }

    /// The server's address, as it was given.
    pub(crate) fn server(&self) -> &Address {
        &self.0.server
    }

    /// Sends a request and gives the answer whole, following redirects where the method may be
    /// repeated.
    pub(crate) async fn send(&self, request: Request<String>) -> Result<Answer> {
        tokio::select! {
            biased;
            () = self.0.stop.raised() => Err(RemoteError::Stopped),
            answer = self.follow(request) => answer,
        }
    }

    async fn follow(&self, request: Request<String>) -> Result<Answer> {
        let (mut parts, body) = request.into_parts();
        parts.headers.insert(USER_AGENT, HeaderValue::from_static("Fristed"));
        parts.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        let body = Bytes::from(body);
        let mut at = Address::of(&parts.uri)?;
        let mut nearest = Reach::Loopback;
        for hop in 0..=REDIRECTS {
            let mut next = Request::new(Full::new(body.clone()));
            *next.method_mut() = parts.method.clone();
            *next.uri_mut() = at.uri()?;
            next.headers_mut().clone_from(&parts.headers);
            if let Some(known) = self.0.authorization.as_ref().filter(|_| self.is_own(&at)) {
                next.headers_mut().insert(AUTHORIZATION, known.clone());
            }
            let answer = self.once(hop, &at, nearest, next).await?;
            let Some(location) = redirect(&parts.method, &answer)? else {
                return whole(answer).await;
            };
            // From the internet to the internet, from the organisation's network to itself; an
            // answer whose sender is unknown leads nowhere near.
            let from = answer.extensions().get::<HttpInfo>().map(HttpInfo::remote_addr);
            nearest = nearest.min(from.map_or(Reach::Public, |addr| Reach::of(addr.ip())));
            let to = at.redirected(&location, Allowed::UpTo(nearest))?;
            if parts.method != Method::GET && !self.is_own(&to) {
                return Err(RemoteError::AddressRefused);
            }
            at = to;
        }
        Err(RemoteError::AddressRefused)
    }

    /// Whether an address is of the server that the credentials are for.
    fn is_own(&self, address: &Address) -> bool {
        address.same_server(&self.0.server)
    }

    async fn once(
        &self,
        hop: usize,
        at: &Address,
        nearest: Reach,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>> {
        let sent = if hop == 0 {
            self.0.first.request(request)
        } else {
            let allowed =
                if at.is_encrypted() { Allowed::UpTo(nearest) } else { Allowed::LoopbackAlone };
            wire(&self.0.tls, allowed).request(request)
        };
        match tokio::time::timeout(CONNECT + THINK, sent).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(failed)) => Err(RemoteError::of_connection(&failed)),
            Err(_) => Err(RemoteError::Unreachable),
        }
    }
}

/// Where the address that the leader typed may lead: anywhere that she can reach, since it was her
/// who typed it; without encryption only to this computer.
fn first_allowed(server: &Address) -> Allowed {
    if server.is_encrypted() { Allowed::UpTo(Reach::Loopback) } else { Allowed::LoopbackAlone }
}

fn wire(tls: &Arc<ClientConfig>, allowed: Allowed) -> Wire {
    let mut http = HttpConnector::new_with_resolver(Resolver(allowed));
    http.enforce_http(false);
    http.set_connect_timeout(Some(CONNECT));
    http.set_nodelay(true);
    Client::builder(TokioExecutor::new()).build(HttpsConnector::from((http, Arc::clone(tls))))
}

/// Where an answer sends us on, if it does.
fn redirect(method: &Method, answer: &Response<Incoming>) -> Result<Option<String>> {
    let repeats = matches!(method.as_str(), "GET" | "PROPFIND" | "REPORT" | "OPTIONS");
    let on = match answer.status() {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::SEE_OTHER => method == Method::GET,
        _ => false,
    };
    if !on || !repeats {
        return Ok(None);
    }
    let location = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    location.map(|to| Some(to.to_owned())).ok_or(RemoteError::Refused(answer.status().as_u16()))
}

/// Reads an answer to its end, or to the most that is taken in.
async fn whole(answer: Response<Incoming>) -> Result<Answer> {
    let (parts, mut body) = answer.into_parts();
    let until = tokio::time::Instant::now() + WHOLE;
    let mut bytes = Vec::new();
    loop {
        let pause = (tokio::time::Instant::now() + PAUSE).min(until);
        let frame = match tokio::time::timeout_at(pause, body.frame()).await {
            Ok(None) => break,
            Ok(Some(Ok(frame))) => frame,
            Ok(Some(Err(_))) | Err(_) => return Err(RemoteError::Unreachable),
        };
        if let Ok(data) = frame.into_data() {
            if bytes.len() + data.len() > LARGEST {
                return Err(RemoteError::TooLarge { limit: LARGEST });
            }
            bytes.extend_from_slice(&data);
        }
    }
    let bytes = unpacked(&parts, bytes)?;
    Ok(Response::from_parts(parts, Full::new(Bytes::from(bytes))))
}

/// Undoes what gzip did, up to the most that is taken in.
fn unpacked(parts: &Parts, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let coding = parts.headers.get(CONTENT_ENCODING).map_or(&b""[..], HeaderValue::as_bytes);
    match coding.to_ascii_lowercase().as_slice() {
        b"" | b"identity" => Ok(bytes),
        b"gzip" | b"x-gzip" => {
            let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX);
            let mut out = Vec::new();
            MultiGzDecoder::new(bytes.as_slice())
                .take(limit.saturating_add(1))
                .read_to_end(&mut out)
                .map_err(|_| RemoteError::Unreachable)?;
            if out.len() > LARGEST {
                Err(RemoteError::TooLarge { limit: LARGEST })
            } else {
                Ok(out)
            }
        }
        _ => Err(RemoteError::Refused(parts.status.as_u16())),
    }
}
