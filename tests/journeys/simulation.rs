//! The simulated world, seed after seed. `QUEN_SEEDS` says how many.

use std::panic::{AssertUnwindSafe, catch_unwind};

use world::{Fault, Sight, Tally, World};

/// Seeds in a plain run.
const SEEDS: u64 = 24;
/// Seeds after which everything that the checks are about must have come about, the rare included.
const SEEDS_LONG: u64 = 100;

/// What came about in one seed, or in several.
#[derive(Default)]
pub(crate) struct Reached {
    faults: Tally<Fault>,
    sights: Tally<Sight>,
}

pub(crate) fn run(seed: u64) -> Reached {
    println!("seed {seed}");
    let mut world = World::stormy(seed);
    world.run_script();
    world.heal();
    world.check();
    assert!(world.nodes.len() >= 4, "{} devices", world.nodes.len());
    assert!(world.ledger.edit_count >= 200, "{} edits", world.ledger.edit_count);
    assert!(world.ledger.entered.len() >= 20, "{} people", world.ledger.entered.len());
    assert!(world.tally.total() >= 10, "{} faults", world.tally.total());
    Reached { faults: world.tally, sights: world.sights }
}

/// Runs every second seed, from `first` on.
fn run_half(first: u64) {
    let count = std::env::var("QUEN_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS);
    let started = std::env::var("QUEN_FIRST_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut reached = Reached::default();
    let mut failed = Vec::new();
    for seed in (started + first..started + count).step_by(2) {
        match catch_unwind(AssertUnwindSafe(|| run(seed))) {
            Ok(one) => {
                reached.faults.add(&one.faults);
                reached.sights.add(&one.sights);
            }
            Err(_) => {
                eprintln!("seed {seed} failed");
                failed.push(seed);
            }
        }
    }
    println!("faults: {}\nreached: {}", reached.faults, reached.sights);
    assert!(failed.is_empty(), "failed seeds: {failed:?}");
    // One seed alone, to look at it, need not have every kind.
    if count >= SEEDS {
        check_reached(&reached, count >= SEEDS_LONG);
    }
}

/// Every kind of fault happened, everything that the checks are about came about, and they excused little.
fn check_reached(reached: &Reached, is_long: bool) {
    let missing = reached.faults.missing(&Fault::ALL);
    assert!(missing.is_empty(), "faults that never happened: {missing:?}");
    let missing = reached.sights.missing(&Sight::WANTED);
    assert!(!is_long || missing.is_empty(), "never reached: {missing:?}");
    let of = |sight| reached.sights.of(sight);
    assert!(of(Sight::UndoNotJudged) * 10 < of(Sight::UndoJudged), "the undo is hardly checked");
}

#[test]
fn even_seeds_lose_nothing_and_converge() {
    run_half(0);
}

#[test]
fn odd_seeds_lose_nothing_and_converge() {
    run_half(1);
}
