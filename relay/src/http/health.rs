//! Pages for people and for monitors.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use serde_json::json;
use wire::protocol::PROTOCOL_VERSION;

use super::{App, now_ms};

const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Quen relay</title>\
<p>This is a Quen relay. It passes on sealed data that it cannot read. <a href=\"/health\">Health</a></p></html>\n";

pub(super) async fn page() -> Html<&'static str> {
    Html(PAGE)
}

pub(super) async fn health(State(app): State<App>) -> Response {
    let store = Arc::clone(&app.store);
    let counted = tokio::task::spawn_blocking(move || store.workspace_count()).await;
    let word = match &counted {
        Ok(Ok(_)) if app.store.is_full() => "no room: the last put was not stored; free space on the disk",
        Ok(Ok(_)) => "ok",
        _ => "the database does not answer",
    };
    let body = json!({
        "status": word,
        "version": env!("CARGO_PKG_VERSION"),
        "protocol": [PROTOCOL_VERSION, PROTOCOL_VERSION],
        "relay": app.store.relay().to_string(),
        "lineage": app.store.lineage().to_string(),
        "workspaces": counted.ok().and_then(Result::ok),
        "time_ms": now_ms(),
    });
    let status = if word == "ok" { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(body)).into_response()
}
