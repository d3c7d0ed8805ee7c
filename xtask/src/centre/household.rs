//! The clean truth: households, each a pure function of (seed, number), and the people in them.

use chrono::{Datelike, Days, NaiveDate};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::words::{self, one_of, pick};
use super::{Plan, phone, text};

/// A student or lead, as it would stand in a perfect list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// 1 for the first person of the centre.
    pub number: u64,
    /// Household, from 0: siblings share it.
    pub household: u64,
    /// Family, middle and given name in Vietnamese order, NFC.
    pub name: String,
    /// Name that the family uses at home.
    pub pet_name: Option<String>,
    /// Female, else male.
    pub is_female: bool,
    /// Birth date.
    pub born_on: NaiveDate,
    /// Own phones in E.164, the main one first.
    pub phones: Vec<String>,
    /// E-mail, lower case.
    pub email: Option<String>,
    /// Who pays and decides, when the person does not.
    pub guardian: Option<Guardian>,
    /// School, empty for grown-ups.
    pub school: String,
    /// Level of English or course.
    pub level: String,
    /// Branch where the person is looked after.
    pub branch: String,
    /// Street and district.
    pub address: String,
    /// Where the person heard of the centre.
    pub source: String,
    /// Life-cycle status.
    pub status: String,
    /// Tags, without repeats.
    pub tags: Vec<String>,
    /// Advisor in charge.
    pub advisor: String,
    /// Day of the first contact.
    pub registered_on: NaiveDate,
    /// Free note, may hold line breaks and quotes.
    pub note: String,
}

/// The parent who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardian {
    /// Full name, NFC.
    pub name: String,
    /// "mẹ", "bố" or "bà".
    pub relation: String,
    /// Phone in E.164; siblings share it.
    pub phone: String,
    /// E-mail, lower case.
    pub email: Option<String>,
}

/// The people of a centre in order.
pub struct People {
    plan: Plan,
    household: u64,
    waiting: std::vec::IntoIter<Person>,
    given: u64,
}

impl People {
    pub(super) fn new(plan: Plan) -> Self {
        Self { plan, household: 0, waiting: Vec::new().into_iter(), given: 0 }
    }
}

impl Iterator for People {
    type Item = Person;

    fn next(&mut self) -> Option<Person> {
        if self.given == self.plan.people {
            return None;
        }
        loop {
            if let Some(mut person) = self.waiting.next() {
                self.given += 1;
                person.number = self.given;
                return Some(person);
            }
            self.waiting = household(self.plan, self.household).into_iter();
            self.household += 1;
        }
    }
}

/// A generator of its own for each (seed, household, use).
pub(super) fn dice(seed: u64, household: u64, purpose: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&household.to_le_bytes());
    key[16..24].copy_from_slice(&purpose.to_le_bytes());
    ChaCha8Rng::from_seed(key)
}

/// One household of how many gives a person of the commonest name: forty in 10,000 people.
const COMMON_NAME_EVERY: u64 = 210;

/// The people of one household; their `number` is filled in by [`People`].
pub(super) fn household(plan: Plan, number: u64) -> Vec<Person> {
    let mut rng = dice(plan.seed, number, 0);
    let branch = BranchOf::pick(&mut rng);
    let mut people = if rng.random_bool(0.68) {
        family(plan, number, &branch, &mut rng)
    } else {
        vec![grown_up(plan, number, &branch, &mut rng)]
    };
    if number % COMMON_NAME_EVERY == 7 {
        people[0].name = "Nguyễn Văn An".to_owned();
        people[0].is_female = false;
    }
    people
}

struct BranchOf {
    index: usize,
    name: &'static str,
}

impl BranchOf {
    fn pick(rng: &mut impl Rng) -> Self {
        let name = pick(rng, words::BRANCHES);
        let index = words::BRANCHES.iter().position(|(branch, _)| *branch == name).unwrap_or(0);
        Self { index, name }
    }
}

/// A parent with one to three children.
fn family(plan: Plan, number: u64, branch: &BranchOf, rng: &mut impl Rng) -> Vec<Person> {
    let surname = pick(rng, words::FAMILY);
    let relation = pick(rng, &[("mẹ", 68), ("bố", 26), ("bà", 6)]);
    let guardian_surname = if relation == "bố" { surname } else { pick(rng, words::FAMILY) };
    let name = full_name(rng, guardian_surname, relation != "bố");
    let guardian = Guardian {
        email: rng.random_bool(0.45).then(|| text::email(rng, &name, number * 4)),
        name,
        relation: relation.to_owned(),
        phone: phone::number(plan.seed, number * 4),
    };
    let children = match rng.random_range(0..100) {
        0..72 => 1,
        72..96 => 2,
        _ => 3,
    };
    let oldest: u32 = rng.random_range(4..18);
    (0..children)
        .map(|place| {
            let age = oldest.saturating_sub(place as u32 * rng.random_range(1..4)).max(3);
            let mut child = person(plan, number, place as u64, branch, surname, age, rng);
            child.guardian = Some(guardian.clone());
            child.email = (age >= 14 && rng.random_bool(0.3))
                .then(|| text::email(rng, &child.name, number * 4 + 1 + place as u64));
            if age < 12 || rng.random_bool(0.5) {
                child.phones.clear();
            }
            if children > 1 && !child.tags.iter().any(|tag| tag == "Anh chị em") {
                child.tags.push("Anh chị em".to_owned());
            }
            child
        })
        .collect()
}

/// A grown-up who learns for him- or herself.
fn grown_up(plan: Plan, number: u64, branch: &BranchOf, rng: &mut impl Rng) -> Person {
    let surname = pick(rng, words::FAMILY);
    let age = rng.random_range(18..46);
    let mut person = person(plan, number, 0, branch, surname, age, rng);
    person.email = rng.random_bool(0.7).then(|| text::email(rng, &person.name, number * 4 + 1));
    if rng.random_bool(0.08) {
        person.phones.push(phone::number(plan.seed, number * 4 + 2));
    }
    person
}

fn person(
    plan: Plan,
    household: u64,
    place: u64,
    branch: &BranchOf,
    surname: &str,
    age: u32,
    rng: &mut impl Rng,
) -> Person {
    let is_female = rng.random_bool(0.53);
    let registered_on = plan.until - Days::new(rng.random_range(0..730));
    let born_on = NaiveDate::from_ymd_opt(plan.until.year() - age as i32, 1, 1)
        .expect("1 January exists in every year")
        + Days::new(rng.random_range(0..300));
    let mut tags: Vec<String> = Vec::new();
    for _ in 0..rng.random_range(0..4) {
        let tag = pick(rng, words::TAGS);
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    let street = one_of(rng, words::STREETS[branch.index]);
    Person {
        number: 0,
        household,
        name: full_name(rng, surname, is_female),
        pet_name: (age < 12 && rng.random_bool(0.25)).then(|| one_of(rng, words::PET_NAME).to_owned()),
        is_female,
        born_on,
        phones: vec![phone::number(plan.seed, household * 4 + 1 + place)],
        email: None,
        guardian: None,
        school: one_of(rng, by_age(words::SCHOOLS, age)).to_owned(),
        level: one_of(rng, by_age(words::LEVELS, age)).to_owned(),
        branch: branch.name.to_owned(),
        address: format!("{} {street}", rng.random_range(1..900)),
        source: pick(rng, words::SOURCES).to_owned(),
        status: pick(rng, words::STATUSES).to_owned(),
        tags,
        advisor: one_of(rng, words::ADVISORS[branch.index]).to_owned(),
        registered_on,
        note: if rng.random_bool(0.4) { one_of(rng, words::NOTES).to_owned() } else { String::new() },
    }
}

fn full_name(rng: &mut impl Rng, surname: &str, is_female: bool) -> String {
    let (middles, givens) = if is_female {
        (words::MIDDLE_WOMAN, words::GIVEN_WOMAN)
    } else {
        (words::MIDDLE_MAN, words::GIVEN_MAN)
    };
    let middle = pick(rng, middles);
    let given = pick(rng, givens);
    if middle.is_empty() { format!("{surname} {given}") } else { format!("{surname} {middle} {given}") }
}

fn by_age(steps: &'static [(u32, &'static [&'static str])], age: u32) -> &'static [&'static str] {
    steps.iter().rev().find(|(from, _)| age >= *from).map_or(steps[0].1, |(_, words)| words)
}
