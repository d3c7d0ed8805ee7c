//! Counts tests from what the runners print, so that no number is made up.

use std::ops::AddAssign;

/// Tests counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
    /// Tests that were left out by their own mark.
    pub skipped: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Tally {
    /// Adds up the closing lines of the runners in `output`: cargo's `test result:`, Vitest's `Tests  `, and
    /// the `# pass` lines of node's own runner.
    pub fn of(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines() {
            let line = without_colours(line);
            let line = line.trim();
            if let Some(counts) = line.strip_prefix("test result:") {
                tally += cargo(counts);
            } else if let Some(counts) = line.strip_prefix("Tests  ") {
                tally += vitest(counts);
            } else if let Some((kind, count)) = node(line) {
                match kind {
                    "pass" => tally.passed += count,
                    "fail" => tally.failed += count,
                    _ => tally.skipped += count,
                }
            }
        }
        tally
    }
}

/// ` ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.1s`
fn cargo(counts: &str) -> Tally {
    let after_word = counts.split_once('.').map_or(counts, |(_, rest)| rest);
    let count = |word: &str| {
        after_word
            .split(';')
            .find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
            .unwrap_or(0)
    };
    Tally { passed: count("passed"), failed: count("failed"), skipped: count("ignored") }
}

/// `1 failed | 12 passed (13)`
fn vitest(counts: &str) -> Tally {
    let counts = counts.split('(').next().unwrap_or(counts);
    let count = |word: &str| {
        counts.split('|').find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok()).unwrap_or(0)
    };
    Tally { passed: count("passed"), failed: count("failed"), skipped: count("skipped") }
}

/// `# pass 3` or, from the spec reporter, `ℹ pass 3`.
fn node(line: &str) -> Option<(&str, u64)> {
    let rest = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?;
    let (kind, count) = rest.split_once(' ')?;
    let is_counted = matches!(kind, "pass" | "fail" | "skipped");
    if is_counted { Some((kind, count.trim().parse().ok()?)) } else { None }
}

/// Drops the escape sequences that set colours.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(|c| c.is_ascii_alphabetic());
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally { passed, failed, skipped }
    }

    #[test]
    fn cargo_s_lines_are_added_up() {
        let output = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered \
                      out; finished in 0.00s\n\ntest result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured\n";
        assert_eq!(Tally::of(output), tally(5, 4, 1));
    }

    #[test]
    fn vitest_s_line_is_read_with_and_without_failures() {
        assert_eq!(Tally::of("      Tests  12 passed (12)"), tally(12, 0, 0));
        assert_eq!(Tally::of("      Tests  1 failed | 12 passed | 2 skipped (15)"), tally(12, 1, 2));
        let coloured = "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m\u{1b}[22m (7)";
        assert_eq!(Tally::of(coloured), tally(7, 0, 0));
        assert_eq!(Tally::of(" Test Files  3 passed (3)"), tally(0, 0, 0));
    }

    #[test]
    fn node_s_lines_are_read() {
        assert_eq!(Tally::of("# tests 4\n# pass 3\n# fail 1\n# skipped 0"), tally(3, 1, 0));
        assert_eq!(Tally::of("ℹ pass 5\nℹ fail 0\n"), tally(5, 0, 0));
    }

    #[test]
    fn other_text_counts_nothing() {
        assert_eq!(Tally::of("all 12 passed, honestly"), Tally::default());
    }
}
