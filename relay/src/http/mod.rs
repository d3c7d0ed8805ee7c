//! HTTP around [`crate::handle()`]: one door for calls, one for hints, one for health.

mod call;
mod health;
mod hints;
mod rate;
mod serve;

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderMap, header},
    routing::{get, post},
};
use tokio::sync::{Semaphore, broadcast, watch};
use wire::{Blob, limits::MESSAGE_BYTES_MAX, protocol::Token};

pub use rate::RateLimit;
pub use serve::{ServeError, ServeOptions, Tls, serve};

use crate::{Hint, Store};

/// Hints that wait for a slow listener before it is told to ask for everything.
const HINTS_WAITING_MAX: usize = 1_024;
/// Devices that listen for hints at the same time.
const HINT_STREAMS_MAX: usize = 4_096;
/// The content type of calls.
pub const CONTENT_TYPE: &str = "application/x-quen";

/// What every handler needs.
#[derive(Clone)]
struct App {
    store: Arc<Store>,
    hints: broadcast::Sender<Hint>,
    hint_streams: Arc<Semaphore>,
    rate: Arc<rate::Limiter>,
    is_behind_proxy: bool,
    is_stopping: watch::Receiver<bool>,
}

impl App {
    fn new(store: Arc<Store>, options: &ServeOptions, is_stopping: watch::Receiver<bool>) -> Self {
        let (hints, _) = broadcast::channel(HINTS_WAITING_MAX);
        let sender = hints.clone();
        // Nobody listening is no failure.
        store.set_listener(move |hint| drop(sender.send(hint)));
        Self {
            store,
            hints,
            hint_streams: Arc::new(Semaphore::new(HINT_STREAMS_MAX)),
            rate: Arc::new(rate::Limiter::new(options.rate)),
            is_behind_proxy: options.is_behind_proxy,
            is_stopping,
        }
    }

    fn router(self) -> Router {
        Router::new()
            .route("/", get(health::page))
            .route("/health", get(health::health))
            .route("/v1/call", post(call::call).layer(DefaultBodyLimit::max(MESSAGE_BYTES_MAX)))
            .route("/v1/hints", get(hints::hints))
            .with_state(self)
    }
}

/// The relay's clock: milliseconds since 1970.
fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Reads `Authorization: Bearer` and unpadded base64url.
fn token(headers: &HeaderMap) -> Option<Token> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
    Some(Token(Blob(data_encoding::BASE64URL_NOPAD.decode(text.trim().as_bytes()).ok()?)))
}
