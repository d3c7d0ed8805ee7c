//! The screens for a browser on this machine.
//!
//! Loopback only unless meant otherwise, a random token for every session, and a check of Host and Origin, so that
//! neither another site nor a name that was pointed here can speak to the device. A browser on another machine may
//! work with people and decides nothing about the centre.

#[cfg(test)]
mod tests;

use std::{convert::Infallible, net::SocketAddr, path::PathBuf, sync::Arc};

use anyhow::Result;
use axum::{
    Json, Router,
    body::Bytes,
    extract::{
        ConnectInfo, DefaultBodyLimit, Path, Query, Request, State, connect_info::Connected,
        rejection::BytesRejection,
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{Html, IntoResponse, Response, Sse, sse::Event},
    routing::{get, post},
    serve::IncomingStream,
};
use crm::{
    api::{self, args::FileHandle},
    app::{ApiError, App, Files},
};
use futures::StreamExt;
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use tokio::net::TcpListener;
use tokio_stream::wrappers::BroadcastStream;
use tower_http::services::ServeDir;

use crate::output::say;

const CALL_BYTES_MAX: usize = 16 * 1024 * 1024;
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// What a browser shows that came under a name or from a page that is not this server's.
const ELSEWHERE: &str = "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Quen</title>\
<p>Trang này không thuộc về thiết bị này. Hãy mở đúng địa chỉ mà <code>quen serve</code> in ra; \
muốn dùng tên khác của máy thì chạy lại với <code>--host TÊN</code>.</p>\
<p lang=\"en\">This page does not belong to this device. Open the address that <code>quen serve</code> prints; \
to use another name of the machine, start it again with <code>--host NAME</code>.</p></html>\n";

#[derive(Clone)]
struct Server {
    app: App,
    token: Arc<str>,
    /// Names under which pages may ask, each with its port.
    hosts: Arc<[String]>,
}

/// Both ends of a connection.
#[derive(Clone, Copy)]
struct Ends {
    here: Option<SocketAddr>,
    there: SocketAddr,
}

impl Connected<IncomingStream<'_, TcpListener>> for Ends {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self { here: stream.io().local_addr().ok(), there: *stream.remote_addr() }
    }
}

impl Ends {
    fn transport(self) -> api::Transport {
        if self.there.ip().to_canonical().is_loopback() {
            api::Transport::Http
        } else {
            api::Transport::Network
        }
    }
}

#[derive(Deserialize)]
struct Call {
    name: String,
    #[serde(default)]
    args: Value,
}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    token: String,
}

/// Serves until the program is ended.
///
/// `names` are further names of this machine, under which pages of other machines may ask.
pub fn serve(
    app: &App,
    listen: SocketAddr,
    names: &[String],
    ui: Option<PathBuf>,
    is_json: bool,
) -> Result<()> {
    let ui = screens(ui)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.map_err(|_| {
            crate::refusal::refused(
                "address_in_use",
                format!("{listen} cannot be listened on; it may be in use, choose another port"),
                format!("Không nghe được ở {listen}; có thể chương trình khác đang dùng, chọn cổng khác."),
            )
        })?;
        let address = listener.local_addr()?;
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| ApiError::new("internal", error))?;
        let token: Arc<str> = data_encoding::HEXLOWER.encode(&bytes).into();
        let url = format!("http://{address}/#token={token}");
        if is_json {
            say!("{}", json!({ "url": url, "address": address.to_string(), "token": &*token }));
        } else {
            say!("{url}");
        }
        let server = Server { app: app.clone(), token, hosts: hosts(address, names) };
        axum::serve(listener, router(server, ui).into_make_service_with_connect_info::<Ends>())
            .with_graceful_shutdown(async {
                // Without a signal handler the program simply ends; every commit is on the disk.
                let _signal = tokio::signal::ctrl_c().await;
            })
            .await?;
        Ok(())
    })
}

/// The names that fit the Host and Origin of a request. The address that a connection came to fits besides.
fn hosts(address: SocketAddr, names: &[String]) -> Arc<[String]> {
    let port = address.port();
    let named =
        names.iter().map(|name| if name.contains(':') { name.clone() } else { format!("{name}:{port}") });
    [address.to_string(), format!("localhost:{port}")].into_iter().chain(named).collect()
}

fn router(server: Server, ui: PathBuf) -> Router {
    let with_token = Router::new()
        .route("/api/call", post(call).layer(DefaultBodyLimit::max(CALL_BYTES_MAX)))
        .route("/api/file", post(upload).layer(DefaultBodyLimit::max(Files::BYTES_MAX)))
        .route("/api/file/{handle}", post(download))
        .route_layer(middleware::from_fn_with_state(server.clone(), know));
    Router::new()
        .merge(with_token)
        .route("/api/changes", get(changes))
        .fallback_service(ServeDir::new(ui))
        .layer(middleware::from_fn_with_state(server.clone(), guard))
        .with_state(server)
}

/// Refuses what does not come from a page of this server, and adds the headers that keep pages in bounds.
async fn guard(
    State(server): State<Server>,
    ConnectInfo(ends): ConnectInfo<Ends>,
    request: Request,
    next: Next,
) -> Response {
    let (host_fits, origin_fits) = fits(request.headers(), &server.hosts, ends.here);
    if !host_fits || !origin_fits {
        if wants_page(request.headers()) {
            return (StatusCode::FORBIDDEN, Html(ELSEWHERE)).into_response();
        }
        return refused(StatusCode::FORBIDDEN, "wrong_origin", "this page does not belong to this device");
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Whether a browser asks for something to show.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// Refuses whoever has not the token of this session. It comes before the handlers, because those are called with
/// the whole body in memory.
async fn know(State(server): State<Server>, request: Request, next: Next) -> Response {
    if server.knows(token_of(request.headers())) { next.run(request).await } else { ended() }
}

/// Whether Host and Origin are this server's.
fn fits(headers: &HeaderMap, hosts: &[String], here: Option<SocketAddr>) -> (bool, bool) {
    let named = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let is_here = |host: &str| {
        hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
            || here.is_some_and(|here| {
                host.parse() == Ok(SocketAddr::new(here.ip().to_canonical(), here.port()))
            })
    };
    let host_fits = named(header::HOST).is_some_and(is_here);
    let origin_fits =
        named(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://").is_some_and(is_here));
    (host_fits, origin_fits)
}

async fn call(
    State(server): State<Server>,
    ConnectInfo(ends): ConnectInfo<Ends>,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return unread(&rejection, "too_many"),
    };
    let Ok(call) = serde_json::from_slice::<Call>(&body) else {
        return refused(StatusCode::BAD_REQUEST, "bad_request", "the body is no call");
    };
    let app = server.app.clone();
    // The engine blocks on the disk.
    let work = move || api::call(&app, ends.transport(), &call.name, call.args);
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(value)) => Json(value).into_response(),
        Ok(Err(error)) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the call ended early"),
    }
}

async fn upload(
    State(server): State<Server>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return unread(&rejection, "file_too_large"),
    };
    let name = headers
        .get("x-file-name")
        .and_then(|value| value.to_str().ok())
        .map_or_else(|| "file".to_owned(), percent_decoded);
    match server.app.files().take_bytes(&name, &body) {
        Ok(file) => Json(file).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(ApiError::from(error))).into_response(),
    }
}

async fn download(State(server): State<Server>, Path(handle): Path<String>) -> Response {
    let file = FileHandle { name: String::new(), handle };
    let Some(path) = server.app.files().path(&file) else {
        return refused(StatusCode::NOT_FOUND, "not_found", "no such file");
    };
    match tokio::fs::read(path).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        Err(_) => refused(StatusCode::NOT_FOUND, "not_found", "the file is gone"),
    }
}

async fn changes(State(server): State<Server>, Query(query): Query<Token>) -> Response {
    if !server.knows(&query.token) {
        return ended();
    }
    let events = BroadcastStream::new(server.app.listen()).map(|changed| {
        // Whoever missed announcements fetches everything.
        let changed = changed.unwrap_or_else(|_| api::everything_changed());
        let data = serde_json::to_string(&changed).unwrap_or_else(|_| "[]".to_owned());
        Ok::<_, Infallible>(Event::default().event("changed").data(data))
    });
    Sse::new(events).keep_alive(axum::response::sse::KeepAlive::default()).into_response()
}

impl Server {
    fn knows(&self, token: &str) -> bool {
        token.as_bytes().ct_eq(self.token.as_bytes()).into()
    }
}

fn token_of(headers: &HeaderMap) -> &str {
    headers.get("x-quen-token").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn ended() -> Response {
    refused(StatusCode::UNAUTHORIZED, "session_ended", "open the address that the program printed")
}

fn refused(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(ApiError::new(code, message))).into_response()
}

/// A body that was not taken: `too_large` says so of one that is beyond its limit.
fn unread(rejection: &BytesRejection, too_large: &str) -> Response {
    let status = rejection.status();
    let code = if status == StatusCode::PAYLOAD_TOO_LARGE { too_large } else { "bad_request" };
    refused(status, code, "the body was not taken whole")
}

/// File names travel percent-encoded, because headers are ASCII.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match (*first, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (byte, _) => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The folder of the screens: the one that was named, or the one that is found.
fn screens(named: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = named {
        if folder.join("index.html").is_file() {
            return Ok(folder);
        }
        let folder = folder.display();
        return Err(crate::refusal::refused(
            "no_screens",
            format!("there are no screens in {folder}; name the folder with their index.html with --ui"),
            format!("Không có màn hình trong {folder}; chỉ ra thư mục có index.html bằng --ui."),
        ));
    }
    find_ui().ok_or_else(|| {
        crate::refusal::refused(
            "no_screens",
            "the screens are not built; run `npm run build` in ui/ or name their folder with --ui",
            "Chưa dựng màn hình; chạy `npm run build` trong ui/ hoặc chỉ ra bằng --ui.",
        )
    })
}

/// The built screens beside the program, or in the project when it is run from there.
fn find_ui() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let beside = program.parent()?;
    [beside.join("ui"), beside.join("../../ui/dist"), PathBuf::from("ui/dist")]
        .into_iter()
        .find(|folder| folder.join("index.html").is_file())
}
