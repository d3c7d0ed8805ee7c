//! Google Contacts' CSV, of today and of before 2024, in the columns of an address book.

use super::display_name;
use crate::fold::fold;

/// How Google joins several values in one cell.
const JOINER: &str = " ::: ";

/// The columns of a Google export and what becomes of them.
pub(crate) struct GoogleColumns {
    columns: Vec<String>,
    parts: Vec<Part>,
    name: NameParts,
    /// Where the word for a related person stands, and their name.
    relations: Vec<(usize, usize)>,
}

#[derive(Default)]
struct NameParts {
    shown: Option<usize>,
    family: Option<usize>,
    middle: Option<usize>,
    given: Option<usize>,
}

#[derive(Clone, Copy)]
enum Part {
    FullName,
    Values(usize),
    Labels(usize),
    /// The name of a parent among the related people, by how many come before.
    Guardian(usize),
    /// The word for that parent.
    GuardianRelation(usize),
}

/// Words by which people note the parents of a child, folded; Google's own and what is typed here.
const PARENTS: [&str; 18] = [
    "mother",
    "father",
    "parent",
    "guardian",
    "mom",
    "mum",
    "dad",
    "me",
    "bo",
    "ba",
    "cha",
    "ma",
    "phu huynh",
    "nguoi giam ho",
    "giam ho",
    "bo me",
    "cha me",
    "ba me",
];
/// How many parents of a row are people of their own.
const GUARDIANS: [&str; 2] = ["Guardian", "Other guardian"];

/// Columns under other names than the address book's.
const RENAMED: [(&str, &str); 16] = [
    ("First Name", "Given name"),
    ("Given Name", "Given name"),
    ("Middle Name", "Middle name"),
    ("Additional Name", "Middle name"),
    ("Last Name", "Family name"),
    ("Family Name", "Family name"),
    ("Name Prefix", "Name prefix"),
    ("Nickname", "Nickname"),
    ("Organization Name", "Organization"),
    ("Organization 1 - Name", "Organization"),
    ("Organization Title", "Title"),
    ("Organization 1 - Title", "Title"),
    ("Notes", "Note"),
    ("Birthday", "Birthday"),
    ("Gender", "Gender"),
    ("Location", "Location"),
];

impl GoogleColumns {
    /// Plans the columns for a header; labels of values, photos and phonetic names are left out.
    pub(crate) fn new(header: &[String]) -> Self {
        let find = |names: [&str; 2]| header.iter().position(|column| names.contains(&column.as_str()));
        let name = NameParts {
            shown: find(["Name", "File As"]),
            family: find(["Last Name", "Family Name"]),
            middle: find(["Middle Name", "Additional Name"]),
            given: find(["First Name", "Given Name"]),
        };
        let mut columns = vec!["Full name".to_owned()];
        let mut parts = vec![Part::FullName];
        for (index, column) in header.iter().enumerate() {
            if let Some((name, part)) = planned(column, index) {
                columns.push(name);
                parts.push(part);
            }
        }
        let relations = relations(header);
        for (nth, guardian) in GUARDIANS.into_iter().enumerate().take(relations.len()) {
            columns.extend([format!("{guardian} name"), format!("{guardian} relation")]);
            parts.extend([Part::Guardian(nth), Part::GuardianRelation(nth)]);
        }
        Self { columns, parts, name, relations }
    }

    /// The names of the columns.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The cells of a row in these columns.
    pub(crate) fn cells(&self, raw: &[String]) -> Vec<String> {
        let cell = |index: usize| raw.get(index).map_or("", String::as_str);
        self.parts
            .iter()
            .map(|part| match part {
                Part::FullName => self.full_name(raw),
                Part::Values(index) => {
                    cell(*index).split(JOINER).map(str::trim).collect::<Vec<_>>().join("\n")
                }
                Part::Labels(index) => labels(cell(*index)),
                Part::Guardian(nth) => self.guardian(raw, *nth).1,
                Part::GuardianRelation(nth) => self.guardian(raw, *nth).0,
            })
            .collect()
    }

    /// What a parent is called, and their name; both empty where there is none.
    fn guardian(&self, raw: &[String], nth: usize) -> (String, String) {
        let cell = |index: usize| raw.get(index).map_or("", |cell| cell.trim());
        let parents = self.relations.iter().map(|(word, name)| (cell(*word), cell(*name)));
        let mut parents =
            parents.filter(|(word, name)| !name.is_empty() && PARENTS.contains(&fold(word).as_str()));
        parents.nth(nth).map(|(word, name)| (word.to_owned(), name.to_owned())).unwrap_or_default()
    }

    fn full_name(&self, raw: &[String]) -> String {
        let cell = |index: Option<usize>| index.and_then(|index| raw.get(index)).map_or("", String::as_str);
        let (family, middle, given) = (cell(self.name.family), cell(self.name.middle), cell(self.name.given));
        let western = [given, middle, family].join(" ");
        let shown = if western.trim().is_empty() { cell(self.name.shown) } else { &western };
        display_name(shown, family, middle, given)
    }
}

/// The columns of related people: where the word for each stands, called label today and type before, and the name.
fn relations(header: &[String]) -> Vec<(usize, usize)> {
    let at = |name: String| header.iter().position(|column| *column == name);
    let found = header.iter().enumerate().filter_map(|(name, column)| {
        let thing = column.strip_suffix(" - Value").filter(|thing| thing.starts_with("Relation "))?;
        let word = at(format!("{thing} - Label")).or_else(|| at(format!("{thing} - Type")))?;
        Some((word, name))
    });
    found.collect()
}

fn planned(column: &str, index: usize) -> Option<(String, Part)> {
    if let Some((_, name)) = RENAMED.iter().find(|(google, _)| *google == column) {
        return Some(((*name).to_owned(), Part::Values(index)));
    }
    if matches!(column, "Labels" | "Group Membership") {
        return Some(("Categories".to_owned(), Part::Labels(index)));
    }
    let (thing, what) = column.split_once(" - ")?;
    let (kind, _) = thing.rsplit_once(' ')?;
    let is_kept = match kind {
        "Phone" | "E-mail" | "Website" | "Relation" | "Custom Field" | "Event" | "IM" => what == "Value",
        "Address" => what == "Formatted",
        _ => false,
    };
    // A relation is a person's name here, not what somebody is to the student.
    is_kept.then(|| (thing.replace("Relation", "Related people"), Part::Values(index)))
}

/// Group names without Google's own, which begin with an asterisk.
fn labels(cell: &str) -> String {
    let groups =
        cell.split(JOINER).map(str::trim).filter(|group| !group.is_empty() && !group.starts_with('*'));
    groups.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use crate::table::{Origin, ReadOptions, Source};

    fn table(csv: &str) -> (Option<Origin>, Vec<String>, Vec<Vec<String>>) {
        let mut source =
            Source::open(csv.as_bytes().to_vec(), "contacts.csv", &ReadOptions::default()).unwrap();
        let rows = source.rows().unwrap().map(|row| row.unwrap().cells).collect();
        (source.layout().origin, source.layout().columns.clone(), rows)
    }

    #[test]
    fn todays_export_reads_as_an_address_book() {
        let (origin, columns, rows) = table(
            "\u{feff}First Name,Middle Name,Last Name,Phonetic First Name,File As,Birthday,Notes,Photo,Labels,\
             E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Formatted\r\n\
             An,Văn,Nguyễn,,,2010-03-12,\"dòng 1\ndòng 2\",http://p,IELTS ::: * myContacts,* Home,a@x.vn ::: b@x.vn,\
             Mobile,0912 345 678 ::: 0901 234 567,Huế\r\n",
        );
        assert_eq!(origin, Some(Origin::GoogleContacts));
        assert_eq!(
            columns,
            [
                "Full name",
                "Given name",
                "Middle name",
                "Family name",
                "Birthday",
                "Note",
                "Categories",
                "E-mail 1",
                "Phone 1",
                "Address 1"
            ]
        );
        assert_eq!(
            rows,
            [[
                "Nguyễn Văn An",
                "An",
                "Văn",
                "Nguyễn",
                "2010-03-12",
                "dòng 1\ndòng 2",
                "IELTS",
                "a@x.vn\nb@x.vn",
                "0912 345 678\n0901 234 567",
                "Huế"
            ]]
        );
    }

    #[test]
    fn the_old_export_reads_the_same() {
        let (origin, columns, rows) = table(
            "Name,Given Name,Additional Name,Family Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,\
             Phone 1 - Type,Phone 1 - Value\nLan Trần,Lan,,Trần,,* myContacts ::: Gò Vấp,* ,lan@x.vn,Mobile,0912345678\n\
             Trung tâm,,,,,* myContacts,,,Work,02838221234\n",
        );
        assert_eq!(origin, Some(Origin::GoogleContactsOld));
        assert_eq!(columns[0], "Full name");
        assert_eq!(rows[0], ["Trần Lan", "Lan", "", "Trần", "", "Gò Vấp", "lan@x.vn", "0912345678"]);
        assert_eq!(rows[1][0], "Trung tâm");
    }

    #[test]
    fn parents_among_the_related_people_are_guardians_and_others_are_not() {
        for word in ["Label", "Type"] {
            let (_, columns, rows) = table(&format!(
                "First Name,Last Name,Labels,Relation 1 - {word},Relation 1 - Value,Relation 2 - {word},\
                 Relation 2 - Value,Relation 3 - {word},Relation 3 - Value,Phone 1 - {word},Phone 1 - Value\n\
                 An,Nguyễn,,Spouse,Lê Hoa,Mother,Trần Mai,Bố,Nguyễn Bình,Mobile,0912345678\n",
            ));
            let at = columns.iter().position(|column| column == "Guardian name").unwrap();
            assert_eq!(
                columns[at..],
                ["Guardian name", "Guardian relation", "Other guardian name", "Other guardian relation"]
            );
            assert_eq!(rows[0][at..], ["Trần Mai", "Mother", "Nguyễn Bình", "Bố"]);
            use crate::mapping::{TargetField::*, guess_columns};
            let fields: Vec<_> = guess_columns(&columns, &[]).into_iter().map(|guess| guess.field).collect();
            assert_eq!(
                fields[at..],
                [GuardianName, GuardianRelation, OtherGuardianName, OtherGuardianRelation]
            );
        }
    }
}
