//! The other processes of a sync: the relay, and the founder's device.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use crdt::Cause;
use crm::{
    app::App,
    contact::edit::{ContactEdit, Fact},
    edit::Edit,
    engine::Action,
    id::{ActionId, ContactId, InteractionId},
    interaction::edit::InteractionEdit,
    io::{SystemEntropy, now, sync_loop},
    sync::Entropy,
};
use relay::{
    Founding, Store, StoreConfig,
    http::{RateLimit, ServeOptions, serve},
};
use serde_json::{Value, json};

use crate::{desk, sheet};

/// People in one commit of the founder.
const BATCH: usize = 250;
/// Changes of a person with a long history, and how many of them record an interaction.
const LONG_CHANGES: usize = 50;
const LONG_INTERACTIONS: usize = 30;

/// Another process of this program, spoken to in lines.
pub struct Host {
    child: Child,
    questions: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Host {
    /// Starts it and hears its first line.
    pub fn start(name: &str, folder: &Path, people: u64, first: Option<&str>) -> Result<(Self, String)> {
        let mut child = crate::itself(name, folder, people)?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let questions = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().context("no output")?).lines();
        let mut host = Self { child, questions, answers };
        if let Some(line) = first {
            host.send(line)?;
        }
        let answer = host.hear()?;
        Ok((host, answer))
    }

    /// Asks for something and waits until it is done.
    pub fn ask(&mut self, line: &str) -> Result<String> {
        self.send(line)?;
        self.hear()
    }

    fn send(&mut self, line: &str) -> Result<()> {
        Ok(writeln!(self.questions.as_mut().context("the process was told to end")?, "{line}")?)
    }

    fn hear(&mut self) -> Result<String> {
        Ok(self.answers.next().context("the process has ended")??)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // It ends by itself when nobody can ask any more.
        self.questions = None;
        let _ = self.child.wait();
    }
}

/// Serves a relay on loopback until nobody asks any more.
pub fn relay(folder: &Path) -> Result<()> {
    let config = StoreConfig {
        path: Some(folder.join("relay.db")),
        identity: SystemEntropy.bytes(),
        new_lineage: wire::Lineage(SystemEntropy.bytes()),
        founding: Founding::Open,
        quota_bytes: 1 << 33,
    };
    let options = ServeOptions {
        listen: ([127, 0, 0, 1], 0).into(),
        tls: None,
        is_behind_proxy: false,
        rate: RateLimit { requests_per_s: 0 },
    };
    let store = Arc::new(Store::open(config)?);
    let runtime = tokio::runtime::Runtime::new()?;
    let stop = async {
        let ended = tokio::task::spawn_blocking(|| std::io::stdin().lines().count()).await;
        drop(ended);
    };
    runtime.block_on(serve(store, options, |address| println!("http://{address}"), stop))?;
    Ok(())
}

/// The device that has everything: founds, fills, sends, lets a device in, and edits when told to.
pub fn founder(folder: &Path, people: u64) -> Result<()> {
    let mut lines = std::io::stdin().lines();
    let first = lines.next().context("no address")??;
    let (url, kind) = first.split_once(' ').context("no kind")?;
    let sheet = sheet::write(folder, if kind == "long" { 1 } else { people })?;
    let app = desk::found(&folder.join("founder"), &sheet.branches, Some(url))?;
    if kind == "long" {
        fill_long(&app, people)?;
    } else {
        desk::import(&app, &sheet.path)?;
    }
    let started = Instant::now();
    sync_loop::start(&app);
    desk::until("the first push", || desk::is_synced(&app))?;
    let pushed_s = started.elapsed().as_secs_f64();
    let branches = desk::call(&app, "session.get", json!({}))?["branches"].clone();
    let invite = desk::call(&app, "invite.make", json!({ "role": "manager", "branches": branches }))?;
    desk::until("the invite to be sent", || desk::is_synced(&app))?;
    let said = json!({ "invite": invite["text"], "people": desk::count(&app)?,
        "pushed_s": pushed_s });
    println!("{said}");
    for line in lines {
        match line?.split_once(' ') {
            Some(("admit", _)) => admit(&app)?,
            Some(("edit", count)) => edit_some(&app, count.parse()?)?,
            _ => bail!("not a question"),
        }
        println!("done");
    }
    Ok(())
}

fn admit(app: &App) -> Result<()> {
    desk::until("a device to knock", || {
        let joins = desk::call(app, "join.list", json!({}))?;
        let Some(join) = joins.get(0) else {
            std::thread::sleep(std::time::Duration::from_millis(200));
            return Ok(false);
        };
        desk::call(app, "join.approve", json!({ "id": join["id"] }))?;
        Ok(true)
    })?;
    desk::until("the admission to be sent", || desk::is_synced(app))
}

/// One edit each on as many people, each an action of its own, as people at a desk make them.
fn edit_some(app: &App, count: u32) -> Result<()> {
    let ids: Vec<ContactId> = app
        .read(|conn, _| {
            let mut statement =
                conn.prepare("SELECT id FROM contact ORDER BY id LIMIT ?1").map_err(refused)?;
            let rows = statement.query_map([count], |row| row.get(0).map(ContactId)).map_err(refused)?;
            rows.collect::<Result<Vec<_>, _>>().map_err(refused)
        })
        .map_err(|error| anyhow::anyhow!(error))?;
    for id in ids {
        act(app, &[set(id, "address", "số 1 đường mới")])?;
    }
    app.wake_sync();
    desk::until("the edits to be sent", || desk::is_synced(app))
}

fn refused(error: rusqlite::Error) -> crm::app::ApiError {
    crm::app::ApiError::new("internal", error)
}

fn act(app: &App, edits: &[Edit]) -> Result<()> {
    let id = ActionId(SystemEntropy.bytes());
    let action = Action { id, at: now(), cause: Cause::PERSON, new_space: None };
    app.write(|replica| Ok(replica.engine.act(action, edits)?)).map_err(|error| anyhow::anyhow!(error))?;
    Ok(())
}

fn set(id: ContactId, field: &str, value: &str) -> Edit {
    let edit = ContactEdit::Set { field: field.to_owned(), value: Some(value.to_owned()) };
    Edit::Contact { id, edit }
}

/// People with 30 interactions in 50 changes.
fn fill_long(app: &App, people: u64) -> Result<()> {
    let rows: Vec<_> = sheet::rows(people).collect();
    let homes = app.write(|replica| Ok(replica.engine.homes()?)).map_err(|error| anyhow::anyhow!(error))?;
    let home = homes.of(None);
    for rows in rows.chunks(BATCH) {
        let ids = rows.iter().map(|_| ContactId::in_space(SystemEntropy.bytes(), home));
        let ids: Vec<_> = ids.collect();
        for at in 0..LONG_CHANGES {
            let edits: Vec<_> =
                ids.iter().zip(rows).map(|(id, row)| long_edit(*id, &row[0], &row[1], at)).collect();
            act(app, &edits)?;
        }
    }
    Ok(())
}

fn long_edit(id: ContactId, name: &str, phone: &str, at: usize) -> Edit {
    let fact = |field: &str, value: &str| Fact { field: field.to_owned(), value: value.to_owned() };
    match at {
        0 => {
            let mut facts = vec![fact("fullName", name), fact("kind", "student")];
            facts.extend((!phone.is_empty()).then(|| fact("phone.1", phone)));
            Edit::Contact { id, edit: ContactEdit::Create { facts, tags: vec!["IELTS".to_owned()] } }
        }
        at if at <= LONG_INTERACTIONS => Edit::Interaction {
            contact: id,
            id: InteractionId(SystemEntropy.bytes()),
            edit: InteractionEdit::Record {
                kind: "call".to_owned(),
                happened_at_ms: None,
                direction: Some("out".to_owned()),
                outcome: None,
                body: format!("Gọi lần {at}: phụ huynh hỏi lịch học và học phí khóa hè, hẹn gọi lại."),
            },
        },
        at => set(id, "address", &format!("số {at} Lê Lợi, Quận 1")),
    }
}

/// What the founder says first.
pub struct Founded {
    /// The invite.
    pub invite: String,
    /// How many people it has: a sheet may name one twice.
    pub people: u64,
    /// How long its first push took, in seconds.
    pub pushed_s: f64,
}

impl Founded {
    /// Reads its first line.
    pub fn read(line: &str) -> Result<Self> {
        let said: Value = serde_json::from_str(line)?;
        Ok(Self {
            invite: said["invite"].as_str().context("no invite")?.to_owned(),
            people: said["people"].as_u64().context("no people")?,
            pushed_s: said["pushed_s"].as_f64().unwrap_or_default(),
        })
    }
}
