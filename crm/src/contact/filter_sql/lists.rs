//! Rules on what a person has several of, and on fields without a column.

use formats::{fold::fold, phone};
use rusqlite::types::Value;

use super::{Condition, bad, list, marks, moments, number, one_of, pair, single, texts};
use crate::{
    contact::field::PointKind,
    filter::{FilterValue, Operator, Rule},
    id::TagId,
    read::{ReadContext, ReadError},
};

/// Phones and other ways to reach a person.
pub(super) fn point(kind: PointKind, rule: &Rule) -> Result<Condition, ReadError> {
    let having = |test: &str, values: Vec<Value>| {
        let mut all = vec![Value::from(kind.key().to_owned())];
        all.extend(values);
        Condition::new(format!("no IN (SELECT contact FROM contact_point WHERE kind = ?{test})"), all)
    };
    let same = || -> Result<Condition, ReadError> {
        let canonical = |text: String| Value::Text(kind.canonical(&text).unwrap_or(text));
        let values: Vec<Value> = list(&rule.value)?.into_iter().map(canonical).collect();
        Ok(having(&format!(" AND value IN ({})", marks(values.len())), values))
    };
    let set = match kind {
        PointKind::Phone => Condition::plain("has_phone"),
        PointKind::Email => Condition::plain("has_email"),
        PointKind::Zalo | PointKind::Facebook => having("", Vec::new()),
    };
    Ok(match rule.op {
        Operator::IsSet => set,
        Operator::IsEmpty => set.not(),
        Operator::Is => same()?,
        Operator::IsNot => same()?.not(),
        Operator::Contains if kind == PointKind::Phone => {
            let digits = phone::search_digits(&single(&rule.value)?);
            if digits.is_empty() {
                return Err(bad("value"));
            }
            having(
                " AND instr(CASE WHEN value LIKE '+84%' THEN '0' || substr(value, 4) ELSE value END, ?) > 0",
                vec![digits.into()],
            )
        }
        Operator::Contains => {
            having(" AND instr(lower(value), ?) > 0", vec![single(&rule.value)?.to_lowercase().into()])
        }
        _ => return Err(bad("operator")),
    })
}

/// Tags and interests, by identifier or by name; `which` is a condition of ours.
pub(super) fn tag(which: &'static str, rule: &Rule) -> Result<Condition, ReadError> {
    let having = |test: &str, values: Vec<Value>| {
        Condition::new(format!("no IN (SELECT contact FROM contact_tag WHERE {which}{test})"), values)
    };
    let ids = || -> Result<Vec<Value>, ReadError> {
        let id = |text: String| text.parse().unwrap_or_else(|_| TagId::of_name(&text));
        Ok(list(&rule.value)?.into_iter().map(|text| Value::Blob(id(text).0.to_vec())).collect())
    };
    let any = || ids().map(|ids| having(&format!(" AND tag IN ({})", marks(ids.len())), ids));
    Ok(match rule.op {
        Operator::IsSet => having("", Vec::new()),
        Operator::IsEmpty => having("", Vec::new()).not(),
        Operator::Is => any()?,
        Operator::IsNot => any()?.not(),
        Operator::HasAll => ids()?
            .into_iter()
            .map(|id| having(" AND tag = ?", vec![id]))
            .reduce(Condition::and)
            .ok_or(bad("value"))?,
        Operator::Contains => {
            having(" AND instr(fold(label), ?) > 0", vec![fold(&single(&rule.value)?).into()])
        }
        _ => return Err(bad("operator")),
    })
}

/// Consents that hold now: `marketing.email`, or `marketing` for any channel.
pub(super) fn consent(rule: &Rule) -> Result<Condition, ReadError> {
    let any = |values: Vec<String>| {
        let parts = values.into_iter().map(granted).reduce(|one, other| {
            Condition::new(format!("{} OR {}", one.sql, other.sql), [one.values, other.values].concat())
        });
        parts.map(|part| Condition::new(format!("({})", part.sql), part.values)).ok_or(bad("value"))
    };
    let exists = Condition::plain("no IN (SELECT contact FROM consent)");
    Ok(match rule.op {
        Operator::IsSet => exists,
        Operator::IsEmpty => exists.not(),
        Operator::Is => any(list(&rule.value)?)?,
        Operator::IsNot => any(list(&rule.value)?)?.not(),
        Operator::HasAll => {
            list(&rule.value)?.into_iter().map(granted).reduce(Condition::and).ok_or(bad("value"))?
        }
        _ => return Err(bad("operator")),
    })
}

/// The newest word on a purpose and channel counts; a word on `any` counts for every channel.
fn granted(name: String) -> Condition {
    let (purpose, channel) = match name.split_once('.') {
        Some((purpose, channel)) => (purpose.to_owned(), Some(channel.to_owned())),
        None => (name, None),
    };
    let Some(channel) = channel else {
        return Condition::new(
            "no IN (SELECT contact FROM consent AS c WHERE c.purpose = ? AND c.is_granted = 1 AND NOT EXISTS
               (SELECT 1 FROM consent AS later WHERE later.contact = c.contact AND later.purpose = c.purpose
                  AND later.channel IN (c.channel, 'any') AND later.is_granted = 0
                  AND (later.at_ms, later.id) > (c.at_ms, c.id)))",
            vec![purpose.into()],
        );
    };
    Condition::new(
        "no IN (SELECT contact FROM consent AS c WHERE c.purpose = ? AND c.channel IN (?, 'any')
           AND c.is_granted = 1 AND NOT EXISTS
             (SELECT 1 FROM consent AS later WHERE later.contact = c.contact AND later.purpose = c.purpose
                AND later.channel IN (?, 'any') AND later.is_granted = 0
                AND (later.at_ms, later.id) > (c.at_ms, c.id)))",
        vec![purpose.into(), channel.clone().into(), channel.into()],
    )
}

/// Relations by kind, in both directions.
pub(super) fn relation(rule: &Rule) -> Result<Condition, ReadError> {
    let one = |kind: &String| -> Result<Condition, ReadError> {
        let (stored, is_reverse) = match kind.as_str() {
            "guardian" => ("guardian", false),
            "child" => ("guardian", true),
            "referredBy" => ("referredBy", false),
            "referred" => ("referredBy", true),
            "sibling" => {
                return Ok(Condition::plain(
                    "(no IN (SELECT contact FROM relation WHERE kind = 'sibling')
                      OR id IN (SELECT other FROM relation WHERE kind = 'sibling'))",
                ));
            }
            _ => return Err(bad("value")),
        };
        let sql = if is_reverse {
            "id IN (SELECT other FROM relation WHERE kind = ?)"
        } else {
            "no IN (SELECT contact FROM relation WHERE kind = ?)"
        };
        Ok(Condition::new(sql, vec![stored.to_owned().into()]))
    };
    let any = || -> Result<Condition, ReadError> {
        let parts = list(&rule.value)?.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        let texts: Vec<_> = parts.iter().map(|part| part.sql.as_str()).collect();
        let sql = format!("({})", texts.join(" OR "));
        Ok(Condition::new(sql, parts.into_iter().flat_map(|part| part.values).collect()))
    };
    let exists =
        Condition::plain("(no IN (SELECT contact FROM relation) OR id IN (SELECT other FROM relation))");
    Ok(match rule.op {
        Operator::IsSet => exists,
        Operator::IsEmpty => exists.not(),
        Operator::Is => any()?,
        Operator::IsNot => any()?.not(),
        Operator::HasAll => {
            let parts = list(&rule.value)?.iter().map(one).collect::<Result<Vec<_>, _>>()?;
            parts.into_iter().reduce(Condition::and).ok_or(bad("value"))?
        }
        _ => return Err(bad("operator")),
    })
}

/// A field that stands in a row of its own: custom ones and rare plain ones.
pub(super) fn further(key: &str, rule: &Rule, context: &ReadContext) -> Result<Condition, ReadError> {
    let holding = |test: Condition| {
        let mut values = vec![Value::from(key.to_owned())];
        values.extend(test.values);
        let sql = format!("no IN (SELECT contact FROM contact_field WHERE field = ? AND ({}))", test.sql);
        Condition::new(sql, values)
    };
    let compare = |op: &str, number: f64| {
        // Text that is no number would count as 0.
        let sql = format!("value GLOB '[-0-9]*' AND CAST(value AS REAL) {op} ?");
        Condition::new(sql, vec![number.into()])
    };
    let is_number = match &rule.value {
        FilterValue::Number(_) => true,
        FilterValue::None => false,
        other => list(other)?.iter().all(|text| number(text).is_ok()),
    };
    let first = || number(&single(&rule.value)?);
    Ok(match rule.op {
        Operator::IsSet => holding(Condition::plain("value <> ''")),
        Operator::IsEmpty => holding(Condition::plain("value <> ''")).not(),
        Operator::Is if matches!(rule.value, FilterValue::Number(_)) => holding(compare("=", first()?)),
        Operator::IsNot if matches!(rule.value, FilterValue::Number(_)) => {
            holding(compare("=", first()?)).not()
        }
        Operator::Is => holding(one_of("value", texts(&rule.value)?)),
        Operator::IsNot => holding(one_of("value", texts(&rule.value)?)).not(),
        Operator::Contains => {
            holding(Condition::new("instr(fold(value), ?) > 0", vec![fold(&single(&rule.value)?).into()]))
        }
        Operator::Before if is_number => holding(compare("<", first()?)),
        Operator::After if is_number => holding(compare(">", first()?)),
        Operator::Between if is_number => {
            let (from, to) = pair(&rule.value)?;
            holding(compare(">=", number(&from)?).and(compare("<=", number(&to)?)))
        }
        // More than N days ago, or never.
        Operator::OlderThanDays => {
            let recent = Rule { op: Operator::InLastDays, ..rule.clone() };
            let ahead = moments::date("value", &recent, context)?;
            holding(Condition::new(ahead.sql.replace(" AND value <= ?", ""), ahead.values[..1].to_vec()))
                .not()
        }
        Operator::HasAll => return Err(bad("operator")),
        _ => holding(moments::date("value", rule, context)?),
    })
}
