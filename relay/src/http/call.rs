//! The door for calls: postcard in, postcard out.

use std::{
    net::{IpAddr, SocketAddr},
    time::Instant,
};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response as HttpResponse},
};
use wire::protocol::{Fault, FaultCode, Request, Response, decode, encode};

use super::{App, CONTENT_TYPE, now_ms, token};
use crate::{Caller, handle};

pub(super) async fn call(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> HttpResponse {
    let started = Instant::now();
    let (mut name, mut bytes) = ("unread", 0);
    let response = match read(&app, peer, &headers, body) {
        Ok((caller, request, length)) => {
            (name, bytes) = (name_of(&request), length);
            run(&app, caller, request).await
        }
        Err(fault) => Response::Fault(fault),
    };
    let fault = match &response {
        Response::Fault(fault) => Some(fault.code),
        _ => None,
    };
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(call = name, bytes, took_ms, fault = fault.map(tracing::field::debug), "call");
    (status(fault), [(header::CONTENT_TYPE, CONTENT_TYPE)], encode(&response)).into_response()
}

fn read(
    app: &App,
    peer: SocketAddr,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<(Caller, Request, usize), Fault> {
    let now_ms = now_ms();
    if !app.rate.allows(client_address(app, peer, headers), now_ms) {
        return Err(Fault::new(FaultCode::RateLimited, "too many requests from this address"));
    }
    let bad = |message: String| Fault::new(FaultCode::BadRequest, message);
    let body = body.map_err(|error| bad(error.body_text()))?;
    let request: Request = decode(&body).map_err(|error| bad(error.to_string()))?;
    let caller = match (&request, headers.contains_key(header::AUTHORIZATION)) {
        (Request::Challenge | Request::Hello(_) | Request::JoinPut { .. }, _) | (_, false) => {
            Caller::Anonymous
        }
        (_, true) => {
            let ended = || Fault::new(FaultCode::Unauthenticated, "the token has ended: say hello again");
            token(headers).and_then(|token| app.store.caller(&token, now_ms)).ok_or_else(ended)?
        }
    };
    Ok((caller, request, body.len()))
}

async fn run(app: &App, caller: Caller, request: Request) -> Response {
    let store = std::sync::Arc::clone(&app.store);
    let task = tokio::task::spawn_blocking(move || handle(&store, caller, request, now_ms()));
    task.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a call panicked");
        Response::Fault(Fault::new(FaultCode::Internal, "the call failed"))
    })
}

/// Behind a proxy the last address that it added counts; what a client wrote before it does not.
pub(super) fn client_address(app: &App, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    if !app.is_behind_proxy {
        return peer.ip();
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
    forwarded
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|address| address.trim().parse().ok())
        .unwrap_or(peer.ip())
}

fn status(fault: Option<FaultCode>) -> StatusCode {
    match fault {
        None => StatusCode::OK,
        Some(FaultCode::BadRequest | FaultCode::UnsupportedVersion) => StatusCode::BAD_REQUEST,
        Some(FaultCode::Unauthenticated) => StatusCode::UNAUTHORIZED,
        Some(FaultCode::NotAllowed | FaultCode::WorkspaceNotAccepted | FaultCode::InviteUnusable) => {
            StatusCode::FORBIDDEN
        }
        Some(FaultCode::UnknownWorkspace) => StatusCode::NOT_FOUND,
        Some(FaultCode::RateLimited) => StatusCode::TOO_MANY_REQUESTS,
        Some(FaultCode::StorageFull) => StatusCode::INSUFFICIENT_STORAGE,
        Some(FaultCode::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
        Some(FaultCode::NotSupported) => StatusCode::NOT_IMPLEMENTED,
    }
}

fn name_of(request: &Request) -> &'static str {
    match request {
        Request::Challenge => "challenge",
        Request::Hello(_) => "hello",
        Request::Pull(_) => "pull",
        Request::Reconcile { .. } => "reconcile",
        Request::Fetch { .. } => "fetch",
        Request::Put(_) => "put",
        Request::Append(_) => "append",
        Request::LogSince { .. } => "log_since",
        Request::JoinPut { .. } => "join_put",
        Request::JoinList => "join_list",
        Request::JoinRemove { .. } => "join_remove",
        Request::Claim(_) => "claim",
        Request::Begin { .. } => "begin",
        Request::Finish { .. } => "finish",
    }
}
