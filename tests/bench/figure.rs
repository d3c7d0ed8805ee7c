//! A measured figure, and the table of all.

use std::fmt::Write;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// One line of the table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Figure {
    /// What was done.
    pub name: String,
    /// ms, s, people/s...
    pub unit: String,
    /// The figure that is compared; of many times the 99th percentile.
    pub value: f64,
    /// The middle one of many times.
    pub p50: Option<f64>,
    /// What it should reach.
    pub target: Option<f64>,
    /// Greater is better.
    pub is_rate: bool,
    /// The same work on raw SQLite or raw files.
    pub raw: Option<f64>,
    /// At most so many times the raw figure.
    pub ratio_target: Option<f64>,
    /// Peak of this process's memory, MB.
    pub peak_mb: Option<f64>,
    /// What it should stay below.
    pub peak_target_mb: Option<f64>,
}

impl Figure {
    /// A figure of which less is better.
    pub fn new(name: &str, unit: &str, value: f64) -> Self {
        Self {
            name: name.to_owned(),
            unit: unit.to_owned(),
            value,
            p50: None,
            target: None,
            is_rate: false,
            raw: None,
            ratio_target: None,
            peak_mb: None,
            peak_target_mb: None,
        }
    }

    /// A figure of which more is better.
    pub fn rate(name: &str, unit: &str, value: f64) -> Self {
        Self { is_rate: true, ..Self::new(name, unit, value) }
    }

    /// The 99th percentile of many times, in milliseconds.
    pub fn times(name: &str, times: &mut [Duration]) -> Self {
        let (p50, p99) = percentiles(times);
        Self { p50: Some(p50), ..Self::new(name, "ms p99", p99) }
    }

    /// With what it should reach.
    pub fn target(self, target: f64) -> Self {
        Self { target: Some(target), ..self }
    }

    /// With the raw figure.
    pub fn raw(self, raw: f64) -> Self {
        Self { raw: Some(raw), ..self }
    }

    /// With this process's peak of memory and what it should stay below.
    pub fn peak(self, target_mb: f64) -> Self {
        Self { peak_mb: peak_mb(), peak_target_mb: Some(target_mb), ..self }
    }

    /// How many times worse than raw.
    pub fn ratio(&self) -> Option<f64> {
        let raw = self.raw.filter(|raw| *raw > 0.0)?;
        Some(if self.is_rate { raw / self.value } else { self.value / raw })
    }

    fn is_reached(&self) -> Option<bool> {
        let value =
            self.target.map(|target| if self.is_rate { self.value >= target } else { self.value < target });
        let ratio = self.ratio_target.zip(self.ratio()).map(|(target, ratio)| ratio <= target);
        let peak = self.peak_target_mb.zip(self.peak_mb).map(|(target, peak)| peak < target);
        [value, ratio, peak].into_iter().flatten().reduce(|a, b| a && b)
    }
}

/// The middle and the 99th percentile, in milliseconds.
pub fn percentiles(times: &mut [Duration]) -> (f64, f64) {
    times.sort_unstable();
    let at = |percent: usize| {
        let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
        times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    };
    (at(50), at(99))
}

/// The most memory that this process ever held; only known where the system tells it.
pub fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kb: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kb / 1_024.0)
}

/// The figures as a table that also reads as Markdown.
pub fn table(figures: &[Figure], people: u64) -> String {
    let mut text = format!(
        "{people} people\n| {:<44} | {:>18} | {:>9} | {:>9} | {:>9} | {:>6} | {:>14} | {:<7} |\n",
        "what", "figure", "p50", "target", "raw", "ratio", "peak MB", "reached"
    );
    text.push_str("|---|---|---|---|---|---|---|---|\n");
    let short = |value: Option<f64>| value.map_or_else(String::new, number);
    for figure in figures {
        let sign = if figure.is_rate { ">=" } else { "<" };
        let target = match (figure.target, figure.ratio_target) {
            (Some(target), _) => format!("{sign} {}", number(target)),
            (None, Some(ratio)) => format!("<= {ratio}x"),
            (None, None) => String::new(),
        };
        let peak = match (figure.peak_mb, figure.peak_target_mb) {
            (Some(peak), Some(target)) => format!("{peak:.0} (< {target:.0})"),
            _ => String::new(),
        };
        let reached = match figure.is_reached() {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        // Writing to a text does not fail.
        let _ = writeln!(
            text,
            "| {:<44} | {:>18} | {:>9} | {:>9} | {:>9} | {:>6} | {:>14} | {:<7} |",
            figure.name,
            format!("{} {}", number(figure.value), figure.unit),
            short(figure.p50),
            target,
            short(figure.raw),
            short(figure.ratio()),
            peak,
            reached
        );
    }
    text
}

fn number(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}
