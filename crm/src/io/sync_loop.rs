//! The thread that talks to the relay: when something was written here, when a hint comes, and now and then.

use std::time::Duration;

use wire::{
    RecordId,
    membership::Record,
    protocol::{Hello, HelloTerms, PROTOCOL_VERSION, Request, Response, Token},
};

use super::{RelayClient, RelayError, SystemEntropy, now};
use crate::{
    app::{App, Stage},
    sync::SessionError,
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
}

impl Cut {
    /// That a relay cannot be reached is everyday; that an answer cannot be taken is not.
    fn tell(&self) {
        match self {
            Self::Relay(error) => tracing::debug!(%error, "relay"),
            Self::Session(error) => tracing::warn!(%error, "the conversation with the relay begins again"),
        }
    }
}

async fn run(app: &App) {
    let mut retry = RETRY_FIRST;
    loop {
        let Some(address) = app.relay_of_stage() else {
            app.sync_wished().await;
            continue;
        };
        let outcome = match RelayClient::new(&address) {
            Ok(client) => round(app, &client).await,
            Err(error) => Err(error.into()),
        };
        match outcome {
            Ok(()) => retry = RETRY_FIRST,
            Err(error) => {
                error.tell();
                app.note_offline(now());
                tokio::select! {
                    () = tokio::time::sleep(retry) => {}
                    () = app.sync_wished() => {}
                }
                retry = (retry * 2).min(RETRY_MAX);
            }
        }
    }
}

/// Syncs, then waits for a reason to sync again.
async fn round(app: &App, client: &RelayClient) -> Result<(), Cut> {
    if matches!(*app.stage(), Stage::Joining(_)) {
        return Ok(join(app, client).await?);
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
    app.note_synced(now());
    let Some(token) = app.relay_token() else { return Ok(()) };
    let wish = app.clone();
    tokio::select! {
        () = app.sync_wished() => Ok(()),
        () = tokio::time::sleep(POLL) => Ok(()),
        ended = client.listen(&token, move || wish.wake_sync()) => match ended {
            Ok(()) => Ok(()),
            Err(error) => {
                app.lost_relay();
                Err(error.into())
            }
        },
    }
}

/// Knocks, and looks whether the log names this device by now.
async fn join(app: &App, client: &RelayClient) -> Result<(), RelayError> {
    let Some((keys, workspace, request)) = app.join_question() else { return Ok(()) };
    let Response::Challenge(challenge) = client.ask(&Request::Challenge, None).await? else {
        return Err(RelayError::NotARelay);
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
    let Response::Welcome(welcome) = client.ask(&hello, None).await? else {
        return Err(RelayError::NotARelay);
    };
    if welcome.is_member {
        let records = whole_log(client, &welcome.token).await?;
        app.enter_workspace(&records);
        return Ok(());
    }
    let knock = Request::JoinPut { workspace, request };
    if let Response::Fault(fault) = client.ask(&knock, None).await? {
        app.join_refused(&fault);
    }
    tokio::time::sleep(JOIN_POLL).await;
    Ok(())
}

async fn whole_log(client: &RelayClient, token: &Token) -> Result<Vec<Record>, RelayError> {
    let mut records: Vec<Record> = Vec::new();
    loop {
        let after = records.last().map_or(RecordId::ZERO, Record::id);
        let Response::Log(answer) = client.ask(&Request::LogSince { after }, Some(token)).await? else {
            return Err(RelayError::NotARelay);
        };
        for blob in &answer.records {
            records.push(Record::parse(&blob.0).map_err(|_| RelayError::NotARelay)?);
        }
        if !answer.has_more {
            return Ok(records);
        }
    }
}
