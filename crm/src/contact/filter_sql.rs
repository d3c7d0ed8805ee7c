//! A filter as one condition on the table of people, with every value as a parameter.
//!
//! A condition may come out as NULL; that counts as "does not hold", and [`Filter::Not`] turns it round.

mod lists;
mod moments;

use rusqlite::types::Value;

use super::field::{Field, PointKind};
use crate::{
    filter::{DEPTH_MAX, Filter, FilterValue, Operator, RULES_MAX, Rule},
    id::DefinitionId,
    read::{ReadContext, ReadError},
};

/// Most values that one rule may compare with.
const VALUES_MAX: usize = 500;
/// Longest value of a rule, in characters.
const VALUE_CHARS_MAX: usize = 500;

/// A condition and the values of its `?` marks, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Condition {
    /// The text, without a value in it.
    pub sql: String,
    /// The values.
    pub values: Vec<Value>,
}

impl Condition {
    pub(super) fn new(sql: impl Into<String>, values: Vec<Value>) -> Self {
        Self { sql: sql.into(), values }
    }

    pub(super) fn plain(sql: &str) -> Self {
        Self::new(sql, Vec::new())
    }

    /// Joins with another, both must hold.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.sql = format!("{} AND {}", self.sql, other.sql);
        self.values.extend(other.values);
        self
    }

    /// The opposite; what is not known counts as not holding.
    pub(super) fn not(self) -> Self {
        Self::new(format!("NOT ifnull(({}), 0)", self.sql), self.values)
    }
}

/// Compiles a filter.
///
/// # Errors
/// [`ReadError::BadArgument`] if a field, an operator or a value is not one that exists, or the filter is too
/// deep or too long.
pub fn compile(filter: &Filter, context: &ReadContext) -> Result<Condition, ReadError> {
    let mut rules = 0;
    part(filter, context, 1, &mut rules)
}

fn part(
    filter: &Filter,
    context: &ReadContext,
    depth: usize,
    rules: &mut usize,
) -> Result<Condition, ReadError> {
    if depth > DEPTH_MAX {
        return Err(bad("filter depth"));
    }
    *rules += 1;
    if *rules > RULES_MAX {
        return Err(bad("filter length"));
    }
    match filter {
        Filter::All { of } => join(of, " AND ", "1", context, depth, rules),
        Filter::Any { of } => join(of, " OR ", "0", context, depth, rules),
        Filter::Not { of } => Ok(part(of, context, depth + 1, rules)?.not()),
        Filter::Rule(each) => rule(each, context),
    }
}

fn join(
    of: &[Filter],
    word: &str,
    empty: &str,
    context: &ReadContext,
    depth: usize,
    rules: &mut usize,
) -> Result<Condition, ReadError> {
    if of.is_empty() {
        return Ok(Condition::plain(empty));
    }
    let parts = of.iter().map(|each| part(each, context, depth + 1, rules)).collect::<Result<Vec<_>, _>>()?;
    let texts: Vec<_> = parts.iter().map(|each| format!("({})", each.sql)).collect();
    Ok(Condition::new(texts.join(word), parts.into_iter().flat_map(|each| each.values).collect()))
}

fn rule(rule: &Rule, context: &ReadContext) -> Result<Condition, ReadError> {
    match rule.field.as_str() {
        "fullName" => text("+full_name", "+name_fold", rule),
        "kind" => column("kind", rule),
        "status" => column("status", rule),
        "source" => column("source", rule),
        "campaign" => column("campaign", rule),
        "level" => column("level", rule),
        "school" => column("school", rule),
        "gender" => column("gender", rule),
        "honorific" => column("honorific", rule),
        "address" => column("address", rule),
        "externalId" => column("external_id", rule),
        "branch" => id("branch", rule, None),
        "owner" => id("owner", rule, context.staff.map(Into::into)),
        "phone" => lists::point(PointKind::Phone, rule),
        "email" => lists::point(PointKind::Email, rule),
        "zalo" => lists::point(PointKind::Zalo, rule),
        "facebook" => lists::point(PointKind::Facebook, rule),
        "tag" => lists::tag("list = 'tag'", rule),
        "interest" => lists::tag("list = 'interest'", rule),
        "interest.goal" => lists::tag("list = 'interest' AND kind = 'goal'", rule),
        "interest.schedule" => lists::tag("list = 'interest' AND kind = 'schedule'", rule),
        "interest.channel" => lists::tag("list = 'interest' AND kind = 'channel'", rule),
        "interest.language" => lists::tag("list = 'interest' AND kind = 'language'", rule),
        "interest.course" => lists::tag("list = 'interest' AND kind = 'course'", rule),
        "consent" => lists::consent(rule),
        "relation" => lists::relation(rule),
        "hasConflict" => conflict(rule),
        "birthOn" => moments::date("birth_on", rule, context),
        "age" => moments::age(rule, context),
        "birthday" => moments::birthday(rule, context),
        "createdAt" => moments::instant(&any_plan("created_at_ms"), rule, context),
        "updatedAt" => moments::instant(&any_plan("updated_at_ms"), rule, context),
        "statusSince" => moments::instant(&any_plan("status_since_ms"), rule, context),
        "lastInteractionAt" => moments::instant(&any_plan("last_interaction_at_ms"), rule, context),
        "nextStepAt" => moments::instant(&any_plan("next_step_at_ms"), rule, context),
        other => match other.parse() {
            Ok(field @ (Field::Plain(_) | Field::Custom(_))) => lists::further(&field.key(), rule, context),
            _ => Err(bad("field")),
        },
    }
}

fn column(name: &str, rule: &Rule) -> Result<Condition, ReadError> {
    let name = any_plan(name);
    text(&name, &format!("fold({name})"), rule)
}

/// The column, in a form that no index of its own serves: the list is read off the one index that holds all that
/// filters look at, in the order of names. The planner cannot know that one word may stand at a quarter of all
/// people, whom it would then look up one by one and sort.
fn any_plan(column: &str) -> String {
    format!("+{column}")
}

fn text(name: &str, folded: &str, rule: &Rule) -> Result<Condition, ReadError> {
    match rule.op {
        Operator::Is => Ok(one_of(name, texts(&rule.value)?)),
        Operator::IsNot => Ok(one_of(name, texts(&rule.value)?).not()),
        Operator::Contains => {
            let sought = formats::fold::fold(&single(&rule.value)?);
            Ok(Condition::new(format!("instr({folded}, ?) > 0"), vec![sought.into()]))
        }
        // The name is never NULL.
        Operator::IsSet => Ok(Condition::plain(&format!("{name} <> ''"))),
        Operator::IsEmpty => Ok(Condition::plain(&format!("ifnull({name}, '') = ''"))),
        _ => Err(bad("operator")),
    }
}

/// Identifiers; `me` stands for who asks.
fn id(name: &str, rule: &Rule, me: Option<DefinitionId>) -> Result<Condition, ReadError> {
    let ids = || -> Result<Vec<Value>, ReadError> {
        list(&rule.value)?
            .iter()
            .map(|text| {
                if text == "me" {
                    return me.map(|id| Value::Blob(id.0.to_vec())).ok_or(bad("value"));
                }
                text.parse::<DefinitionId>().map(|id| Value::Blob(id.0.to_vec())).map_err(|_| bad("value"))
            })
            .collect()
    };
    let name = &any_plan(name);
    match rule.op {
        Operator::Is => Ok(one_of(name, ids()?)),
        Operator::IsNot => Ok(one_of(name, ids()?).not()),
        Operator::IsSet => Ok(Condition::plain(&format!("{name} IS NOT NULL"))),
        Operator::IsEmpty => Ok(Condition::plain(&format!("{name} IS NULL"))),
        _ => Err(bad("operator")),
    }
}

fn conflict(rule: &Rule) -> Result<Condition, ReadError> {
    let has = Condition::plain("conflict_count > 0");
    let is_yes = |value: &FilterValue| match value {
        FilterValue::None => Ok(true),
        FilterValue::Number(number) => Ok(*number != 0.0),
        other => match single(other)?.as_str() {
            "true" | "yes" | "1" => Ok(true),
            "false" | "no" | "0" => Ok(false),
            _ => Err(bad("value")),
        },
    };
    match rule.op {
        Operator::IsSet => Ok(has),
        Operator::IsEmpty => Ok(has.not()),
        Operator::Is => Ok(if is_yes(&rule.value)? { has } else { has.not() }),
        Operator::IsNot => Ok(if is_yes(&rule.value)? { has.not() } else { has }),
        _ => Err(bad("operator")),
    }
}

fn one_of(expression: &str, mut values: Vec<Value>) -> Condition {
    match values.len() {
        1 => Condition::new(format!("{expression} = ?"), vec![values.remove(0)]),
        count => Condition::new(format!("{expression} IN ({})", marks(count)), values),
    }
}

fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

fn bad(what: &'static str) -> ReadError {
    ReadError::BadArgument { what }
}

/// The values of a rule as texts; at least one.
fn list(value: &FilterValue) -> Result<Vec<String>, ReadError> {
    let list = match value {
        FilterValue::None => Vec::new(),
        FilterValue::Number(number) => vec![number.to_string()],
        FilterValue::Text(text) => vec![text.clone()],
        FilterValue::List(list) => list.clone(),
    };
    let is_short = |text: &String| text.chars().count() <= VALUE_CHARS_MAX;
    if list.is_empty() || list.len() > VALUES_MAX || !list.iter().all(is_short) {
        return Err(bad("value"));
    }
    Ok(list)
}

fn texts(value: &FilterValue) -> Result<Vec<Value>, ReadError> {
    Ok(list(value)?.into_iter().map(Value::Text).collect())
}

fn single(value: &FilterValue) -> Result<String, ReadError> {
    let mut list = list(value)?;
    if list.len() == 1 { Ok(list.remove(0)) } else { Err(bad("value")) }
}

fn pair(value: &FilterValue) -> Result<(String, String), ReadError> {
    <[String; 2]>::try_from(list(value)?).map(|[from, to]| (from, to)).map_err(|_| bad("value"))
}

fn number(text: &str) -> Result<f64, ReadError> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite()).ok_or(bad("value"))
}
