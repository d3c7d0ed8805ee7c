//! `quen-relay`: the blind relay as a program.

mod told;

use std::{collections::BTreeSet, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context;
use clap::Parser;
use relay::{
    DataFolder, Founding, Store, StoreConfig,
    http::{RateLimit, ServeOptions, Tls, serve},
};
use tracing_subscriber::EnvFilter;
use wire::{Lineage, WorkspaceId};

const EXAMPLES: &str = "Examples:
  On this machine, for a try:
    quen-relay --data ./relay-data
  In an office or on a server, with a certificate:
    quen-relay --data /var/lib/quen-relay --listen 0.0.0.0:443 --cert fullchain.pem --key privkey.pem
  Behind a proxy that adds TLS (Caddy, nginx), for two known workspaces:
    quen-relay --data /var/lib/quen-relay --behind-proxy --allow-workspace ID --allow-workspace ID

The relay stores sealed chunks; it has no key and cannot read them. Back up the data folder as you like:
an older copy is noticed by the devices, which bring back what it lacks. Keep identity.key when you wipe the
database, or an owner has to name the relay again.
Logs go to standard error as JSON lines and never hold content; RUST_LOG=warn makes them fewer.
Health for monitors: GET /health.";

/// The blind relay of Quen: passes sealed chunks between the devices of a workspace.
#[derive(Debug, Parser)]
#[command(name = "quen-relay", version, after_help = EXAMPLES)]
struct Args {
    /// Folder for the database and the relay's identity; made if it does not exist
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7744")]
    listen: SocketAddr,
    /// Certificate chain (PEM), for TLS
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// Private key of the certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// A proxy in front adds TLS and X-Forwarded-For; allows listening in the clear
    #[arg(long)]
    behind_proxy: bool,
    /// Take only these workspaces, and those already here (repeat it); without it, any
    #[arg(long, value_name = "ID")]
    allow_workspace: Vec<WorkspaceId>,
    /// Most MiB of chunks in one workspace
    #[arg(long, value_name = "MIB", default_value_t = 4_096)]
    quota_mib: u32,
    /// Requests per second and client address; twice as many may come at once; 0 lifts the limit
    #[arg(long, value_name = "N", default_value_t = 200)]
    rate: u32,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    let data = args.data.clone();
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let told = told::of(&error, &data);
            eprintln!("quen-relay: {}\n            {}", told.english, told.vietnamese);
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> anyhow::Result<()> {
    let folder = DataFolder::lock(&args.data)?;
    let identity = folder.identity(random()?)?;
    let founding = match BTreeSet::from_iter(args.allow_workspace) {
        none if none.is_empty() => Founding::Open,
        some => Founding::Only(some),
    };
    let config = StoreConfig {
        path: Some(folder.database()),
        identity,
        new_lineage: Lineage(random()?),
        founding,
        quota_bytes: u64::from(args.quota_mib) * 1024 * 1024,
    };
    let store = Store::open(config)?;
    let scheme = if args.cert.is_some() { "https" } else { "http" };
    let options = ServeOptions {
        listen: args.listen,
        tls: args.cert.zip(args.key).map(|(cert, key)| Tls { cert, key }),
        is_behind_proxy: args.behind_proxy,
        rate: RateLimit { requests_per_s: args.rate },
    };
    let relay = store.relay();
    let ready = move |address: SocketAddr| {
        tracing::info!(%address, %relay, "listening");
        println!("quen-relay listens on {scheme}://{address}");
    };
    tokio::runtime::Runtime::new().context("cannot start the runtime")?.block_on(serve(
        Arc::new(store),
        options,
        ready,
        stop(),
    ))?;
    Ok(())
}

/// Completes on Ctrl-C, and where there is one on SIGTERM.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}

fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("the system gives no randomness: {error}"))?;
    Ok(bytes)
}
