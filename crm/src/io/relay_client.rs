//! Questions to a relay over HTTP, and its hints.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use futures::StreamExt;
use reqwest::{Client, StatusCode, Url};
use wire::{
    limits::MESSAGE_BYTES_MAX,
    protocol::{Request, Response, Token, decode, encode},
};

/// A relay's address and a connection pool.
#[derive(Debug, Clone)]
pub struct RelayClient {
    client: Client,
    base: Url,
}

/// Why a relay could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// Not an address.
    #[error("this is not the address of a relay: it begins with https:// (or http:// in the house)")]
    BadAddress,
    /// No connection, or it was cut.
    #[error("the relay cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// It is there, and cannot answer for the moment; or what stands before it cannot reach it.
    #[error("the relay is busy")]
    Busy,
    /// What stands before it lets no message of this size through.
    #[error("what stands before the relay takes no message of this size")]
    TooLarge,
    /// It does not know the token of the session any more.
    #[error("the session with the relay has ended")]
    TokenEnded,
    /// It answered what is no answer.
    #[error("what answers there is not a relay of Quen")]
    NotARelay,
}

impl RelayClient {
    /// Prepares to talk to a relay.
    ///
    /// # Errors
    /// [`RelayError::BadAddress`] if the text is no address.
    pub fn new(address: &str) -> Result<Self, RelayError> {
        let mut base: Url = address.trim().parse().map_err(|_| RelayError::BadAddress)?;
        if !matches!(base.scheme(), "http" | "https") || base.host_str().is_none() {
            return Err(RelayError::BadAddress);
        }
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .read_timeout(Duration::from_secs(60))
            .build()
            .map_err(RelayError::Unreachable)?;
        Ok(Self { client, base })
    }

    /// Asks one question.
    ///
    /// # Errors
    /// [`RelayError`] if the relay cannot be reached or does not answer as one.
    pub async fn ask(&self, request: &Request, token: Option<&Token>) -> Result<Response, RelayError> {
        let url = self.base.join("v1/call").map_err(|_| RelayError::BadAddress)?;
        let mut post = self.client.post(url).body(encode(request));
        if let Some(token) = token {
            post = post.bearer_auth(BASE64URL_NOPAD.encode(&token.0.0));
        }
        let answer = post.send().await.map_err(RelayError::Unreachable)?;
        let status = answer.status();
        let mut bytes = Vec::new();
        let mut stream = answer.bytes_stream();
        while let Some(part) = stream.next().await {
            bytes.extend_from_slice(&part.map_err(RelayError::Unreachable)?);
            if bytes.len() > MESSAGE_BYTES_MAX {
                return Err(RelayError::NotARelay);
            }
        }
        decode(&bytes).map_err(|_| match status {
            StatusCode::PAYLOAD_TOO_LARGE => RelayError::TooLarge,
            status if is_busy(status) => RelayError::Busy,
            _ => RelayError::NotARelay,
        })
    }

    /// Listens for hints; `hint` is called for each, and once as soon as the stream stands: of what came before, nobody
    /// was told. Returns when the stream ends.
    ///
    /// # Errors
    /// [`RelayError::Unreachable`] if the connection is lost, [`RelayError::TokenEnded`] if hello must be said again,
    /// and [`RelayError::Busy`] if there are no hints to be had, whatever the reason.
    pub async fn listen(&self, token: &Token, mut hint: impl FnMut()) -> Result<(), RelayError> {
        let url = self.base.join("v1/hints").map_err(|_| RelayError::BadAddress)?;
        let get = self.client.get(url).bearer_auth(BASE64URL_NOPAD.encode(&token.0.0));
        let answer = get.send().await.map_err(RelayError::Unreachable)?;
        match answer.status() {
            status if status.is_success() => {}
            StatusCode::UNAUTHORIZED => return Err(RelayError::TokenEnded),
            _ => return Err(RelayError::Busy),
        }
        hint();
        let mut stream = answer.bytes_stream();
        while let Some(part) = stream.next().await {
            // What a hint says is not needed: polling is the truth.
            let part = part.map_err(RelayError::Unreachable)?;
            if part.windows(5).any(|window| window == b"data:") {
                hint();
            }
        }
        Ok(())
    }
}

/// What a relay, or a proxy before it, says when it helps to ask later.
fn is_busy(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpListener,
    };

    use super::*;

    /// What a client hears of hints from something that answers like this.
    async fn heard(status: &'static str) -> Result<(), RelayError> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut caller, _) = listener.accept().unwrap();
            let _read = caller.read(&mut [0; 4_096]).unwrap();
            write!(caller, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
        });
        RelayClient::new(&url).unwrap().listen(&Token(vec![1].into()), || ()).await
    }

    #[tokio::test]
    async fn a_relay_without_a_free_place_for_a_listener_is_still_there() {
        assert!(matches!(heard("503 Service Unavailable").await, Err(RelayError::Busy)));
        assert!(matches!(heard("401 Unauthorized").await, Err(RelayError::TokenEnded)));
        assert!(heard("200 OK").await.is_ok());
    }
}
