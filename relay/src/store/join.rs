//! Requests to join that wait for an admin's device.

use rusqlite::named_params;
use wire::{
    DeviceId, WorkspaceId,
    limits::JOIN_REQUESTS_MAX,
    protocol::{JoinRequest, decode, encode},
};

use super::{Hint, Store, StoreError};

impl Store {
    /// Keeps a request, replacing an older one of the same device. Returns false if too many wait.
    pub(crate) fn put_join(&self, workspace: WorkspaceId, request: &JoinRequest) -> Result<bool, StoreError> {
        let device = request.keys.device_id();
        let stored = self
            .writer()
            .prepare_cached(
                "INSERT INTO join_request (workspace, device, bytes)
                 SELECT :workspace, :device, :bytes
                 WHERE (SELECT count(*) FROM join_request
                        WHERE workspace = :workspace AND device <> :device) < :most
                 ON CONFLICT (workspace, device) DO UPDATE SET bytes = excluded.bytes",
            )?
            .execute(named_params! {
                ":workspace": workspace.0,
                ":device": device.0,
                ":bytes": encode(request),
                ":most": JOIN_REQUESTS_MAX as i64,
            })?;
        if stored > 0 {
            self.announce(Hint::Join { workspace });
        }
        Ok(stored > 0)
    }

    /// The requests that wait, in order of the devices' names.
    pub(crate) fn joins(&self, workspace: WorkspaceId) -> Result<Vec<JoinRequest>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT bytes FROM join_request WHERE workspace = :workspace ORDER BY device",
            )?;
            let rows = statement.query_map(named_params! { ":workspace": workspace.0 }, |row| row.get(0))?;
            let stored: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
            stored
                .iter()
                .map(|bytes| decode(bytes).map_err(|error| StoreError::Damaged(error.to_string())))
                .collect()
        })
    }

    /// Forgets the request of a device, if there is one.
    pub(crate) fn remove_join(&self, workspace: WorkspaceId, device: DeviceId) -> Result<(), StoreError> {
        self.writer()
            .prepare_cached("DELETE FROM join_request WHERE workspace = :workspace AND device = :device")?
            .execute(named_params! { ":workspace": workspace.0, ":device": device.0 })?;
        Ok(())
    }
}
