//! One row of a sheet: the cells of a person as a tired desk typed them.

use chrono::NaiveDate;

use super::household::Person;

/// The cells of one row, before a sheet puts them in its own order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// [`Person::number`] of the person meant.
    pub person: u64,
    /// Full name.
    pub name: String,
    /// Birth date.
    pub born: String,
    /// Birth date as a value, for sheets that keep some dates as real dates.
    pub born_on: Option<NaiveDate>,
    /// Own phone or phones.
    pub phone: String,
    /// Parent's phone.
    pub guardian_phone: String,
    /// Parent's name.
    pub guardian: String,
    /// E-mail.
    pub email: String,
    /// School.
    pub school: String,
    /// Level.
    pub level: String,
    /// Branch.
    pub branch: String,
    /// Address.
    pub address: String,
    /// Source.
    pub source: String,
    /// Status.
    pub status: String,
    /// Tags in one cell.
    pub tags: String,
    /// Advisor.
    pub advisor: String,
    /// Day of the first contact.
    pub registered: String,
    /// Note.
    pub note: String,
    /// What was done to the cells: "nfd", "two-phones", "scientific"...
    pub dirt: Vec<&'static str>,
}

impl Row {
    /// The row without a speck of dirt: ISO dates, national phones, one spelling.
    pub fn clean(person: &Person) -> Self {
        let guardian = person.guardian.as_ref();
        Self {
            person: person.number,
            name: person.name.clone(),
            born: person.born_on.to_string(),
            born_on: Some(person.born_on),
            phone: person.phones.first().map(|p| super::phone::national(p)).unwrap_or_default(),
            guardian_phone: guardian.map(|g| super::phone::national(&g.phone)).unwrap_or_default(),
            guardian: guardian.map(|g| g.name.clone()).unwrap_or_default(),
            email: person.email.clone().unwrap_or_default(),
            school: person.school.clone(),
            level: person.level.clone(),
            branch: person.branch.clone(),
            address: person.address.clone(),
            source: person.source.clone(),
            status: person.status.clone(),
            tags: person.tags.join(", "),
            advisor: person.advisor.clone(),
            registered: person.registered_on.to_string(),
            note: person.note.clone(),
            dirt: Vec::new(),
        }
    }
}
