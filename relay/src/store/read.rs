//! Serving chunks: pull, fetch, and what reconcile compares.

use rusqlite::{Connection, OptionalExtension, named_params};
use wire::{
    Blob, ChunkId, SpaceId, WorkspaceId,
    limits::PAGE_BYTES_MAX,
    protocol::{Chunks, Entry, Page, Pull, PullAnswer},
};

use super::{
    Store, StoreError,
    heads::{empty, find_space},
};

/// What an entry costs in a page beside its chunk.
const ENTRY_BYTES: usize = 48;

impl Store {
    /// Returns what follows a sequence, or says that the device's past is not this store's.
    pub(crate) fn pull(&self, workspace: WorkspaceId, pull: &Pull) -> Result<PullAnswer, StoreError> {
        self.read(|connection| {
            // One snapshot for the head and the page.
            let tx = connection.unchecked_transaction()?;
            let row = find_space(&tx, workspace, pull.space)?;
            let head = row.map_or_else(|| empty(pull.space), |row| row.head);
            let key = row.map_or(-1, |row| row.key);
            if hash_at(&tx, key, pull.after_seq)? != Some(pull.hash_at.0) {
                return Ok(PullAnswer::Rebase { lineage: self.lineage, head });
            }
            let bytes_max = usize::try_from(pull.bytes_max).unwrap_or(PAGE_BYTES_MAX).min(PAGE_BYTES_MAX);
            let entries = entries(&tx, key, pull.after_seq, bytes_max)?;
            let last = entries.last().map_or(pull.after_seq, |entry| entry.seq);
            Ok(PullAnswer::Page(Page { entries, has_more: last < head.seq, head }))
        })
    }

    /// Returns chunks by name, as many as fit.
    pub(crate) fn fetch(
        &self,
        workspace: WorkspaceId,
        space: SpaceId,
        ids: &[ChunkId],
    ) -> Result<Chunks, StoreError> {
        self.read(|connection| {
            let mut answer = Chunks { chunks: Vec::new(), missing: Vec::new(), later: Vec::new() };
            let key = find_space(connection, workspace, space)?.map_or(-1, |row| row.key);
            let mut statement =
                connection.prepare_cached("SELECT bytes FROM chunk WHERE space = :space AND id = :id")?;
            let mut bytes_left = PAGE_BYTES_MAX;
            for id in ids {
                if bytes_left == 0 {
                    answer.later.push(*id);
                    continue;
                }
                let params = named_params! { ":space": key, ":id": id.0 };
                let bytes: Option<Vec<u8>> =
                    statement.query_row(params, |row| row.get(0)).optional()?.flatten();
                match bytes {
                    Some(bytes) => {
                        bytes_left = bytes_left.saturating_sub(bytes.len() + ENTRY_BYTES);
                        answer.chunks.push(Blob(bytes));
                    }
                    None => answer.missing.push(*id),
                }
            }
            Ok(answer)
        })
    }

    /// Returns the sorted names of the chunks that are here and begin with `prefix`.
    pub(crate) fn ids(
        &self,
        workspace: WorkspaceId,
        space: SpaceId,
        prefix: &[u8],
    ) -> Result<Vec<ChunkId>, StoreError> {
        self.read(|connection| {
            let Some(row) = find_space(connection, workspace, space)? else { return Ok(Vec::new()) };
            let (mut low, mut high) = ([0u8; 32], [0xffu8; 32]);
            low[..prefix.len()].copy_from_slice(prefix);
            high[..prefix.len()].copy_from_slice(prefix);
            let mut statement = connection.prepare_cached(
                "SELECT id FROM chunk
                 WHERE space = :space AND id BETWEEN :low AND :high AND bytes IS NOT NULL
                 ORDER BY id",
            )?;
            let params = named_params! { ":space": row.key, ":low": low, ":high": high };
            let rows = statement.query_map(params, |row| Ok(ChunkId(row.get(0)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

/// The running hash after a sequence; `None` if the log is shorter.
fn hash_at(connection: &Connection, space: i64, seq: u64) -> Result<Option<[u8; 32]>, StoreError> {
    if seq == 0 {
        return Ok(Some([0; 32]));
    }
    let Ok(seq) = i64::try_from(seq) else { return Ok(None) };
    let mut statement =
        connection.prepare_cached("SELECT hash FROM chunk WHERE space = :space AND seq = :seq")?;
    let params = named_params! { ":space": space, ":seq": seq };
    Ok(statement.query_row(params, |row| row.get(0)).optional()?)
}

fn entries(
    connection: &Connection,
    space: i64,
    after_seq: u64,
    bytes_max: usize,
) -> Result<Vec<Entry>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, id, bytes FROM chunk WHERE space = :space AND seq > :seq ORDER BY seq",
    )?;
    let mut rows = statement.query(named_params! { ":space": space, ":seq": after_seq as i64 })?;
    let (mut entries, mut bytes) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let chunk: Option<Vec<u8>> = row.get(2)?;
        bytes += ENTRY_BYTES + chunk.as_ref().map_or(0, Vec::len);
        if bytes > bytes_max && !entries.is_empty() {
            break;
        }
        let seq = row.get::<_, i64>(0)?.unsigned_abs();
        entries.push(Entry { seq, id: ChunkId(row.get(1)?), chunk: chunk.map(Blob) });
    }
    Ok(entries)
}
