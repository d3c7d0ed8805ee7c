//! Whose address counts: the last that a proxy names behind one, the connection's own otherwise.

use wire::protocol::{Request, encode};

use crate::process::Relay;

/// Far more than one address may ask at once, and in the time that they take.
const CALLS: u8 = 200;

/// How many of as many calls are told that they are too many; `forwarded` says for whom each claims to come.
async fn refused(relay: &Relay, forwarded: impl Fn(u8) -> Vec<String>) -> usize {
    let (client, mut count) = (reqwest::Client::new(), 0);
    for number in 0..CALLS {
        let mut call = client.post(format!("{}/v1/call", relay.url)).body(encode(&Request::Challenge));
        for one in forwarded(number) {
            call = call.header("x-forwarded-for", one);
        }
        match call.send().await.unwrap().status().as_u16() {
            200 => {}
            429 => count += 1,
            other => panic!("{other}"),
        }
    }
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_proxy_each_address_that_it_names_last_has_a_rate_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start_at_rate(folder.path(), 1, &["--behind-proxy"]);
    assert_eq!(refused(&relay, |number| vec![format!("203.0.113.{number}")]).await, 0, "many clients");
    // What a client says of itself stands before what the proxy adds: in one header, or in one before it.
    let claims = |number| vec![format!("192.0.2.{number}, 198.51.100.1")];
    assert!(refused(&relay, claims).await > 0, "one client that claims to be many");
    let claims = |number| vec![format!("192.0.2.{number}"), "198.51.100.2".to_owned()];
    assert!(refused(&relay, claims).await > 0, "the same with a header of its own");
    // Where the proxy names nobody the connection counts.
    assert!(refused(&relay, |_| Vec::new()).await > 0);
    assert!(refused(&relay, |number| vec![format!("unknown{number}")]).await > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_proxy_a_header_gives_nobody_a_rate_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start_at_rate(folder.path(), 1, &[]);
    assert!(refused(&relay, |number| vec![format!("203.0.113.{number}")]).await > 0);
}
