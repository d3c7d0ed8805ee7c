//! The simulated world, seed after seed. `QUEN_SEEDS` says how many.

use std::panic::{AssertUnwindSafe, catch_unwind};

use world::{Tally, World};

/// Seeds in a plain run.
const SEEDS: u64 = 24;

pub(crate) fn run(seed: u64) -> Tally {
    println!("seed {seed}");
    let mut world = World::seeded(seed);
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

#[test]
fn relay_wiped_under_a_live_session_is_compared_in_every_space() {
    run(79);
}

#[test]
fn relay_that_went_back_between_two_puts_is_noticed() {
    run(104);
}

#[test]
fn disk_that_refuses_right_after_a_new_life_began_leaves_one_author() {
    run(482);
}

#[test]
fn comparison_that_a_relay_refused_is_not_counted_as_made() {
    run(289);
}

#[test]
fn relay_that_went_back_again_while_it_is_read_from_the_start_is_noticed() {
    run(62);
}
