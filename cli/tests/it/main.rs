//! The program itself, as a process: several devices and a relay on loopback, and what goes wrong on one machine.

mod bad_input;
mod blind;
mod careless;
mod commands;
mod desk;
mod elsewhere;
mod pretender;
mod processes;
mod recovery;
mod refused;
mod remedies;
#[cfg(unix)]
mod rights;
mod stopped;
