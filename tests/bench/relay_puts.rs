//! Durable small puts at the real relay over HTTP, from many connections at once.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use crdt::Cause;
use crm::{
    contact::edit::{ContactEdit, Fact},
    edit::Edit,
    engine::Action,
    id::{ActionId, ContactId},
    io::{RelayClient, SystemEntropy, now, sync_loop},
    store::chunk::{self, ChunkState},
    sync::Entropy,
};
use tokio::sync::Mutex;
use wire::{
    Blob,
    protocol::{Put, PutOutcome, Request, Response, Token},
};

use crate::{desk, figure::Figure, hosts::Host, raw};

/// Connections that put at once.
const CONNECTIONS: usize = 64;
/// Chunks that are put, one by one.
const PUTS: u64 = 6_000;

/// Puts chunks of one small edit each.
pub fn measure(folder: &Path, people: u64) -> Result<Vec<Figure>> {
    let folder = folder.join("relay");
    std::fs::create_dir_all(&folder)?;
    let (_relay, url) = Host::start("host-relay", &folder, people, None)?;
    let app = desk::found(&folder.join("device"), &[], Some(&url))?;
    sync_loop::start(&app);
    desk::until("the first push", || desk::is_synced(&app))?;
    // From here on the device is off the relay, and this program puts its chunks.
    let token = app.relay_token().context("no session")?;
    desk::call(&app, "relay.set", serde_json::json!({ "url": null }))?;
    let chunks = sealed(&app, PUTS.min(people.max(64)))?;
    let bytes: usize = chunks.iter().map(Vec::len).sum::<usize>() / chunks.len().max(1);
    let count = chunks.len();
    let mut raw = raw::open(&folder.join("raw.db"))?;
    raw.execute_batch("CREATE TABLE plain (no INTEGER PRIMARY KEY, bytes BLOB) STRICT")?;
    let some = vec![7; bytes];
    let started = Instant::now();
    for _ in 0..count.min(1_000) {
        raw::commit(&mut raw, &some)?;
    }
    let raw_rate = count.min(1_000) as f64 / started.elapsed().as_secs_f64();
    let seconds = tokio::runtime::Runtime::new()?.block_on(put_all(&url, token, chunks))?;
    let name = format!("relay, durable puts of {bytes} bytes");
    Ok(vec![Figure::rate(&name, "puts/s", count as f64 / seconds).target(1_500.0).raw(raw_rate)])
}

fn sealed(app: &crm::app::App, count: u64) -> Result<Vec<Vec<u8>>> {
    app.write(|replica| {
        let home = replica.engine.homes()?.of(None);
        for at in 0..count {
            let facts = vec![Fact { field: "fullName".to_owned(), value: format!("Trần Văn {at}") }];
            let id = ContactId::in_space(SystemEntropy.bytes(), home);
            let edit = Edit::Contact { id, edit: ContactEdit::Create { facts, tags: Vec::new() } };
            let id = ActionId(SystemEntropy.bytes());
            let action = Action { id, at: now(), cause: Cause::PERSON, new_space: None };
            replica.engine.act(action, &[edit])?;
            replica.seal_pending(u32::MAX, now(), &mut SystemEntropy)?;
        }
        Ok(chunk::with_state(replica.engine.conn(), ChunkState::Unsent, u32::MAX)?)
    })
    .map_err(|error| anyhow::anyhow!(error))
}

async fn put_all(url: &str, token: Token, chunks: Vec<Vec<u8>>) -> Result<f64> {
    let chunks = Arc::new(Mutex::new(chunks.into_iter()));
    let started = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let (client, token, chunks) = (RelayClient::new(url)?, token.clone(), Arc::clone(&chunks));
        tasks.push(tokio::spawn(async move {
            loop {
                let Some(chunk) = chunks.lock().await.next() else { return Ok(()) };
                let put = Request::Put(Put { chunks: vec![Blob(chunk)], is_refill: false });
                match client.ask(&put, Some(&token)).await? {
                    // The sync thread may have sent the very first before it heard to stop.
                    Response::Put(outcomes)
                        if matches!(
                            outcomes[..],
                            [PutOutcome::Ack { .. } | PutOutcome::Duplicate { .. }]
                        ) => {}
                    other => bail!("the relay did not take a chunk: {other:?}"),
                }
            }
        }));
    }
    for task in tasks {
        task.await??;
    }
    Ok(started.elapsed().as_secs_f64())
}
