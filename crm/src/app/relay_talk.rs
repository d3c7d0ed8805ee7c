//! What the sync thread does with the device between two questions.

use crdt::seal::DeviceKeys;
use rusqlite::Connection;
use wire::{
    WorkspaceId,
    membership::Record,
    protocol::{Fault, FaultCode, JoinRequest, Request, Response, Token},
};

use super::{ApiError, App, Fresh, Joining, Stage, changed, device, lock};
use crate::{
    api::args::NoArgs,
    io::{SystemEntropy, now},
    session::view::Session,
    store::{StoreError, setting},
    sync::{JoinError, NotEntered, SessionError, SyncState},
};

/// Refusals before a device gives an invite up. The first ones may only mean that the device that made the invite
/// has not told the relay yet.
const REFUSALS_MAX: u32 = 5;

impl App {
    pub(crate) async fn sync_wished(&self) {
        self.inner.sync_wish.notified().await;
    }

    pub(crate) fn wake_session(&self) {
        if let Stage::Ready(replica) = &*self.stage() {
            lock(&self.inner.session).wake(replica);
        }
    }

    pub(crate) fn next_question(&self) -> Result<Option<(Request, Option<Token>)>, SessionError> {
        let mut stage = self.stage();
        let Stage::Ready(replica) = &mut *stage else { return Ok(None) };
        let mut session = lock(&self.inner.session);
        let request = session.next(replica, now(), &mut SystemEntropy)?;
        Ok(request.map(|request| (request, session.token().cloned())))
    }

    pub(crate) fn take_answer(&self, response: Response) -> Result<(), SessionError> {
        let progress = {
            let mut stage = self.stage();
            let Stage::Ready(replica) = &mut *stage else { return Ok(()) };
            lock(&self.inner.session).answer(replica, response, now(), &mut SystemEntropy)?
        };
        self.announce(progress.changed);
        Ok(())
    }

    pub(crate) fn lost_relay(&self) {
        lock(&self.inner.session).disconnect();
    }

    /// The token of the present session with the relay, if there is one.
    pub fn relay_token(&self) -> Option<Token> {
        lock(&self.inner.session).token().cloned()
    }

    /// Whether the log says that this device was removed: there is nothing to ask any more.
    pub(crate) fn is_shut_out(&self) -> bool {
        lock(&self.inner.session).state() == SyncState::Revoked
    }

    pub(crate) fn join_question(&self) -> Option<(DeviceKeys, WorkspaceId, JoinRequest)> {
        let stage = self.stage();
        let Stage::Joining(joining) = &*stage else { return None };
        let keys = DeviceKeys::from_secret_bytes(&*joining.keys.to_secret_bytes())?;
        Some((keys, joining.ticket.link.workspace(), joining.ticket.request.clone()))
    }

    /// The log names this device: it becomes a device of the workspace.
    ///
    /// # Errors
    /// [`JoinError`] if the log or the disk refuses; then it goes on knocking, and the log is offered again.
    pub(crate) fn enter_workspace(&self, records: &[Record]) -> Result<(), JoinError> {
        {
            let mut stage = self.stage();
            if !matches!(*stage, Stage::Joining(_)) {
                return Ok(());
            }
            let Stage::Joining(joining) = std::mem::replace(&mut *stage, Stage::Locked) else {
                return Ok(());
            };
            let Joining { conn, keys, ticket, refusals } = *joining;
            match ticket.enter(conn, keys, records, &mut SystemEntropy) {
                Ok(replica) => *stage = Stage::Ready(Box::new(replica)),
                Err(NotEntered { error, back }) => {
                    let (conn, keys) = *back;
                    *stage = Stage::Joining(Box::new(Joining { conn, keys, ticket, refusals }));
                    return Err(error);
                }
            }
        }
        self.announce(vec![changed("session"), changed("definition"), changed("contact")]);
        Ok(())
    }

    /// The invite was used, withdrawn or has ended, and the relay said so several times: back to the first screen.
    pub(crate) fn join_refused(&self, fault: &Fault) {
        if fault.code != FaultCode::InviteUnusable {
            return;
        }
        {
            let mut stage = self.stage();
            let Stage::Joining(waiting) = &mut *stage else { return };
            waiting.refusals += 1;
            if waiting.refusals < REFUSALS_MAX {
                return;
            }
            if let Err(error) = forget_invite(&mut waiting.conn) {
                tracing::debug!(%error, "the refused invite is asked about again at the next start");
            }
            end_join(&mut stage);
        }
        let mut refused = changed("session");
        refused.cause = "inviteUnusable".to_owned();
        self.announce(vec![refused]);
    }

    /// Stops waiting to be let in: back to the first screen. A device that waits for nothing stays where it stands;
    /// so does one that was let in a moment before.
    ///
    /// # Errors
    /// [`ApiError`] if the disk refuses; then it goes on waiting.
    pub fn stop_join(&self, _: NoArgs) -> Result<Session, ApiError> {
        {
            let mut stage = self.stage();
            if let Stage::Joining(joining) = &mut *stage {
                forget_invite(&mut joining.conn)?;
                end_join(&mut stage);
            }
        }
        self.announce(vec![changed("session")]);
        self.session(NoArgs::default())
    }
}

/// After the next start nobody waits for this invite any more.
fn forget_invite(conn: &mut Connection) -> Result<(), StoreError> {
    let tx = conn.transaction()?;
    setting::remove(&tx, device::JOIN_INVITE)?;
    tx.commit()?;
    Ok(())
}

fn end_join(stage: &mut Stage) {
    match std::mem::replace(stage, Stage::Locked) {
        Stage::Joining(joining) => {
            let Joining { conn, keys, .. } = *joining;
            *stage = Stage::Fresh(Box::new(Fresh { conn, keys }));
        }
        other => *stage = other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::{Transport, call};

    fn device(folder: &std::path::Path) -> App {
        App::open(folder, Some("bốn mùa hoa".to_owned().into())).unwrap()
    }

    #[test]
    fn an_invite_that_the_relay_does_not_know_yet_is_not_given_up_at_once() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (founder, second) = (device(here.path()), device(there.path()));
        let ask = |app: &App, name: &str, args| call(app, Transport::CommandLine, name, args).unwrap();
        let centre = json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
            "branches": ["Quận 1"], "relayUrl": "http://127.0.0.1:9" });
        ask(&founder, "workspace.create", centre);
        let invite = ask(&founder, "invite.make", json!({ "role": "staff", "branches": [] }));
        ask(&second, "workspace.join", json!({ "invite": invite["text"], "deviceName": "Bàn 2" }));

        let fault = Fault { code: FaultCode::InviteUnusable, message: String::new() };
        for _ in 1..REFUSALS_MAX {
            second.join_refused(&fault);
            assert!(matches!(*second.stage(), Stage::Joining(_)));
        }
        second.join_refused(&fault);
        assert!(matches!(*second.stage(), Stage::Fresh(_)));
    }

    #[test]
    fn who_waits_to_be_let_in_may_stop_and_begin_otherwise() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (founder, second) = (device(here.path()), device(there.path()));
        let ask = |app: &App, name: &str, args| call(app, Transport::Window, name, args).unwrap();
        let centre = |relay: &str| {
            json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
                "branches": ["Quận 1"], "relayUrl": relay })
        };
        ask(&founder, "workspace.create", centre("http://127.0.0.1:9"));
        let invite = ask(&founder, "invite.make", json!({ "role": "staff", "branches": [] }));
        let join = json!({ "invite": invite["text"], "deviceName": "Bàn 2" });
        let nothing = || json!({});

        ask(&second, "workspace.join", join.clone());
        let (_, _, request) = second.join_question().unwrap();
        if let Stage::Joining(joining) = &mut *second.stage() {
            joining.conn.commit_hook(Some(|| true)).unwrap();
        }
        assert!(
            call(&second, Transport::Window, "workspace.stopJoin", nothing()).is_err(),
            "the disk refuses"
        );
        assert!(matches!(*second.stage(), Stage::Joining(_)), "it goes on waiting");
        if let Stage::Joining(joining) = &mut *second.stage() {
            joining.conn.commit_hook(None::<fn() -> bool>).unwrap();
        }
        assert_eq!(ask(&second, "workspace.stopJoin", nothing())["stage"], "fresh");
        assert_eq!(ask(&second, "workspace.stopJoin", nothing())["stage"], "fresh", "once more does no harm");
        drop(second);
        let second = device(there.path());
        assert_eq!(ask(&second, "session.get", nothing())["stage"], "fresh", "after a start too");

        // The manager let it in all the same: whoever stopped stays out, and comes in by asking again.
        let records = founder
            .write(|replica| {
                replica.admit(&request, now(), &mut SystemEntropy)?;
                Ok(replica.log().records().to_vec())
            })
            .unwrap();
        second.enter_workspace(&records).unwrap();
        assert!(matches!(*second.stage(), Stage::Fresh(_)));
        ask(&second, "workspace.join", join);
        second.enter_workspace(&records).unwrap();
        assert_eq!(ask(&second, "workspace.stopJoin", nothing())["stage"], "ready", "let in a moment before");
    }
}
