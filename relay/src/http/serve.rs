//! Listening until told to stop.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use axum_server::{Handle, tls_rustls::RustlsConfig};
use tokio::sync::watch;

use super::{App, RateLimit};
use crate::{Store, StoreError};

/// How long calls may finish after the relay was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Certificate and key, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// The certificate, then those that vouch for it.
    pub cert: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// How the relay listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeOptions {
    /// Where; port 0 takes a free one.
    pub listen: SocketAddr,
    /// With TLS, or in the clear.
    pub tls: Option<Tls>,
    /// Whether a proxy in front adds the client's address, and TLS.
    pub is_behind_proxy: bool,
    /// Requests per address.
    pub rate: RateLimit,
}

/// Why the relay does not listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Tokens would travel in the clear.
    #[error(
        "refusing to listen on {listen} without TLS: give --cert and --key, or --behind-proxy if a proxy adds TLS"
    )]
    InTheClear {
        /// Where.
        listen: SocketAddr,
    },
    /// The address is taken, or not one of this machine.
    #[error("cannot listen on {listen}")]
    Listen {
        /// Where.
        listen: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The certificate or its key.
    #[error("cannot use the certificate {} with the key {}", tls.cert.display(), tls.key.display())]
    Certificate {
        /// The files.
        tls: Tls,
        /// What is wrong with them.
        source: io::Error,
    },
    /// While serving.
    #[error("the server failed")]
    Serve(#[source] io::Error),
    /// At the end.
    #[error("the database could not be closed")]
    Close(#[source] StoreError),
}

/// Serves until `stop` completes, then lets running calls finish. `ready` hears the address.
///
/// # Errors
/// [`ServeError`] if it cannot listen.
pub async fn serve(
    store: Arc<Store>,
    options: ServeOptions,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let listen = options.listen;
    if !listen.ip().is_loopback() && options.tls.is_none() && !options.is_behind_proxy {
        return Err(ServeError::InTheClear { listen });
    }
    let tls = match &options.tls {
        Some(files) => {
            let loaded = RustlsConfig::from_pem_file(&files.cert, &files.key).await;
            Some(loaded.map_err(|source| ServeError::Certificate { tls: files.clone(), source })?)
        }
        None => None,
    };
    let failed = |source| ServeError::Listen { listen, source };
    let listener = TcpListener::bind(listen).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;

    let (stopping, is_stopping) = watch::channel(false);
    let service = App::new(Arc::clone(&store), &options, is_stopping)
        .router()
        .into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    let stopper = handle.clone();
    tokio::spawn(async move {
        stop.await;
        tracing::info!("stopping");
        // Streams of hints never end by themselves.
        let _ = stopping.send(true);
        stopper.graceful_shutdown(Some(GRACE));
    });
    ready(address);
    let served = match tls {
        Some(tls) => {
            let server = axum_server::from_tcp_rustls(listener, tls).map_err(failed)?;
            server.handle(handle).serve(service).await
        }
        None => axum_server::from_tcp(listener).map_err(failed)?.handle(handle).serve(service).await,
    };
    served.map_err(ServeError::Serve)?;
    tokio::task::spawn_blocking(move || store.checkpoint())
        .await
        .map_err(|error| ServeError::Serve(io::Error::other(error)))?
        .map_err(ServeError::Close)
}
