//! The relay from outside: in process, and as a real process on loopback.

#![allow(clippy::unwrap_used, reason = "helpers of tests are no test functions to clippy")]

mod calls;
mod devices;
mod lifecycle;
mod process;
mod proxy;
