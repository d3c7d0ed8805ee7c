//! The program itself, as a process: several devices and a relay on loopback, and what goes wrong on one machine.

mod bad_input;
mod careless;
mod commands;
mod desk;
mod pretender;
mod processes;
mod refused;
mod remedies;
mod rights;
mod stopped;
#[cfg(unix)]
