//! Hints over server-sent events: "ask again", never data. Polling is the truth.
//!
//! Events: `space` with `{"space": hex, "seq": number}`, `log` with `{"head": hex}`, `join` and `all` with
//! `{}`. `all` means that hints were missed: ask for everything.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::stream;
use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, broadcast, watch};
use wire::{DeviceId, WorkspaceId, membership::Member};

use super::{App, now_ms, token};
use crate::{Caller, Hint, Store};

const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// One device that listens.
struct Listening {
    store: Arc<Store>,
    workspace: WorkspaceId,
    device: DeviceId,
    hints: broadcast::Receiver<Hint>,
    is_stopping: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

pub(super) async fn hints(State(app): State<App>, headers: HeaderMap) -> Response {
    let caller = token(&headers).and_then(|token| app.store.caller(&token, now_ms()));
    let Some(Caller::Device { workspace, device }) = caller else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let Ok(place) = Arc::clone(&app.hint_streams).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let listening = Listening {
        store: app.store,
        workspace,
        device,
        hints: app.hints.subscribe(),
        is_stopping: app.is_stopping,
        _place: place,
    };
    let events = stream::unfold(listening, |mut listening| async move {
        let event = listening.next().await?;
        Some((Ok::<_, Infallible>(event), listening))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

impl Listening {
    /// Waits for the next hint that concerns the device; `None` when the relay stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let received = tokio::select! {
                received = self.hints.recv() => received,
                _ = self.is_stopping.wait_for(|is_stopping| *is_stopping) => return None,
            };
            match received {
                Ok(hint) => {
                    if let Some((name, data)) = self.translate(hint) {
                        return Some(Event::default().event(name).data(data.to_string()));
                    }
                }
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    return Some(Event::default().event("all").data("{}"));
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }

    /// What the device may know of a hint. The membership log is asked each time: it may have been revoked.
    fn translate(&self, hint: Hint) -> Option<(&'static str, Value)> {
        let workspace = match hint {
            Hint::Space { workspace, .. } | Hint::Log { workspace, .. } | Hint::Join { workspace } => {
                workspace
            }
        };
        if workspace != self.workspace {
            return None;
        }
        let log = self.store.log(workspace).ok().flatten()?;
        // A device that waits to be let in hears of the log, and so learns that it was.
        let member = log.state().device(self.device).filter(|member| member.is_active());
        match hint {
            Hint::Space { space, seq, .. } => member
                .is_some_and(|member| member.reads(space))
                .then(|| ("space", json!({ "space": space.to_string(), "seq": seq }))),
            Hint::Log { head, .. } => member.map(|_| ("log", json!({ "head": head.to_string() }))),
            Hint::Join { .. } => {
                let may_administer = |member: &Member| member.role().may_administer();
                member.is_some_and(may_administer).then(|| ("join", json!({})))
            }
        }
    }
}
