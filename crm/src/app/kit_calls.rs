//! Recovery kits at the door: one is made, or brings the centre back on this device.

use std::collections::BTreeMap;

use wire::DeviceId;

use super::{
    ApiError, App, AppError, Fresh, Stage, changed, device, lock, sync_calls, workspace,
    workspace::{SETTINGS, settings_with_relay, take_fresh},
};
use crate::{
    api::args::NoArgs,
    bounds::NAME_CHARS_MAX,
    id::AtMs,
    io::{self, RelayClient, SystemEntropy, now},
    session::view::{RecoverArgs, Session},
    store::{StoreError, setting},
    sync::{KitState, Kits, NotEntered, Recovery, Replica, view::KitView},
};

impl App {
    /// Makes a recovery kit. It is shown once and kept nowhere; the relay takes it with the next round.
    ///
    /// # Errors
    /// [`ApiError`] if there is no relay, none was met yet, or this is no owner's device.
    pub fn make_kit(&self, _: NoArgs) -> Result<KitView, ApiError> {
        let view = self.write(|replica| {
            let relay_url = workspace::relay_url(replica.engine.conn())?
                .ok_or_else(|| ApiError::new("no_relay", "set the relay's address first"))?;
            let at = now();
            let kit = replica.make_kit(&relay_url, at, &mut SystemEntropy)?;
            let text = kit.to_string();
            Ok(KitView {
                id: kit.code.device_keys().device_id().to_string(),
                // Capital letters make fewer and larger squares, which a camera reads off paper.
                qr_svg: sync_calls::qr_svg(&text.to_uppercase())?,
                text,
                made_at_ms: at,
                relay_url,
            })
        })?;
        self.announce(vec![changed("sync"), changed("session")]);
        self.wake_sync();
        Ok(view)
    }

    /// Brings a centre back on a device that belongs to none: the kit lets it in as an owner's device, and what the
    /// relay holds follows. No other device is needed.
    ///
    /// # Errors
    /// [`ApiError`] if the text is no kit, the relay cannot be reached or does not know it, or this device belongs to a
    /// centre already; then the device is as it was, and the same kit may be tried again.
    pub fn recover(&self, args: RecoverArgs) -> Result<Session, ApiError> {
        let name = args.device_name.trim();
        if name.chars().count() > NAME_CHARS_MAX {
            return Err(ApiError::new("too_long", "the name of the device is too long"));
        }
        let newcomer = match &*self.stage() {
            Stage::Fresh(fresh) => *fresh.keys.public(),
            Stage::Locked => return Err(AppError::Locked.into()),
            Stage::Joining(_) | Stage::Ready(_) => return Err(AppError::HasWorkspace.into()),
        };
        let mut recovery = Recovery::new(&args.kit, newcomer, &mut SystemEntropy)?;
        let moved = args.relay_url.as_deref().map(str::trim).filter(|url| !url.is_empty());
        let relay_url = moved.unwrap_or(recovery.relay_url()).to_owned();
        RelayClient::new(&relay_url)?;
        // The relay is asked while nobody is kept from looking at this device.
        io::recover(&relay_url, &mut recovery)?;
        self.enter_recovered(&recovery, relay_url, name)?;
        self.write(|replica| sync_calls::name_device(replica, replica.device(), name))?;
        self.announce(vec![changed("session"), changed("definition"), changed("contact")]);
        self.wake_sync();
        self.session(NoArgs::default())
    }

    fn enter_recovered(&self, recovery: &Recovery, relay_url: String, name: &str) -> Result<(), ApiError> {
        let mut stage = self.stage();
        let (mut conn, keys) = take_fresh(&mut stage)?;
        if let Err(error) = keep_relay(&mut conn, relay_url, name) {
            *stage = Stage::Fresh(Box::new(Fresh { conn, keys }));
            return Err(error);
        }
        match recovery.enter(conn, keys, &mut SystemEntropy) {
            Ok(replica) => *stage = Stage::Ready(Box::new(replica)),
            Err(NotEntered { error, back }) => {
                let (conn, keys) = *back;
                *stage = Stage::Fresh(Box::new(Fresh { conn, keys }));
                return Err(error.into());
            }
        }
        lock(&self.inner.session).disconnect();
        Ok(())
    }
}

/// The relay's address and the device's name, as one who was invited keeps them.
fn keep_relay(conn: &mut rusqlite::Connection, relay_url: String, name: &str) -> Result<(), ApiError> {
    let settings = settings_with_relay(conn, Some(relay_url))?;
    let tx = conn.transaction().map_err(StoreError::from)?;
    setting::put(&tx, SETTINGS, &settings)?;
    setting::put(&tx, device::JOIN_NAME, name)?;
    tx.commit().map_err(StoreError::from)?;
    Ok(())
}

/// What a list of devices says of kits: when each was made, and when it, or the device that it let in, was used.
pub(super) fn kit_marks(replica: &Replica) -> BTreeMap<DeviceId, (Option<AtMs>, Option<AtMs>)> {
    let Kits { made, let_in } = Kits::of(replica.log());
    let kits = made.into_iter().map(|(device, kit)| (device, (Some(kit.made_at), kit.used_at)));
    kits.chain(let_in.into_iter().map(|(device, at)| (device, (None, Some(at))))).collect()
}

/// How the centre stands with its kits, where an owner should know.
pub(super) fn kit_word(replica: &Replica, is_sample: bool) -> Result<Option<&'static str>, ApiError> {
    if is_sample || replica.engine.author().role != wire::membership::Role::Owner {
        return Ok(None);
    }
    Ok(Some(match replica.kit_state()? {
        KitState::Missing => "missing",
        KitState::Waiting => "waiting",
        KitState::Ready => "ready",
        KitState::Used => "used",
    }))
}
