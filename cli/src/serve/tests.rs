//! What the door to a browser lets through.

use std::net::Ipv4Addr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::*;

const TOKEN: &str = "0123456789abcdef";

/// A server on a free port. Returns its address; it ends with the runtime.
async fn served(folder: &std::path::Path, names: &[&str]) -> SocketAddr {
    let app = App::open(&folder.join("data"), Some("bốn mùa hoa".to_owned().into())).expect("opens");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    // What a server hears that listens everywhere.
    let anywhere = SocketAddr::from((Ipv4Addr::UNSPECIFIED, address.port()));
    let server = Server { app, token: TOKEN.into(), hosts: hosts(anywhere, &names) };
    let service = router(server, folder.to_owned()).into_make_service_with_connect_info::<Ends>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

/// Asks for the session with these headers. Returns the status.
async fn status(address: SocketAddr, headers: &[(&str, &str)]) -> u16 {
    let body = r#"{ "name": "session.get" }"#;
    let mut request =
        format!("POST /api/call HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(format!("{request}\r\n{body}").as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answered");
    answer.split_whitespace().nth(1).and_then(|code| code.parse().ok()).expect("a status")
}

#[tokio::test]
async fn only_pages_of_this_server_with_its_token_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let address = served(folder.path(), &["quay.local"]).await;
    let (here, port) = (address.to_string(), address.port());
    let named = format!("QUAY.local:{port}");
    let local = format!("localhost:{port}");
    let token = ("x-quen-token", TOKEN);
    for host in [&here, &named, &local] {
        assert_eq!(status(address, &[("host", host), token]).await, 200, "{host}");
        assert_eq!(status(address, &[("host", host)]).await, 401, "{host} without a token");
        assert_eq!(status(address, &[("host", host), ("x-quen-token", "0123456789abcdee")]).await, 401);
        let origin = format!("http://{host}");
        assert_eq!(status(address, &[("host", host), ("origin", &origin), token]).await, 200, "{origin}");
    }
    let rebound = format!("evil.example:{port}");
    let other_port = format!("127.0.0.1:{}", port.wrapping_add(1));
    for host in [rebound.as_str(), &other_port, "quay.local", "127.0.0.2", ""] {
        assert_eq!(status(address, &[("host", host), token]).await, 403, "{host}");
    }
    for origin in ["http://evil.example", "null", "https://localhost", &format!("https://{here}")] {
        assert_eq!(status(address, &[("host", &here), ("origin", origin), token]).await, 403, "{origin}");
    }
    assert_eq!(status(address, &[token]).await, 403, "no host at all");
}

#[tokio::test]
async fn a_browser_under_a_wrong_name_is_shown_a_page_and_a_program_is_given_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let address = served(folder.path(), &[]).await;
    let asked = async |accept: &str| {
        let mut stream = TcpStream::connect(address).await.expect("connects");
        let head =
            format!("GET / HTTP/1.1\r\nhost: evil.example\r\naccept: {accept}\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("answered");
        answer
    };
    let page = asked("text/html,application/xhtml+xml").await;
    assert!(page.starts_with("HTTP/1.1 403 ") && page.contains("content-type: text/html"), "{page}");
    assert!(page.contains("Hãy mở đúng địa chỉ") && page.contains("Open the address"), "{page}");
    let code = asked("*/*").await;
    assert!(code.starts_with("HTTP/1.1 403 ") && code.contains("\"code\":\"wrong_origin\""), "{code}");
}

/// What is answered to a body of 200 MB that is announced and never comes.
async fn status_before_the_body(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = format!("POST {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: 200000000\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(format!("{request}\r\n").as_bytes()).await.expect("sent");
    let mut answer = [0; 12];
    let read = stream.read_exact(&mut answer);
    let is_patient = std::time::Duration::from_secs(20);
    tokio::time::timeout(is_patient, read).await.expect("nobody waits for the body").expect("answered");
    String::from_utf8_lossy(&answer[9..]).parse().expect("a status")
}

#[tokio::test]
async fn a_body_of_somebody_unknown_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let address = served(folder.path(), &[]).await;
    let here = address.to_string();
    for path in ["/api/file", "/api/call", "/api/file/0123"] {
        let host = ("host", here.as_str());
        assert_eq!(status_before_the_body(address, path, &[host]).await, 401, "{path}");
        let wrong = ("x-quen-token", "0123456789abcdee");
        assert_eq!(status_before_the_body(address, path, &[host, wrong]).await, 401, "{path}");
        let elsewhere = [("host", "evil.example"), ("x-quen-token", TOKEN)];
        assert_eq!(status_before_the_body(address, path, &elsewhere).await, 403, "{path}");
        let other_page = [host, ("origin", "http://evil.example"), ("x-quen-token", TOKEN)];
        assert_eq!(status_before_the_body(address, path, &other_page).await, 403, "{path}");
    }
}

#[tokio::test]
async fn a_call_beyond_its_limit_is_refused_with_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let address = served(folder.path(), &[]).await;
    let body = vec![b' '; CALL_BYTES_MAX + 1];
    let head = format!(
        "POST /api/call HTTP/1.1\r\nconnection: close\r\nhost: {address}\r\nx-quen-token: {TOKEN}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(head.as_bytes()).await.expect("sent");
    stream.write_all(&body).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("\"code\":\"too_many\""), "{answer}");
}

#[test]
fn a_browser_of_another_machine_comes_over_the_network() {
    let ends = |there: &str| Ends { here: None, there: there.parse().unwrap() };
    for near in ["127.0.0.1:9", "127.8.0.1:9", "[::1]:9", "[::ffff:127.0.0.1]:9"] {
        assert_eq!(ends(near).transport(), api::Transport::Http, "{near}");
    }
    for far in ["192.168.1.7:9", "[fe80::1]:9", "[::ffff:10.0.0.1]:9"] {
        assert_eq!(ends(far).transport(), api::Transport::Network, "{far}");
    }
}
