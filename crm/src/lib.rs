//! The engine: everything that a CRM does, without a window.
//!
//! An [`edit::Edit`] goes through [`api`] to the [`engine`], which writes documents and read tables in one
//! commit. Screens read the tables through the same door. What happens at the edge of the world (network,
//! clock, files, key store) lives in `io` alone.

pub mod api;
pub mod app;
pub mod bounds;
pub mod bulk;
pub mod comment;
pub mod conflict;
pub mod contact;
pub mod definition;
pub mod duplicate;
pub mod edit;
pub mod engine;
pub mod export;
pub mod feed;
pub mod filter;
pub mod id;
pub mod import;
pub mod interaction;
pub mod io;
pub mod job;
pub mod listing;
pub mod mutant;
pub mod read;
pub mod session;
pub mod store;
pub mod sync;
pub mod task;
