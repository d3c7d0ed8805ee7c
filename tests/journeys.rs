//! Journeys: several devices, a relay and a virtual clock in one process.

#[path = "journeys/access.rs"]
mod access;
#[path = "journeys/bench.rs"]
mod bench;
#[path = "journeys/contradiction.rs"]
mod contradiction;
#[path = "journeys/listing.rs"]
mod listing;
#[cfg(feature = "mutants")]
#[path = "journeys/mutants.rs"]
mod mutants;
#[path = "journeys/recovery.rs"]
mod recovery;
#[path = "journeys/refilled.rs"]
mod refilled;
#[path = "journeys/refused.rs"]
mod refused;
#[path = "journeys/repair.rs"]
mod repair;
#[path = "journeys/simulation.rs"]
mod simulation;
