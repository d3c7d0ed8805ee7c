//! The program itself, as a process on loopback.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use data_encoding::BASE64URL_NOPAD;
use wire::{
    Chunk, ChunkId, LogHash, RelayId,
    limits::MESSAGE_BYTES_MAX,
    protocol::{
        Appended, Fault, FaultCode, Pull, PullAnswer, PutOutcome, Request, Response, Token, Welcome, decode,
        encode,
    },
};

use crate::devices::*;

/// A running relay; killed when dropped.
pub(crate) struct Relay {
    process: Child,
    pub(crate) url: String,
}

impl Relay {
    fn start(data: &Path, extra: &[&str]) -> Self {
        Self::start_at_rate(data, 0, extra)
    }

    pub(crate) fn start_at_rate(data: &Path, rate: u32, extra: &[&str]) -> Self {
        let mut process = command(data)
            .args(["--listen", "127.0.0.1:0", "--rate", &rate.to_string()])
            .args(extra)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("quen-relay listens on ").unwrap().to_owned();
        Self { process, url }
    }

    /// Ends it as a crash does.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quen-relay"));
    command.arg("--data").arg(data);
    command
}

/// Runs the program to its end; what it wrote on standard error.
fn fails(data: &Path, args: &[&str]) -> String {
    let output = command(data).args(args).output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

/// A device's connection.
#[derive(Clone)]
struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<Token>,
}

impl Client {
    fn new(url: &str) -> Self {
        Self { http: reqwest::Client::new(), url: url.to_owned(), token: None }
    }

    async fn send(&self, body: Vec<u8>) -> Result<(u16, Vec<u8>), reqwest::Error> {
        let mut request = self.http.post(format!("{}/v1/call", self.url)).body(body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(BASE64URL_NOPAD.encode(&token.0.0));
        }
        let response = request.send().await?;
        Ok((response.status().as_u16(), response.bytes().await?.to_vec()))
    }

    async fn try_call(&self, request: &Request) -> Result<Response, reqwest::Error> {
        let (_, body) = self.send(encode(request)).await?;
        Ok(decode(&body).unwrap())
    }

    async fn call(&self, request: &Request) -> Response {
        self.try_call(request).await.unwrap()
    }

    async fn relay(&self) -> RelayId {
        match self.call(&Request::Challenge).await {
            Response::Challenge(challenge) => challenge.relay,
            other => panic!("{other:?}"),
        }
    }

    async fn hello(&mut self, device: &Device, team: &Team) -> Welcome {
        let Response::Challenge(challenge) = self.call(&Request::Challenge).await else {
            panic!("no challenge")
        };
        let hello = device.hello(challenge, team.log.workspace());
        match self.call(&Request::Hello(hello)).await {
            Response::Welcome(welcome) => {
                self.token = Some(welcome.token.clone());
                welcome
            }
            other => panic!("{other:?}"),
        }
    }

    async fn publish(&self, team: &Team) {
        for request in team.appends(false) {
            let response = self.call(&request).await;
            assert!(matches!(response, Response::Append(Appended::Ok { .. })), "{response:?}");
        }
    }

    async fn everything(&self) -> Vec<ChunkId> {
        let (mut ids, mut after_seq, mut hash_at) = (Vec::new(), 0, LogHash::ZERO);
        loop {
            let ask = Pull { space: SPACE, after_seq, hash_at, bytes_max: 100_000 };
            let Response::Pulled(PullAnswer::Page(page)) = self.call(&Request::Pull(ask)).await else {
                panic!("no page")
            };
            for entry in page.entries {
                (after_seq, hash_at) = (entry.seq, wire::running_hash(hash_at, entry.id));
                ids.push(Chunk::parse(&entry.chunk.unwrap().0).unwrap().id());
            }
            if !page.has_more {
                return ids;
            }
        }
    }
}

/// A relay with a team, and the owner's session.
async fn met(data: &Path) -> (Relay, Team, Client) {
    let relay = Relay::start(data, &[]);
    let mut client = Client::new(&relay.url);
    let team = Team::new(client.relay().await);
    client.hello(&team.owner, &team).await;
    client.publish(&team).await;
    (relay, team, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn device_puts_another_hears_and_pulls() {
    let folder = tempfile::tempdir().unwrap();
    let (relay, mut team, owner) = met(folder.path()).await;
    let bearer = BASE64URL_NOPAD.encode(&owner.token.clone().unwrap().0.0);
    let mut hints =
        owner.http.get(format!("{}/v1/hints", relay.url)).bearer_auth(bearer).send().await.unwrap();
    assert_eq!(hints.status().as_u16(), 200);
    let mut staff = Client::new(&relay.url);
    assert!(staff.hello(&team.staff, &team).await.is_member);
    let chunk = team.staff.seal(&team.log);
    let put = staff.call(&put_of(std::slice::from_ref(&chunk), false)).await;
    assert_eq!(put, Response::Put(vec![PutOutcome::Ack { seq: 1 }]));
    let hint = tokio::time::timeout(Duration::from_secs(5), hints.chunk()).await.unwrap().unwrap().unwrap();
    let hint = String::from_utf8(hint.to_vec()).unwrap();
    assert!(hint.contains("event: space") && hint.contains("\"seq\":1"), "{hint}");
    assert_eq!(owner.everything().await, [chunk.id()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_relay_has_all_that_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let (relay, team, client) = met(folder.path()).await;
    let (acknowledged, is_over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
    let mut tasks = Vec::new();
    let mut sessions = Vec::new();
    for number in 0..4u8 {
        let mut session = Client::new(&relay.url);
        session.hello(&team.staff, &team).await;
        sessions.push((number, session));
    }
    for (number, session) in sessions {
        let (log, acknowledged, is_over) =
            (team.log.clone(), Arc::clone(&acknowledged), Arc::clone(&is_over));
        tasks.push(tokio::spawn(async move {
            let mut device = Device::new(2);
            while !is_over.load(Ordering::Relaxed) {
                let mut header = device.header(&log);
                header.incarnation.0[0] = number;
                let chunk = device.sign(&header);
                (device.device_seq, device.previous) = (header.device_seq, chunk.id());
                match session.try_call(&put_of(std::slice::from_ref(&chunk), false)).await {
                    Ok(Response::Put(outcomes)) => {
                        assert!(matches!(outcomes[..], [PutOutcome::Ack { .. }]));
                        acknowledged.lock().unwrap().push(chunk.id());
                    }
                    Ok(other) => panic!("{other:?}"),
                    Err(_) => break,
                }
            }
        }));
    }
    // Killed in the middle of puts, once there is something to lose.
    while acknowledged.lock().unwrap().len() < 100 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    relay.kill();
    is_over.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.unwrap();
    }
    let relay = Relay::start(folder.path(), &[]);
    let mut again = Client::new(&relay.url);
    // The identity is kept, and so is the old token.
    again.token = client.token;
    let held = again.everything().await;
    let acknowledged = acknowledged.lock().unwrap().clone();
    let lost = acknowledged.iter().filter(|id| !held.contains(id)).count();
    assert_eq!(lost, 0, "of {} acknowledged", acknowledged.len());
    let newest = again.hello(&team.staff, &team).await.held;
    assert!(!newest.is_empty() && newest.iter().all(|newest| held.contains(&newest.chunk)));
}

#[tokio::test(flavor = "multi_thread")]
async fn wiped_database_shows_as_a_new_lineage_of_the_same_relay() {
    let folder = tempfile::tempdir().unwrap();
    let (relay, mut team, mut owner) = met(folder.path()).await;
    let before = owner.hello(&team.owner, &team).await;
    let chunk = team.owner.seal(&team.log);
    owner.call(&put_of(std::slice::from_ref(&chunk), false)).await;
    let identity = owner.relay().await;
    relay.kill();
    for file in ["relay.db", "relay.db-wal", "relay.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(file));
    }
    let relay = Relay::start(folder.path(), &[]);
    let mut owner = Client::new(&relay.url);
    assert_eq!(owner.relay().await, identity);
    let after = owner.hello(&team.owner, &team).await;
    assert!(after.lineage != before.lineage && !after.is_member);
    let fault = owner.call(&Request::LogSince { after: wire::RecordId::ZERO }).await;
    assert!(matches!(fault, Response::Fault(Fault { code: FaultCode::UnknownWorkspace, .. })));
    for request in team.appends(true) {
        owner.call(&request).await;
    }
    let put = owner.call(&put_of(std::slice::from_ref(&chunk), true)).await;
    assert_eq!(put, Response::Put(vec![PutOutcome::Ack { seq: 1 }]));
    assert_eq!(owner.everything().await, [chunk.id()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_requests_get_a_fault_and_the_relay_lives_on() {
    let folder = tempfile::tempdir().unwrap();
    let (relay, team, mut owner) = met(folder.path()).await;
    let fault = |(status, body): (u16, Vec<u8>)| match decode::<Response>(&body) {
        Ok(Response::Fault(fault)) => (status, fault.code),
        other => panic!("{other:?}"),
    };
    let bad = (400, FaultCode::BadRequest);
    assert_eq!(fault(owner.send(vec![]).await.unwrap()), bad);
    assert_eq!(fault(owner.send(b"GET / HTTP/1.1".to_vec()).await.unwrap()), bad);
    // A length prefix that promises four gigabytes.
    assert_eq!(fault(owner.send(vec![5, 0xff, 0xff, 0xff, 0xff, 0x0f]).await.unwrap()), bad);
    // The server may close the connection before all was sent.
    if let Ok(answer) = owner.send(vec![0; MESSAGE_BYTES_MAX + 1]).await {
        assert_eq!(fault(answer), bad);
    }
    let too_many = Request::Put(wire::protocol::Put { chunks: vec![vec![1].into(); 257], is_refill: false });
    assert_eq!(fault(owner.send(encode(&too_many)).await.unwrap()), bad);
    let token = owner.token.take();
    let list = encode(&Request::JoinList);
    let unauthenticated = (401, FaultCode::Unauthenticated);
    assert_eq!(fault(owner.send(list.clone()).await.unwrap()), unauthenticated);
    owner.token = Some(Token(vec![0; 80].into()));
    assert_eq!(fault(owner.send(list.clone()).await.unwrap()), unauthenticated);
    let hints = owner.http.get(format!("{}/v1/hints", relay.url)).send().await.unwrap();
    assert_eq!(hints.status().as_u16(), 401);
    owner.token = token;
    assert_eq!(owner.call(&Request::JoinList).await, Response::Joins(vec![]));
    assert!(owner.hello(&team.owner, &team).await.is_member);
}

#[tokio::test(flavor = "multi_thread")]
async fn health_tells_who_it_is_and_the_page_is_plain() {
    let folder = tempfile::tempdir().unwrap();
    let (relay, _, owner) = met(folder.path()).await;
    let health = owner.http.get(format!("{}/health", relay.url)).send().await.unwrap();
    assert_eq!(health.status().as_u16(), 200);
    let health: serde_json::Value = serde_json::from_slice(&health.bytes().await.unwrap()).unwrap();
    assert_eq!((&health["status"], &health["workspaces"]), (&"ok".into(), &1.into()));
    assert_eq!(health["relay"], owner.relay().await.to_string());
    let page = owner.http.get(&relay.url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("This is a Quen relay"));
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_by_certificate_files() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let files = ["--cert", cert.to_str().unwrap(), "--key", key.to_str().unwrap()];
    let relay = Relay::start(&folder.path().join("data"), &files);
    let root = reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap();
    let http = reqwest::Client::builder().tls_certs_only([root]).build().unwrap();
    let url = relay.url.replace("127.0.0.1", "localhost");
    assert!(url.starts_with("https://"));
    let client = Client { http, url, token: None };
    client.relay().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_it_finishes_and_leaves_no_write_ahead_log() {
    let folder = tempfile::tempdir().unwrap();
    let (mut relay, mut team, owner) = met(folder.path()).await;
    let bearer = BASE64URL_NOPAD.encode(&owner.token.clone().unwrap().0.0);
    let hints = owner.http.get(format!("{}/v1/hints", relay.url)).bearer_auth(bearer).send().await.unwrap();
    owner.call(&put_of(&[team.owner.seal(&team.log)], false)).await;
    let asked = Command::new("kill").args(["-TERM", &relay.process.id().to_string()]).status().unwrap();
    assert!(asked.success());
    // The stream of hints ends too, instead of holding the relay up.
    let status = tokio::task::spawn_blocking(move || relay.process.wait().unwrap()).await.unwrap();
    assert!(status.success());
    drop(hints);
    let wal = folder.path().join("relay.db-wal");
    assert!(std::fs::metadata(wal).map_or(0, |file| file.len()) == 0);
}

#[test]
fn start_that_cannot_work_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let says = |error: &str, english: &str, vietnamese: &str| {
        let lines: Vec<_> = error.lines().collect();
        assert_eq!(lines.len(), 2, "one sentence in each language: {error}");
        assert!(lines[0].starts_with("quen-relay: ") && lines[0].contains(english), "{error}");
        assert!(lines[1].contains(vietnamese), "{error}");
        let causes = error.matches("os error").count();
        assert!(causes <= 2, "the cause is told once in each language: {error}");
    };
    let error = fails(&data, &["--listen", "0.0.0.0:0"]);
    says(&error, "without TLS: give --cert and --key, or --behind-proxy", "thêm --cert và --key");
    let error = fails(&data, &["--cert", "nowhere.pem", "--key", "nowhere.key", "--listen", "127.0.0.1:0"]);
    says(&error, "cannot use the certificate nowhere.pem", "kiểm tra hai đường dẫn");
    assert!(error.contains("check both paths"), "{error}");
    assert!(fails(&data, &["--cert", "alone.pem"]).contains("--key"));
    assert!(fails(&data, &["--allow-workspace", "xyz"]).contains("not a valid WorkspaceId"));
    let running = Relay::start(&data, &[]);
    let error = fails(&data, &["--listen", "127.0.0.1:0"]);
    says(&error, "another quen-relay already uses", "dừng nó, hoặc chọn thư mục --data khác");
    let taken = running.url.strip_prefix("http://").unwrap();
    let error = fails(&folder.path().join("other"), &["--listen", taken]);
    says(&error, "another program uses this port; stop it, or choose another --listen", "chọn --listen khác");
    let file = folder.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let error = fails(&file.join("data"), &[]);
    says(&error, "check that the folder exists", "kiểm tra thư mục có đó");
    drop(running);
    std::fs::write(data.join("relay.db"), b"not a database at all".repeat(300)).unwrap();
    let error = fails(&data, &["--listen", "127.0.0.1:0"]);
    says(&error, "is damaged; put a copy of relay.db back", "bị hỏng; đặt lại bản sao của relay.db");
}

#[test]
fn help_teaches_by_example() {
    let output = Command::new(env!("CARGO_BIN_EXE_quen-relay")).arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for part in ["Examples:", "--behind-proxy", "--allow-workspace", "/health", "RUST_LOG"] {
        assert!(help.contains(part), "{part}");
    }
}
