//! Where the spaces of a workspace stand.

use rusqlite::{Connection, OptionalExtension, named_params};
use wire::{
    ChunkId, Incarnation, LogHash, SpaceId, WorkspaceId,
    protocol::{Held, SpaceHead},
};

use super::{Store, StoreError};

/// A space as the database knows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpaceRow {
    pub(super) key: i64,
    pub(super) head: SpaceHead,
}

impl Store {
    /// Where a space stands; an unknown one stands at 0.
    ///
    /// # Errors
    /// [`StoreError`] if the database fails.
    pub fn head(&self, workspace: WorkspaceId, space: SpaceId) -> Result<SpaceHead, StoreError> {
        self.read(|connection| {
            let row = find_space(connection, workspace, space)?;
            Ok(row.map_or_else(|| empty(space), |row| row.head))
        })
    }

    /// The newest chunk of a device in each space and incarnation.
    pub(crate) fn held(
        &self,
        workspace: WorkspaceId,
        device: wire::DeviceId,
    ) -> Result<Vec<Held>, StoreError> {
        self.read(|connection| {
            // SQLite takes the other columns from the row that has the maximum.
            let mut statement = connection.prepare_cached(
                "SELECT space.id, chunk.incarnation, max(chunk.device_seq), chunk.id
                 FROM space JOIN chunk ON chunk.space = space.key
                 WHERE space.workspace = :workspace AND chunk.device = :device
                 GROUP BY space.key, chunk.incarnation
                 ORDER BY space.id, chunk.incarnation",
            )?;
            let params = named_params! { ":workspace": workspace.0, ":device": device.0 };
            let rows = statement.query_map(params, |row| {
                Ok(Held {
                    space: SpaceId(row.get(0)?),
                    incarnation: Incarnation(row.get(1)?),
                    device_seq: row.get::<_, i64>(2)?.unsigned_abs(),
                    chunk: ChunkId(row.get(3)?),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

pub(super) fn empty(space: SpaceId) -> SpaceHead {
    SpaceHead { space, seq: 0, hash: LogHash::ZERO }
}

pub(super) fn find_space(
    connection: &Connection,
    workspace: WorkspaceId,
    space: SpaceId,
) -> Result<Option<SpaceRow>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT key, seq, hash FROM space WHERE workspace = :workspace AND id = :space")?;
    let row = statement
        .query_row(named_params! { ":workspace": workspace.0, ":space": space.0 }, |row| {
            let head =
                SpaceHead { space, seq: row.get::<_, i64>(1)?.unsigned_abs(), hash: LogHash(row.get(2)?) };
            Ok(SpaceRow { key: row.get(0)?, head })
        })
        .optional()?;
    Ok(row)
}
