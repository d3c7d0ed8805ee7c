//! Journeys: several devices, a relay and a virtual clock in one process.

#[path = "journeys/simulation.rs"]
mod simulation;
