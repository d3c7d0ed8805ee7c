//! The relay's copy of a workspace's membership log.

use std::sync::{Arc, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior, named_params};
use wire::{
    ChunkId, RecordId, WorkspaceId,
    limits::LOG_LENGTH_MAX,
    membership::{Body, MembershipLog, Record},
    protocol::{Append, Appended},
};

use super::{Founding, Hint, Store, StoreError};

/// What came of an append, besides what the device is told.
pub(crate) enum AppendResult {
    Answer(Appended),
    WorkspaceNotAccepted,
}

impl Store {
    /// The log of a workspace; `None` if the store does not hold it.
    ///
    /// # Errors
    /// [`StoreError`] if the database fails or holds a log that does not verify.
    pub fn log(&self, workspace: WorkspaceId) -> Result<Option<Arc<MembershipLog>>, StoreError> {
        if let Some(log) = self.cached_log(workspace) {
            return Ok(Some(log));
        }
        // Under the writer's lock, so that an append cannot slip in between reading and caching.
        let writer = self.writer();
        if let Some(log) = self.cached_log(workspace) {
            return Ok(Some(log));
        }
        let log = read_log(&writer, workspace)?;
        if log.head() == RecordId::ZERO {
            return Ok(None);
        }
        Ok(Some(self.cache(Arc::new(log))))
    }

    /// Continues a log. The record proves itself; who brings it does not matter.
    pub(crate) fn append(&self, workspace: WorkspaceId, append: &Append) -> Result<AppendResult, StoreError> {
        let refused = |message: String| Ok(AppendResult::Answer(Appended::Refused { message }));
        let record = match Record::parse(&append.record.0) {
            Ok(record) => record,
            Err(error) => return refused(error.to_string()),
        };
        let mut writer = self.writer();
        let before = match self.cached_log(workspace) {
            Some(log) => log,
            None => Arc::new(read_log(&writer, workspace)?),
        };
        let head = before.head();
        if before.state().position(record.id()).is_some() {
            return Ok(AppendResult::Answer(Appended::Ok { head }));
        }
        if head == RecordId::ZERO && !self.accepts(workspace) {
            return Ok(AppendResult::WorkspaceNotAccepted);
        }
        if append.previous != head || record.previous() != head {
            return Ok(AppendResult::Answer(Appended::Conflict { head }));
        }
        if before.records().len() >= LOG_LENGTH_MAX {
            return refused(format!("the log has reached {LOG_LENGTH_MAX} records"));
        }
        let mut log = MembershipLog::clone(&before);
        if let Err(error) = log.append(record.clone()) {
            return refused(error.to_string());
        }
        // A record that makes this relay the authority is for this relay to take.
        let deciding = if head == RecordId::ZERO || matches!(record.body(), Body::AuthorityChanged(_)) {
            log.state().authority()
        } else {
            before.state().authority()
        };
        if let Some(authority) = deciding.filter(|authority| *authority != self.relay && !append.is_refill) {
            return Ok(AppendResult::Answer(Appended::NotAuthority { authority }));
        }
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        insert_record(&tx, workspace, log.records().len() as i64 - 1, &record)?;
        take_effect(&tx, workspace, &record)?;
        tx.commit()?;
        let head = self.cache(Arc::new(log)).head();
        drop(writer);
        self.announce(Hint::Log { workspace, head });
        Ok(AppendResult::Answer(Appended::Ok { head }))
    }

    pub(super) fn cached_log(&self, workspace: WorkspaceId) -> Option<Arc<MembershipLog>> {
        self.logs.read().unwrap_or_else(PoisonError::into_inner).get(&workspace).cloned()
    }

    fn cache(&self, log: Arc<MembershipLog>) -> Arc<MembershipLog> {
        let mut logs = self.logs.write().unwrap_or_else(PoisonError::into_inner);
        logs.insert(log.workspace(), Arc::clone(&log));
        log
    }

    fn accepts(&self, workspace: WorkspaceId) -> bool {
        match &self.config.founding {
            Founding::Open => true,
            Founding::Only(workspaces) => workspaces.contains(&workspace),
        }
    }
}

fn read_log(connection: &Connection, workspace: WorkspaceId) -> Result<MembershipLog, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT bytes FROM record WHERE workspace = :workspace ORDER BY position")?;
    let rows = statement.query_map(named_params! { ":workspace": workspace.0 }, |row| row.get(0))?;
    let records: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
    MembershipLog::replay(workspace, records.iter().map(Vec::as_slice))
        .map_err(|error| StoreError::Damaged(format!("log of workspace {workspace}: {error}")))
}

fn insert_record(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    position: i64,
    record: &Record,
) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO workspace (id) VALUES (:workspace) ON CONFLICT DO NOTHING")?
        .execute(named_params! { ":workspace": workspace.0 })?;
    tx.prepare_cached(
        "INSERT INTO record (workspace, position, bytes) VALUES (:workspace, :position, :bytes)",
    )?
    .execute(named_params! {
        ":workspace": workspace.0, ":position": position, ":bytes": record.as_bytes(),
    })?;
    Ok(())
}

/// What a record does to the other tables: who was let in no longer asks, what was erased goes.
fn take_effect(tx: &Transaction<'_>, workspace: WorkspaceId, record: &Record) -> Result<(), StoreError> {
    match record.body() {
        Body::DeviceAdded(body) => {
            let device = body.keys.device_id();
            tx.prepare_cached("DELETE FROM join_request WHERE workspace = :workspace AND device = :device")?
                .execute(named_params! { ":workspace": workspace.0, ":device": device.0 })?;
        }
        Body::Erasure(body) => {
            for chunk in &body.chunks {
                erase(tx, workspace, *chunk)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn erase(tx: &Transaction<'_>, workspace: WorkspaceId, chunk: ChunkId) -> Result<(), StoreError> {
    let params = named_params! { ":workspace": workspace.0, ":id": chunk.0 };
    tx.prepare_cached(
        "UPDATE workspace SET bytes = bytes - coalesce((
             SELECT sum(length(chunk.bytes)) FROM chunk JOIN space ON space.key = chunk.space
             WHERE space.workspace = :workspace AND chunk.id = :id), 0)
         WHERE id = :workspace",
    )?
    .execute(params)?;
    tx.prepare_cached(
        "UPDATE chunk SET bytes = NULL
         WHERE id = :id AND space IN (SELECT key FROM space WHERE workspace = :workspace)",
    )?
    .execute(params)?;
    Ok(())
}
