//! Journeys: several devices, a relay and a virtual clock in one process.

#[path = "journeys/access.rs"]
mod access;
#[path = "journeys/repair.rs"]
mod repair;
#[path = "journeys/simulation.rs"]
mod simulation;
