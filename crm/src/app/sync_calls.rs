//! Sync as screens see it: the badge, devices, invites, who knocks.

use std::collections::BTreeMap;

use crdt::Cause;
use wire::{DeviceId, InviteId, SpaceId, membership::Role};

use super::{ApiError, App, Stage, changed, kit_calls, lock, workspace};
use crate::{
    api::args::{Done, NoArgs, RelayArgs},
    definition::{self, edit::DefinitionEdit, model::Content},
    edit::Edit,
    id::{AtMs, BranchId, DefinitionId},
    io::{RelayClient, SystemEntropy, now},
    store::{
        change_log,
        chunk::{self, ChunkState},
    },
    sync::{
        Replica, SyncNotice, SyncState,
        view::{
            BranchHeard, DeviceView, InviteArgs, InviteView, JoinRequestView, NamedArgs, OpenInvite,
            SyncStatus,
        },
    },
};

/// How soon the relay is asked again who knocks, in milliseconds. Screens ask whenever a round has ended, and each
/// such question begins a round: without a pause they would go round and round.
const LOOK_AGAIN_MS: u64 = 2_000;

impl App {
    /// The badge and what stands behind it.
    ///
    /// # Errors
    /// [`ApiError`] if the database refuses.
    pub fn sync_status(&self, _: NoArgs) -> Result<SyncStatus, ApiError> {
        let reach = lock(&self.inner.sync_status).clone();
        let (state, notice) = {
            let session = lock(&self.inner.session);
            (session.state(), session.notice())
        };
        self.read(|conn, _| -> Result<SyncStatus, ApiError> {
            let (relay_url, unreadable) = match workspace::relay_url(conn) {
                Ok(url) => (url, None),
                Err(error) => (None, Some(error.code)),
            };
            let waiting = change_log::count_unsealed(conn)? + chunk::count(conn, ChunkState::Unsent)?;
            let stopped = match (state, notice) {
                (SyncState::Revoked, _) => Some("device_revoked".to_owned()),
                (SyncState::Synced, Some(notice)) if waiting > 0 => stop_code(notice).map(str::to_owned),
                _ => None,
            };
            let stopped = unreadable.or(reach.stopped).or(stopped);
            let word = match (relay_url.is_some(), reach.offline_since.is_some(), state) {
                _ if stopped.is_some() => "stopped",
                (false, ..) => "noRelay",
                (true, true, _) | (true, _, SyncState::Offline | SyncState::Revoked) => "offline",
                (true, _, SyncState::Synced) if waiting == 0 => "synced",
                _ => "syncing",
            };
            // What stops sync is said once.
            let notice = notice.filter(|notice| stopped.is_none() || stop_code(*notice).is_none());
            Ok(SyncStatus {
                state: word.to_owned(),
                waiting,
                offline_since_ms: reach.offline_since,
                synced_at_ms: reach.synced_at,
                last_heard: last_heard(conn)?,
                quarantined: chunk::count(conn, ChunkState::Quarantined)?,
                held_back: chunk::count(conn, ChunkState::Held)?,
                notice: notice.map(|notice| notice_word(notice).to_owned()),
                stopped,
                relay_url,
            })
        })
    }

    /// Asks for a sync at once.
    ///
    /// # Errors
    /// [`ApiError`] if the database refuses.
    pub fn sync_now(&self, args: NoArgs) -> Result<SyncStatus, ApiError> {
        self.wake_sync();
        self.sync_status(args)
    }

    /// Names the relay, or takes the device off it.
    ///
    /// # Errors
    /// [`ApiError`] if the text is no address.
    pub fn set_relay(&self, args: RelayArgs) -> Result<SyncStatus, ApiError> {
        let url = args.url.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
        if let Some(url) = &url {
            RelayClient::new(url)?;
        }
        self.put_relay_url(url)?;
        lock(&self.inner.session).disconnect();
        self.forget_reach();
        self.announce(vec![changed("sync"), changed("session")]);
        self.sync_now(NoArgs::default())
    }

    /// Every device of the centre, this one first.
    ///
    /// # Errors
    /// [`ApiError`] if the database refuses.
    pub fn devices(&self, _: NoArgs) -> Result<Vec<DeviceView>, ApiError> {
        self.write(|replica| {
            let conn = replica.engine.conn();
            let branch_of = branches_by_space(conn)?;
            let heard: BTreeMap<DeviceId, AtMs> = chunk::last_heard_by_device(conn)?.into_iter().collect();
            let kits = kit_calls::kit_marks(replica);
            let mut views = Vec::new();
            for (id, member) in replica.log().state().members() {
                let content = definition::query::content(conn, DefinitionId(id.0))?;
                let (name, staff) = match content {
                    Some(Content::Device { name, staff }) => (name, staff),
                    _ => (format!("#{}", &id.to_string()[..6]), None),
                };
                let (kit_made_at_ms, kit_used_at_ms) = kits.get(&id).copied().unwrap_or_default();
                views.push(DeviceView {
                    id: id.to_string(),
                    name,
                    role: workspace::role_word(member.role()).to_owned(),
                    branches: branches(&branch_of, member.standing().spaces.iter()),
                    staff,
                    last_heard_ms: heard.get(&id).copied(),
                    is_this: id == replica.device(),
                    is_active: member.is_active(),
                    kit_made_at_ms,
                    kit_used_at_ms,
                });
            }
            let order =
                |view: &DeviceView| (!view.is_this, !view.is_active, view.kit_made_at_ms, view.name.clone());
            views.sort_by_key(order);
            Ok(views)
        })
    }

    /// Makes an invite.
    ///
    /// # Errors
    /// [`ApiError`] if there is no relay, the role does not allow it, or a branch is not held here.
    pub fn make_invite(&self, args: InviteArgs) -> Result<InviteView, ApiError> {
        let role = role_of_word(&args.role)?;
        let view = self.write(|replica| {
            let relay_url = workspace::relay_url(replica.engine.conn())?
                .ok_or_else(|| ApiError::new("no_relay", "set the relay's address first"))?;
            let mut spaces = Vec::new();
            if args.branches.is_empty() && role.may_administer() {
                // A manager's device holds all branches unless some are named.
                let shared = replica.engine.author().shared_space;
                spaces = replica.spaces().into_iter().filter(|space| *space != shared).collect();
            }
            for branch in &args.branches {
                let space = definition::query::space_of_branch(replica.engine.conn(), *branch)?;
                spaces.push(space.ok_or_else(|| ApiError::new("not_found", "no such branch"))?);
            }
            let at = now();
            let link = replica.make_invite(&relay_url, role, spaces, at, &mut SystemEntropy)?;
            let text = link.to_string();
            Ok(InviteView {
                id: link.code.id().to_string(),
                qr_svg: qr_svg(&text)?,
                text,
                expires_at_ms: AtMs(at.0 + crate::sync::INVITE_AGE_MS),
            })
        })?;
        self.announce(vec![changed("sync")]);
        self.wake_sync();
        Ok(view)
    }

    /// Invites that can still be answered.
    ///
    /// # Errors
    /// [`ApiError`] if the database refuses.
    pub fn open_invites(&self, _: NoArgs) -> Result<Vec<OpenInvite>, ApiError> {
        self.write(|replica| {
            let branch_of = branches_by_space(replica.engine.conn())?;
            let now_ms = u64::try_from(now().0).unwrap_or(0);
            let state = replica.log().state();
            Ok(state
                .invites()
                .filter(|(_, invite)| invite.is_usable(now_ms))
                .map(|(id, invite)| OpenInvite {
                    id: id.to_string(),
                    role: workspace::role_word(invite.role).to_owned(),
                    branches: branches(&branch_of, invite.spaces.iter()),
                    expires_at_ms: AtMs(i64::try_from(invite.expires_at_ms).unwrap_or(i64::MAX)),
                })
                .collect())
        })
    }

    /// Ends an invite early.
    ///
    /// # Errors
    /// [`ApiError`] if the text names no invite or the role does not allow it.
    pub fn withdraw_invite(&self, args: NamedArgs) -> Result<Done, ApiError> {
        let id: InviteId = args.id.parse().map_err(|_| ApiError::new("bad_argument", "not an invite"))?;
        self.write(|replica| Ok(replica.withdraw_invite(id, now())?))?;
        self.announce(vec![changed("sync")]);
        self.wake_sync();
        Ok(Done {})
    }

    /// Who knocks.
    ///
    /// # Errors
    /// [`ApiError`] if the database refuses.
    pub fn joins(&self, _: NoArgs) -> Result<Vec<JoinRequestView>, ApiError> {
        let requests = lock(&self.inner.session).joins().to_vec();
        if self.may_look_for_joins() {
            lock(&self.inner.session).look_for_joins();
            self.wake_sync();
        }
        self.write(|replica| {
            let branch_of = branches_by_space(replica.engine.conn())?;
            let mut views = Vec::new();
            for request in requests {
                let Some(invite) = replica.log().state().invite(request.invite) else { continue };
                if !invite.is_open {
                    continue;
                }
                views.push(JoinRequestView {
                    id: request.keys.device_id().to_string(),
                    device_name: replica.name_of_join(&request)?.unwrap_or_default(),
                    fingerprint: replica.fingerprint_of(&request),
                    role: workspace::role_word(invite.role).to_owned(),
                    branches: branches(&branch_of, invite.spaces.iter()),
                });
            }
            Ok(views)
        })
    }

    fn may_look_for_joins(&self) -> bool {
        let mut looked_at = lock(&self.inner.joins_looked_at);
        let now = now();
        // A clock that was put back counts as time that went by.
        let may = looked_at.is_none_or(|at| (now.0 - at.0).unsigned_abs() >= LOOK_AGAIN_MS);
        if may {
            *looked_at = Some(now);
        }
        may
    }

    /// Lets a device in whose fingerprint was compared on both screens.
    ///
    /// # Errors
    /// [`ApiError`] if it does not knock any more or its invite cannot be used.
    pub fn approve_join(&self, args: NamedArgs) -> Result<Done, ApiError> {
        let request = lock(&self.inner.session)
            .joins()
            .iter()
            .find(|request| request.keys.device_id().to_string() == args.id)
            .cloned()
            .ok_or_else(|| ApiError::new("not_found", "no such device knocks"))?;
        self.write(|replica| {
            let name = replica.name_of_join(&request)?.unwrap_or_default();
            let device = replica.admit(&request, now(), &mut SystemEntropy)?;
            name_device(replica, device, &name)
        })?;
        lock(&self.inner.session).forget_join(request.keys.device_id());
        self.announce(vec![changed("sync"), changed("definition")]);
        self.wake_sync();
        Ok(Done {})
    }

    /// Sends a device away that knocks.
    ///
    /// # Errors
    /// [`ApiError`] if the text names no device.
    pub fn reject_join(&self, args: NamedArgs) -> Result<Done, ApiError> {
        let device: DeviceId = args.id.parse().map_err(|_| ApiError::new("bad_argument", "not a device"))?;
        lock(&self.inner.session).forget_join(device);
        self.announce(vec![changed("sync")]);
        self.wake_sync();
        Ok(Done {})
    }

    /// Whether there is anything that sync could work on.
    pub(crate) fn relay_of_stage(&self) -> Option<String> {
        match &*self.stage() {
            Stage::Ready(replica) => workspace::relay_url(replica.engine.conn()).ok().flatten(),
            Stage::Joining(joining) => Some(joining.ticket.link.relay_url.clone()),
            Stage::Fresh(_) | Stage::Locked => None,
        }
    }
}

pub(super) fn name_device(replica: &mut Replica, device: DeviceId, name: &str) -> Result<(), ApiError> {
    if name.trim().is_empty() {
        return Ok(());
    }
    let edit = DefinitionEdit::Device { name: name.to_owned(), staff: None };
    let edit = Edit::Definition { id: DefinitionId(device.0), edit };
    replica.engine.act(workspace::new_action(Cause::PERSON), &[edit])?;
    Ok(())
}

fn role_of_word(word: &str) -> Result<Role, ApiError> {
    Role::ALL
        .into_iter()
        .find(|role| workspace::role_word(*role) == word)
        .ok_or_else(|| ApiError::new("bad_argument", "no such role"))
}

fn branches_by_space(conn: &rusqlite::Connection) -> Result<BTreeMap<SpaceId, BranchId>, ApiError> {
    let pairs = definition::query::branch_spaces(conn)?;
    Ok(pairs.into_iter().map(|(branch, space)| (space, branch)).collect())
}

fn branches<'a>(
    by_space: &BTreeMap<SpaceId, BranchId>,
    spaces: impl Iterator<Item = &'a SpaceId>,
) -> Vec<BranchId> {
    spaces.filter_map(|space| by_space.get(space).copied()).collect()
}

fn last_heard(conn: &rusqlite::Connection) -> Result<Vec<BranchHeard>, ApiError> {
    let mut heard = Vec::new();
    for (branch, space) in definition::query::branch_spaces(conn)? {
        heard.push(BranchHeard { branch, at_ms: chunk::last_heard_of_space(conn, space)? });
    }
    Ok(heard)
}

fn notice_word(notice: SyncNotice) -> &'static str {
    match notice {
        SyncNotice::RelayRefilled => "relayRefilled",
        SyncNotice::ClockWrong => "clockWrong",
        SyncNotice::QuotaFull => "quotaFull",
        SyncNotice::NotAccepted => "notAccepted",
        SyncNotice::ApprovalRefused => "approvalRefused",
        SyncNotice::DecisionRefused => "decisionRefused",
        SyncNotice::NewIncarnation => "newIncarnation",
        SyncNotice::LogForked => "logForked",
    }
}

/// The code of an error for a notice that keeps what was written here from being sent.
fn stop_code(notice: SyncNotice) -> Option<&'static str> {
    match notice {
        SyncNotice::QuotaFull => Some("relay_full"),
        SyncNotice::NotAccepted => Some("relay_refuses_changes"),
        SyncNotice::LogForked => Some("relay_log_forked"),
        SyncNotice::RelayRefilled
        | SyncNotice::ClockWrong
        | SyncNotice::ApprovalRefused
        | SyncNotice::DecisionRefused
        | SyncNotice::NewIncarnation => None,
    }
}

pub(super) fn qr_svg(text: &str) -> Result<String, ApiError> {
    let code = qrcode::QrCode::new(text.as_bytes()).map_err(|error| ApiError::new("too_long", error))?;
    Ok(code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).quiet_zone(true).build())
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use serde_json::json;

    use super::*;
    use crate::api::{Transport, call};

    /// The screen that shows who knocks asks again when a round has ended, for a round may have brought somebody.
    #[test]
    fn an_answer_about_who_knocks_does_not_begin_the_round_after_which_it_is_asked_for_again() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Some("bốn mùa hoa".to_owned().into())).unwrap();
        let ask = |name: &str, args| call(&app, Transport::Window, name, args).unwrap();
        let centre = json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
            "branches": ["Quận 1"], "relayUrl": "http://127.0.0.1:9" });
        ask("workspace.create", centre);
        assert!(app.sync_wished().now_or_never().is_some());
        ask("join.list", json!(null));
        assert!(app.sync_wished().now_or_never().is_some(), "it looks");
        ask("join.list", json!(null));
        assert!(app.sync_wished().now_or_never().is_none(), "it has just looked");
    }
}
