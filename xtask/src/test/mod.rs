//! `cargo xtask test`: every test of the project, stage by stage, with the minutes of each.

mod stages;
mod tally;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use stages::{STAGES, Stage};
use tally::Tally;

/// How a stage ended.
struct Outcome {
    name: &'static str,
    took: Duration,
    tally: Tally,
    ok: bool,
}

/// Runs the named stages, all when none is named, up to the first one that fails. Prints the table of
/// minutes in any case.
///
/// # Errors
/// When a name is unknown or a stage failed.
pub fn run(names: &[String]) -> Result<()> {
    let chosen = choose(names)?;
    let mut outcomes = Vec::new();
    for stage in chosen {
        println!("\n== {}: {}", stage.name, stage.about);
        let started = Instant::now();
        let (tally, ok) = match (stage.run)() {
            Ok(tally) => (tally, tally.failed == 0),
            Err(failure) => {
                eprintln!("error: {:#}", failure.error);
                (failure.tally, false)
            }
        };
        outcomes.push(Outcome { name: stage.name, took: started.elapsed(), tally, ok });
        if !ok {
            break;
        }
    }
    println!("\n{}", table(&outcomes));
    match outcomes.iter().find(|outcome| !outcome.ok) {
        Some(outcome) => bail!("stage {} failed", outcome.name),
        None => Ok(()),
    }
}

fn choose(names: &[String]) -> Result<Vec<&'static Stage>> {
    if let Some(unknown) = names.iter().find(|name| !STAGES.iter().any(|stage| stage.name == **name)) {
        let known: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
        bail!("no stage {unknown}; there are {}", known.join(", "));
    }
    Ok(STAGES
        .iter()
        .filter(|stage| names.is_empty() || names.iter().any(|name| name == stage.name))
        .collect())
}

fn table(outcomes: &[Outcome]) -> String {
    let mut text =
        format!("{:<10} {:>8} {:>8} {:>8} {:>8}  \n", "stage", "minutes", "passed", "failed", "skipped");
    let mut total = Tally::default();
    let mut took = Duration::ZERO;
    for outcome in outcomes {
        total += outcome.tally;
        took += outcome.took;
        text += &line(outcome.name, outcome.took, outcome.tally, if outcome.ok { "" } else { "FAILED" });
    }
    text += &line("total", took, total, "");
    text += &format!("\n{} passed, {} failed", total.passed, total.failed);
    if total.skipped > 0 {
        text += &format!(", {} skipped", total.skipped);
    }
    text
}

fn line(name: &str, took: Duration, tally: Tally, mark: &str) -> String {
    let minutes = took.as_secs_f64() / 60.0;
    let Tally { passed, failed, skipped } = tally;
    format!("{name:<10} {minutes:>8.1} {passed:>8} {failed:>8} {skipped:>8}  {mark}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_adds_up_and_marks_the_failed_stage() {
        let outcome = |name, passed, failed| Outcome {
            name,
            took: Duration::from_secs(90),
            tally: Tally { passed, failed, skipped: 0 },
            ok: failed == 0,
        };
        let text = table(&[outcome("rust", 10, 0), outcome("ui", 5, 2)]);
        assert!(text.lines().nth(2).unwrap().ends_with("FAILED"));
        assert!(text.contains("3.0"));
        assert!(text.ends_with("15 passed, 2 failed"));
    }

    #[test]
    fn an_unknown_stage_is_refused_by_name() {
        let error = choose(&["nonsense".to_owned()]).err().unwrap().to_string();
        assert!(error.contains("nonsense") && error.contains("clippy"), "{error}");
    }
}
