//! The thread that talks to the relay: when something was written here, when a hint comes, and now and then.

use std::time::Duration;

use tokio::task::JoinHandle;
use wire::{
    RecordId,
    membership::Record,
    protocol::{Fault, FaultCode, Hello, HelloTerms, PROTOCOL_VERSION, Request, Response, Token},
};

use super::{RelayClient, RelayError, SystemEntropy, now};
use crate::{
    app::{ApiError, App, Stage, changed},
    sync::{JoinError, SessionError},
};

/// How often the relay is asked without a hint: polling is the truth.
const POLL: Duration = Duration::from_secs(20);
const RETRY_FIRST: Duration = Duration::from_millis(500);
/// A desk is back on the line within seconds of its connection; a relay answers a refused knock for nothing.
const RETRY_MAX: Duration = Duration::from_secs(4);
const JOIN_POLL: Duration = Duration::from_secs(2);

/// Starts the thread. It ends with the program.
pub fn start(app: &App) {
    let app = app.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        match runtime {
            Ok(runtime) => runtime.block_on(run(&app)),
            Err(error) => tracing::error!(%error, "sync cannot start"),
        }
    });
}

/// Why a round ended early.
#[derive(Debug, thiserror::Error)]
enum Cut {
    #[error(transparent)]
    Relay(#[from] RelayError),
    #[error(transparent)]
    Session(#[from] SessionError),
    #[error(transparent)]
    Join(#[from] JoinError),
}

impl Cut {
    /// Whether it goes away when one waits: a cable, a relay that starts again, a proxy that counts requests.
    fn is_mended_by_waiting(&self) -> bool {
        match self {
            Self::Relay(error) => matches!(error, RelayError::Unreachable(_) | RelayError::Busy),
            Self::Session(SessionError::Fault(fault)) => fault.code == FaultCode::RateLimited,
            Self::Session(_) | Self::Join(_) => false,
        }
    }

    /// That a relay cannot be reached is everyday; that an answer cannot be taken is not.
    fn tell(&self) {
        match self {
            Self::Relay(error) => tracing::debug!(%error, "relay"),
            Self::Session(error) => tracing::warn!(%error, "the conversation with the relay begins again"),
            Self::Join(error) => tracing::error!(%error, "the workspace cannot be entered"),
        }
    }
}

async fn run(app: &App) {
    let mut retry = RETRY_FIRST;
    let mut ear = None;
    loop {
        let Some(address) = app.relay_of_stage() else {
            app.sync_wished().await;
            continue;
        };
        let outcome = match RelayClient::new(&address) {
            Ok(client) => round(app, &client, &mut ear).await,
            Err(error) => Err(error.into()),
        };
        match outcome {
            Ok(()) => retry = RETRY_FIRST,
            Err(error) => {
                error.tell();
                if error.is_mended_by_waiting() {
                    app.note_offline(now());
                } else {
                    app.note_failed(&error.into());
                }
                tokio::select! {
                    () = tokio::time::sleep(retry) => {}
                    () = app.sync_wished() => {}
                }
                retry = (retry * 2).min(RETRY_MAX);
            }
        }
    }
}

impl From<Fault> for Cut {
    fn from(fault: Fault) -> Self {
        SessionError::Fault(fault).into()
    }
}

impl From<Cut> for ApiError {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::Relay(error) => error.into(),
            Cut::Session(error) => error.into(),
            Cut::Join(error) => error.into(),
        }
    }
}

/// Syncs, then waits for a reason to sync again.
async fn round(app: &App, client: &RelayClient, ear: &mut Option<Ear>) -> Result<(), Cut> {
    if matches!(*app.stage(), Stage::Joining(_)) {
        return join(app, client).await;
    }
    app.wake_session();
    while let Some((request, token)) = app.next_question()? {
        let response = client.ask(&request, token.as_ref()).await;
        match response {
            Ok(response) => app.take_answer(response)?,
            Err(error) => {
                app.lost_relay();
                return Err(error.into());
            }
        }
    }
    if app.is_shut_out() {
        *ear = None;
        app.announce(vec![changed("sync")]);
        app.sync_wished().await;
        return Ok(());
    }
    app.note_synced(now());
    let Some(token) = app.relay_token() else { return Ok(()) };
    attend(app, client, token, ear);
    tokio::select! {
        () = app.sync_wished() => Ok(()),
        () = tokio::time::sleep(POLL) => Ok(()),
        ended = hear(app, ear) => ended,
    }
}

/// A stream of hints. It stays open while questions are asked: what is told between two of them would be missed.
struct Ear {
    token: Token,
    listening: JoinHandle<Result<(), RelayError>>,
}

impl Ear {
    fn open(app: &App, client: &RelayClient, token: Token) -> Self {
        let (wish, client, asked) = (app.clone(), client.clone(), token.clone());
        let listening = tokio::spawn(async move {
            let ended = client.listen(&asked, move || wish.wake_sync()).await;
            if ended.is_ok() {
                // It stood, and that is a wish to sync: opened again at once, a stream that ends at once would go round.
                tokio::time::sleep(RETRY_FIRST).await;
            }
            ended
        });
        Self { token, listening }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Sees to it that hints of this session are heard.
fn attend(app: &App, client: &RelayClient, token: Token, ear: &mut Option<Ear>) {
    if ear.as_ref().is_none_or(|ear| ear.token != token || ear.listening.is_finished()) {
        *ear = Some(Ear::open(app, client, token));
    }
}

/// Waits until there are no more hints to be had. A relay without a free place for a listener is asked now and then.
async fn hear(app: &App, ear: &mut Option<Ear>) -> Result<(), Cut> {
    let Some(open) = ear else { return std::future::pending().await };
    let ended = (&mut open.listening).await.unwrap_or(Ok(()));
    *ear = None;
    match ended {
        Ok(()) => {}
        Err(RelayError::Busy) => std::future::pending().await,
        Err(RelayError::TokenEnded) => {
            app.lost_relay();
            tokio::time::sleep(RETRY_FIRST).await;
        }
        Err(error) => {
            app.lost_relay();
            return Err(error.into());
        }
    }
    Ok(())
}

/// Knocks, and looks whether the log names this device by now.
async fn join(app: &App, client: &RelayClient) -> Result<(), Cut> {
    let Some((keys, workspace, request)) = app.join_question() else { return Ok(()) };
    let challenge = match client.ask(&Request::Challenge, None).await? {
        Response::Challenge(challenge) => challenge,
        other => return Err(no_answer(other)),
    };
    let terms = HelloTerms {
        audience: challenge.relay,
        challenge,
        versions: (PROTOCOL_VERSION, PROTOCOL_VERSION),
        workspace,
        keys: *keys.public(),
        incarnation: wire::Incarnation(crate::sync::Entropy::bytes(&mut SystemEntropy)),
    };
    let hello = Request::Hello(Hello::sign(terms, keys.signing()));
    let welcome = match client.ask(&hello, None).await? {
        Response::Welcome(welcome) => welcome,
        other => return Err(no_answer(other)),
    };
    if welcome.is_member {
        let records = whole_log(client, &welcome.token).await?;
        return Ok(app.enter_workspace(&records)?);
    }
    let knock = Request::JoinPut { workspace, request };
    if let Response::Fault(fault) = client.ask(&knock, None).await? {
        app.join_refused(&fault);
        // Whoever made the invite may not have told the relay yet.
        if !matches!(fault.code, FaultCode::InviteUnusable | FaultCode::UnknownWorkspace) {
            return Err(fault.into());
        }
    }
    app.note_knocked();
    tokio::time::sleep(JOIN_POLL).await;
    Ok(())
}

/// Why a relay did not answer the question.
fn no_answer(response: Response) -> Cut {
    match response {
        Response::Fault(fault) => fault.into(),
        _ => SessionError::Unexpected.into(),
    }
}

async fn whole_log(client: &RelayClient, token: &Token) -> Result<Vec<Record>, Cut> {
    let mut records: Vec<Record> = Vec::new();
    loop {
        let after = records.last().map_or(RecordId::ZERO, Record::id);
        let answer = match client.ask(&Request::LogSince { after }, Some(token)).await? {
            Response::Log(answer) => answer,
            other => return Err(no_answer(other)),
        };
        for blob in &answer.records {
            records.push(Record::parse(&blob.0).map_err(|_| SessionError::Unexpected)?);
        }
        if !answer.has_more {
            return Ok(records);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpListener,
        sync::{
            Arc,
            atomic::{AtomicU32, Ordering},
        },
    };

    use super::*;

    /// A proxy that passes no stream on answers it well and ends it at once. Each time it stands is a wish to sync.
    #[tokio::test]
    async fn a_stream_of_hints_that_ends_at_once_is_not_opened_again_without_a_pause() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let opened = Arc::new(AtomicU32::new(0));
        std::thread::spawn({
            let opened = Arc::clone(&opened);
            move || {
                for mut caller in listener.incoming().map_while(Result::ok) {
                    let _read = caller.read(&mut [0; 4_096]).unwrap();
                    opened.fetch_add(1, Ordering::SeqCst);
                    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                    caller.write_all(answer.as_bytes()).unwrap();
                }
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Some("bốn mùa hoa".to_owned().into())).unwrap();
        let client = RelayClient::new(&url).unwrap();
        let token = Token(vec![1].into());
        let mut ear = None;
        app.sync_wished().await;
        for _round in 0..5 {
            attend(&app, &client, token.clone(), &mut ear);
            tokio::select! {
                () = app.sync_wished() => {}
                _ = hear(&app, &mut ear) => break,
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(opened.load(Ordering::SeqCst), 1);
    }
}
