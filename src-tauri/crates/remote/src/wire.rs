//! The client that libdav speaks through.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Bytes;
use tower_service::Service;

use crate::error::RemoteError;
use crate::http::Http;

impl Service<Request<String>> for Http {
    type Response = Response<Full<Bytes>>;
    type Error = RemoteError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<String>) -> Self::Future {
        let http = self.clone();
        Box::pin(async move { http.send(request).await })
    }
}
