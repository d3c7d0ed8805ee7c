//! The relay's process: its store, and what an operator may do to it.

use std::path::PathBuf;

use relay::{Caller, Founding, Store, StoreConfig, handle};
use wire::{
    Lineage,
    protocol::{Fault, FaultCode, Request, Response, Token, decode, encode},
};

use crate::DiskCopy;

/// A relay in process.
pub struct RelayHost {
    store: Option<Store>,
    identity: [u8; 32],
    path: PathBuf,
    lineage: Lineage,
    copies: Vec<DiskCopy>,
    quota_bytes: u64,
}

impl RelayHost {
    /// Starts a relay with an empty disk.
    pub fn new(path: PathBuf, identity: [u8; 32], lineage: Lineage) -> Self {
        let mut host =
            Self { store: None, identity, path, lineage, copies: Vec::new(), quota_bytes: 1 << 30 };
        host.start();
        host
    }

    fn start(&mut self) {
        let config = StoreConfig {
            path: Some(self.path.clone()),
            identity: self.identity,
            new_lineage: self.lineage,
            founding: Founding::Open,
            quota_bytes: self.quota_bytes,
        };
        self.store = Some(Store::open(config).expect("the relay's disk opens"));
    }

    /// The store.
    pub fn store(&self) -> &Store {
        self.store.as_ref().expect("the relay runs")
    }

    /// Answers a request as the HTTP door does: by bytes, and by token.
    pub fn answer(&self, token: Option<&Token>, request: &Request, now_ms: i64) -> Response {
        let now_ms = u64::try_from(now_ms).unwrap_or(0);
        let request: Request = decode(&encode(request)).expect("a request reads back");
        let is_open = matches!(request, Request::Challenge | Request::Hello(_) | Request::JoinPut { .. });
        let caller = match token {
            Some(token) if !is_open => match self.store().caller(token, now_ms) {
                Some(caller) => caller,
                None => {
                    return Response::Fault(Fault::new(FaultCode::Unauthenticated, "the token has ended"));
                }
            },
            _ => Caller::Anonymous,
        };
        let response = handle(self.store(), caller, request, now_ms);
        decode(&encode(&response)).expect("a response reads back")
    }

    /// Stops and starts.
    pub fn restart(&mut self) {
        self.store = None;
        self.start();
    }

    /// Stops, and starts with this much room.
    pub fn restart_with_room(&mut self, bytes: u64) {
        self.quota_bytes = bytes;
        self.restart();
    }

    /// Loses everything but its secret.
    pub fn wipe(&mut self, path: PathBuf, lineage: Lineage) {
        self.store = None;
        (self.path, self.lineage) = (path, lineage);
        self.copies.clear();
        self.start();
    }

    /// Keeps a copy of its disk.
    pub fn back_up(&mut self) {
        self.store().checkpoint().expect("the relay's disk works");
        self.copies.push(DiskCopy::of(&self.path));
    }

    /// Goes back to an older copy; false if there is none.
    pub fn restore(&mut self, pick: usize) -> bool {
        if self.copies.is_empty() {
            return false;
        }
        let at = pick % self.copies.len();
        self.store = None;
        self.copies[at].restore(&self.path);
        self.copies.truncate(at + 1);
        self.start();
        true
    }
}
