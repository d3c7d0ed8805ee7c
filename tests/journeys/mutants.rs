//! Every planted bug is caught by one of a few seeds.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crm::mutant::{Mutant, plant};
use world::Violation;

use crate::simulation;

/// Seeds that each bug has to survive to go unnoticed.
const SEEDS: u64 = 300;

/// The first seed whose oracle sees a bug. A bug that only stops the program somewhere was not seen.
fn caught_by(mutant: Mutant) -> Option<(u64, String)> {
    (0..SEEDS).find_map(|seed| {
        plant(Some(mutant));
        let outcome = catch_unwind(AssertUnwindSafe(|| simulation::run(seed)));
        plant(None);
        let Violation(what) = *outcome.err()?.downcast().ok()?;
        Some((seed, what.lines().next().unwrap_or_default().to_owned()))
    })
}

fn check(mutants: impl Iterator<Item = Mutant>) {
    let outcomes: Vec<_> = mutants.map(|mutant| (mutant, caught_by(mutant))).collect();
    for (mutant, seed) in &outcomes {
        println!("{mutant:?}: caught by {seed:?}");
    }
    let missed: Vec<_> = outcomes.iter().filter(|(_, seed)| seed.is_none()).collect();
    assert!(missed.is_empty(), "not caught: {missed:?}");
}

#[test]
fn first_half_of_the_planted_bugs_is_caught() {
    check(Mutant::ALL.into_iter().step_by(2));
}

#[test]
fn second_half_of_the_planted_bugs_is_caught() {
    check(Mutant::ALL.into_iter().skip(1).step_by(2));
}
