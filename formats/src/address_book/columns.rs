//! Cards as rows of a table.

use super::Card;
use crate::table::{Limits, Row};

/// How many columns there are for things a person can have several of; more are joined in the last one.
const REPEATS_MAX: usize = 6;

/// Puts cards into rows; only columns that some card fills.
pub(crate) fn cards_to_rows(cards: &[Card], limits: &Limits) -> (Vec<String>, Vec<Row>) {
    let mut names: Vec<String> = Vec::new();
    let mut values: Vec<Vec<String>> = vec![Vec::new(); cards.len()];
    let mut add = |name: &str, value: &dyn Fn(&Card) -> String| {
        if cards.iter().any(|card| !value(card).is_empty()) {
            names.push(name.to_owned());
            cards.iter().zip(&mut values).for_each(|(card, cells)| cells.push(value(card)));
        }
    };
    add("Full name", &|card| card.full_name.clone());
    add("Family name", &|card| card.family.clone());
    add("Middle name", &|card| card.middle.clone());
    add("Given name", &|card| card.given.clone());
    add("Name prefix", &|card| card.prefix.clone());
    add("Nickname", &|card| card.nickname.clone());
    for nth in 0..REPEATS_MAX {
        add(&format!("Phone {}", nth + 1), &|card| repeated(&card.phones, nth));
    }
    for nth in 0..REPEATS_MAX {
        add(&format!("E-mail {}", nth + 1), &|card| repeated(&card.emails, nth));
    }
    add("Birthday", &|card| card.birthday.clone());
    add("Gender", &|card| card.gender.clone());
    add("Organization", &|card| card.organisation.clone());
    add("Title", &|card| card.title.clone());
    for nth in 0..REPEATS_MAX {
        add(&format!("Address {}", nth + 1), &|card| repeated(&card.addresses, nth));
    }
    add("Categories", &|card| card.categories.join(", "));
    add("Facebook", &|card| links(card, true));
    add("Website", &|card| links(card, false));
    add("Related people", &|card| card.relations.join("\n"));
    add("Note", &|card| card.note.clone());
    add("UID", &|card| card.uid.clone());
    let rows = values.into_iter().enumerate().map(|(index, mut cells)| {
        for cell in &mut cells {
            if cell.len() > limits.cell_chars_max {
                *cell = cell.chars().take(limits.cell_chars_max).collect();
            }
        }
        Row { number: index as u32 + 1, cells }
    });
    (names, rows.collect())
}

fn repeated(values: &[String], nth: usize) -> String {
    if nth + 1 == REPEATS_MAX {
        values.get(nth..).unwrap_or_default().join("\n")
    } else {
        values.get(nth).cloned().unwrap_or_default()
    }
}

fn links(card: &Card, of_facebook: bool) -> String {
    let is_facebook = |url: &&String| url.contains("facebook.com") || url.contains("fb.com");
    let links: Vec<&str> =
        card.urls.iter().filter(|url| is_facebook(url) == of_facebook).map(String::as_str).collect();
    links.join("\n")
}
