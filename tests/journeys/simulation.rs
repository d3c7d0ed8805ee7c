//! The simulated world, seed after seed. `QUEN_SEEDS` says how many.

use std::panic::{AssertUnwindSafe, catch_unwind};

use world::{Tally, World};

/// Seeds in a plain run.
const SEEDS: u64 = 24;

pub(crate) fn run(seed: u64) -> Tally {
    println!("seed {seed}");
    let mut world = World::stormy(seed);
    world.run_script();
    world.heal();
    world.check();
    assert!(world.ledger.edit_count >= 200, "{} edits", world.ledger.edit_count);
    assert!(world.ledger.entered.len() >= 20, "{} people", world.ledger.entered.len());
    assert!(world.tally.total() >= 10, "{} faults", world.tally.total());
    world.tally
}

/// Runs every second seed, from `first` on.
fn run_half(first: u64) -> Tally {
    let count = std::env::var("QUEN_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS);
    let started = std::env::var("QUEN_FIRST_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut tally = Tally::default();
    let mut failed = Vec::new();
    for seed in (started + first..started + count).step_by(2) {
        match catch_unwind(AssertUnwindSafe(|| run(seed))) {
            Ok(faults) => tally.add(&faults),
            Err(_) => {
                eprintln!("seed {seed} failed");
                failed.push(seed);
            }
        }
    }
    assert!(failed.is_empty(), "failed seeds: {failed:?}");
    // One seed alone, to look at it, need not have every kind.
    assert!(count < SEEDS || tally.missing().is_empty(), "faults that never happened: {:?}", tally.missing());
    tally
}

#[test]
fn even_seeds_lose_nothing_and_converge() {
    run_half(0);
}

#[test]
fn odd_seeds_lose_nothing_and_converge() {
    run_half(1);
}
