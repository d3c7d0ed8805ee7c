//! Spreads the people over the files, with repeats, and keeps the truth beside them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use rand::{Rng, RngExt};
use serde::Serialize;

use super::household::{Person, dice};
use super::row::Row;
use super::sheet::{self, Sheet};
use super::{Plan, dirt, vcard, xlsx};

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Distinct people.
    pub people: u64,
    /// Rows in all files.
    pub rows: u64,
    /// Rows that repeat somebody.
    pub repeats: u64,
}

/// One line of `rows.jsonl`: which person a row means and what was done to it.
#[derive(Serialize)]
struct RowTruth<'a> {
    file: &'a str,
    /// 1 for the first row below the header; blank lines do not count.
    row: u64,
    person: u64,
    dirt: &'a [&'static str],
}

/// Writes the centre into `dir`: six dirty files, `truth.jsonl` (the clean people) and `rows.jsonl`
/// (file, row, person, dirt).
///
/// # Errors
/// When a file cannot be written.
pub fn write(plan: Plan, dir: &Path) -> Result<Report> {
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let mut files = Files::create(dir)?;
    let mut truth = lines(dir, "truth.jsonl")?;
    let mut report = Report::default();
    let mut first_of: Vec<Person> = Vec::new();
    for person in plan.people() {
        serde_json::to_writer(&mut truth, &person)?;
        truth.write_all(b"\n")?;
        let mut rng = dice(plan.seed, person.number, 1);
        files.enter(&person, false, &mut rng)?;
        report.people += 1;
        report.rows += 1;
        if rng.random_bool(0.045) {
            let again = if rng.random_bool(0.5) { person } else { earlier(&mut first_of, person, &mut rng) };
            files.enter(&again, true, &mut rng)?;
            report.rows += 1;
            report.repeats += 1;
        }
    }
    truth.flush()?;
    files.close()?;
    Ok(report)
}

/// People kept for a late repeat; a newcomer takes a random one's place, so memory stays bounded.
const EARLIER_MAX: usize = 512;

fn earlier(kept: &mut Vec<Person>, newcomer: Person, rng: &mut impl Rng) -> Person {
    if kept.len() < EARLIER_MAX {
        kept.push(newcomer.clone());
        return newcomer;
    }
    let place = rng.random_range(0..kept.len());
    std::mem::replace(&mut kept[place], newcomer)
}

fn lines(dir: &Path, name: &str) -> Result<BufWriter<File>> {
    let path = dir.join(name);
    Ok(BufWriter::new(File::create(&path).with_context(|| format!("cannot write {}", path.display()))?))
}

/// Places of the files in [`Files`].
const FACEBOOK: usize = 3;
const GOOGLE: usize = 4;
const ADDRESS_BOOK: usize = 5;

struct Files {
    sheets: Vec<Box<dyn Sheet>>,
    rows: Vec<u64>,
    truth: BufWriter<File>,
}

impl Files {
    fn create(dir: &Path) -> Result<Self> {
        let sheets = vec![
            sheet::quan_1(dir)?,
            sheet::go_vap(dir)?,
            xlsx::thu_duc(dir)?,
            sheet::facebook(dir)?,
            sheet::google(dir)?,
            vcard::address_book(dir)?,
        ];
        Ok(Self { rows: vec![0; sheets.len()], sheets, truth: lines(dir, "rows.jsonl")? })
    }

    /// Puts a row of `person` into her branch's sheet, or into one of the services' exports.
    fn enter(&mut self, person: &Person, is_repeat: bool, rng: &mut impl Rng) -> Result<()> {
        let at_branch = match person.branch.as_str() {
            "Quận 1" => 0,
            "Gò Vấp" => 1,
            _ => 2,
        };
        let place = match rng.random_range(0..100) {
            0..84 => at_branch,
            84..93 => FACEBOOK,
            93..97 => GOOGLE,
            _ => ADDRESS_BOOK,
        };
        let row = if place < FACEBOOK {
            dirt::row(person, is_repeat, rng)
        } else {
            dirt::contact(person, is_repeat, rng)
        };
        self.put(place, &row)
    }

    fn put(&mut self, place: usize, row: &Row) -> Result<()> {
        let sheet = &mut self.sheets[place];
        sheet.add(row)?;
        self.rows[place] += 1;
        let line =
            RowTruth { file: sheet.name(), row: self.rows[place], person: row.person, dirt: &row.dirt };
        serde_json::to_writer(&mut self.truth, &line)?;
        self.truth.write_all(b"\n")?;
        Ok(())
    }

    fn close(mut self) -> Result<()> {
        for sheet in self.sheets {
            sheet.close()?;
        }
        self.truth.flush()?;
        Ok(())
    }
}
