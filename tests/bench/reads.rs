//! What screens ask while somebody works: search, pages, filters.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use crm::app::App;
use formats::fold::fold;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{desk, figure::Figure, figure::percentiles, import, raw};

/// People whose names and numbers are typed.
const TYPED: usize = 150;
/// Pages and filters that are asked for.
const ASKED: usize = 300;

/// Reads as the screens do.
pub fn measure(folder: &Path, people: u64) -> Result<Vec<Figure>> {
    let app = desk::open(&folder.join(import::DEVICE))?;
    let raw = raw::open(&folder.join(import::RAW))?;
    Ok(vec![search(&app, &raw, people)?, pages(&app, &raw, people)?, filter(&app, &raw, people)?])
}

fn page(app: &App, view: &Value, offset: u64) -> Result<(Duration, Value)> {
    desk::timed(app, "contact.list", json!({ "view": view, "offset": offset, "limit": 50 }))
}

/// Numbers that look random and are the same in every run.
fn scattered(count: usize, below: u64) -> impl Iterator<Item = u64> {
    (1..=count as u64).map(move |at| at.wrapping_mul(2_654_435_761) % below.max(1))
}

fn search(app: &App, raw: &Connection, people: u64) -> Result<Figure> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let everyone = json!({});
    for (at, offset) in scattered(TYPED, people).enumerate() {
        let (_, list) = page(app, &everyone, offset)?;
        let Some(row) = list["rows"].get(0) else { continue };
        let name = row["fullName"].as_str().unwrap_or_default().to_owned();
        let phone = row["phone"].as_str().unwrap_or_default().replace("+84", "0");
        // One types without marks, one with them, one a number.
        let typed = match at % 3 {
            0 => fold(&name),
            1 => name,
            _ => phone,
        };
        let chars: Vec<char> = typed.chars().collect();
        for length in 1..=chars.len() {
            let text: String = chars[..length].iter().collect();
            if text.ends_with(' ') {
                continue;
            }
            let (time, _) = desk::timed(app, "contact.search", json!({ "text": text, "limit": 20 }))?;
            ours.push(time);
            let words: Vec<String> = fold(&text).split(' ').map(|word| format!("\"{word}\"*")).collect();
            theirs.push(raw::read(
                raw,
                "SELECT person.* FROM words JOIN person ON person.no = words.rowid WHERE words MATCH ?1 LIMIT 20",
                [words.join(" ")],
            )?);
        }
    }
    Ok(Figure::times("search, one keystroke", &mut ours).target(8.0).raw(percentiles(&mut theirs).1))
}

fn pages(app: &App, raw: &Connection, people: u64) -> Result<Figure> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for offset in scattered(ASKED, people) {
        ours.push(page(app, &json!({}), offset)?.0);
        let sql = "SELECT * FROM person ORDER BY name_fold LIMIT 50 OFFSET ?1";
        theirs.push(raw::read(raw, sql, [i64::try_from(offset)?])?);
    }
    Ok(Figure::times("list, a page anywhere", &mut ours).target(10.0).raw(percentiles(&mut theirs).1))
}

fn filter(app: &App, raw: &Connection, people: u64) -> Result<Figure> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let rule = |field: &str, op: &str, value: Value| json!({ "is": "rule", "field": field, "op": op, "value": value });
    let any = |of: Vec<Value>| json!({ "is": "any", "of": of });
    for (at, days) in scattered(ASKED, 60).enumerate() {
        let status = ["active", "trial", "contacted", "new"][at % 4];
        let filter = json!({ "is": "all", "of": [
            any(vec![rule("status", "is", json!(status)), rule("level", "isEmpty", Value::Null)]),
            any(vec![
                rule("lastInteractionAt", "olderThanDays", json!(days)),
                json!({ "is": "all", "of": [
                    rule("phone", "isSet", Value::Null), rule("birthOn", "after", json!("2012-01-01")) ] }),
            ]),
            { "is": "not", "of": rule("source", "is", json!("facebook")) },
        ]});
        let (time, _) = page(app, &json!({ "filter": filter }), 0)?;
        ours.push(time);
        theirs.push(raw::read(
            raw,
            "SELECT *, count(*) OVER () FROM person WHERE (status = ?1 OR level = '')
             AND (first_contact < date('now', ?2) OR (phone <> '' AND birth_on > '2012-01-01'))
             AND source <> 'facebook' ORDER BY name_fold LIMIT 50",
            (status, format!("-{days} days")),
        )?);
    }
    let name = format!("nested filter over {people} people");
    Ok(Figure::times(&name, &mut ours).target(30.0).raw(percentiles(&mut theirs).1))
}
