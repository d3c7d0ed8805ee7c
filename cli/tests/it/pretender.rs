//! Something that speaks the protocol of a relay and answers as a test wishes.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
};

use wire::protocol::{Request, Response, decode, encode};

/// Answers every question as `answer` says, for as long as the test runs. Where it listens.
pub(crate) fn relay_that(answer: impl Fn(Request) -> Response + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut caller in listener.incoming().flatten() {
            let Some(question) = body(&mut caller) else { continue };
            let said = encode(&answer(decode(&question).expect("a question of the protocol")));
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", said.len());
            let _told = caller.write_all(&[head.as_bytes(), &said].concat());
        }
    });
    url
}

/// The body of an HTTP request.
fn body(caller: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut heard, mut buffer) = (Vec::new(), [0; 4_096]);
    loop {
        let count = caller.read(&mut buffer).ok().filter(|count| *count > 0)?;
        heard.extend_from_slice(&buffer[..count]);
        let Some(end) = heard.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&heard[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        if heard.len() >= end + 4 + length.unwrap_or(0) {
            return Some(heard[end + 4..].to_vec());
        }
    }
}
