//! People to files: CSV with a byte order mark, XLSX, vCard, JSON.

use std::collections::BTreeMap;

use formats::{
    address_book::{Card, VcardVersion, write_vcard},
    phone::format_national,
    write::{Cell, CsvStyle, Sheet, write_csv, write_json, write_xlsx},
};

use crate::{
    api::args::{ExportArgs, FileHandle, ListArgs, Selection},
    app::{ApiError, App},
    bounds::{self, COLUMNS_MAX},
    contact::{self, column::is_column, table::row::values_of, view::ContactRow},
    definition,
    filter::ViewSpec,
    id::{AtMs, ContactId, DefinitionId},
    store::StoreError,
};

/// A person and every value of theirs by field key, points of contact included.
struct Person {
    row: ContactRow,
    values: BTreeMap<String, String>,
}

/// People fetched at a time.
const PAGE: u32 = 500;
/// The usual columns.
const USUAL: [&str; 14] = [
    "fullName",
    "honorific",
    "kind",
    "status",
    "branch",
    "owner",
    "phone",
    "email",
    "birthOn",
    "school",
    "level",
    "source",
    "tags",
    "createdAt",
];

/// Writes people to a file of the screen's.
///
/// # Errors
/// [`ApiError`] if the format is unknown, the selection is not acceptable, or the disk refuses.
pub fn run(app: &App, args: ExportArgs) -> Result<FileHandle, ApiError> {
    args.selection.check()?;
    bounds::at_most("columns", COLUMNS_MAX, args.columns.len())?;
    if args.columns.iter().any(|column| !is_column(column)) {
        return Err(ApiError::new("bad_argument", "columns"));
    }
    let people = people(app, selected(app, &args)?)?;
    let failed = |error: formats::write::WriteError| ApiError::new("file_not_written", error);
    let (bytes, ending) = match args.format.as_str() {
        "vcard" => (cards(&people).into_bytes(), "vcf"),
        "csv" | "xlsx" | "json" => {
            let columns: Vec<String> = if args.columns.is_empty() {
                USUAL.map(str::to_owned).to_vec()
            } else {
                args.columns.clone()
            };
            let (names, own, offset_minutes) = app.read(|conn, context| {
                let names = definition::query::names_by_id(conn)?;
                Ok::<_, StoreError>((names, definition::heading::headings(conn)?, context.utc_offset_minutes))
            })?;
            let name = |id: &str| names.get(id).cloned().unwrap_or_default();
            let moment = |at: AtMs| {
                let local = at.0.saturating_add(i64::from(offset_minutes) * 60_000);
                chrono::DateTime::from_timestamp_millis(local)
                    .map_or(Cell::Empty, |at| Cell::Moment(at.naive_utc()))
            };
            let cells = |person: &Person| -> Vec<Cell> {
                columns.iter().map(|column| cell(person, column, &name, &moment)).collect()
            };
            let table = people.iter().map(cells);
            let sheet = Sheet { name: "Quen".to_owned(), columns: headings(&columns, &own), rows: table };
            let mut out = Vec::new();
            match args.format.as_str() {
                "csv" => write_csv(sheet, &mut out, CsvStyle::default()).map(drop).map_err(failed)?,
                "json" => write_json(sheet, &mut out).map(drop).map_err(failed)?,
                _ => out = write_xlsx(sheet, None).map_err(failed)?.0,
            }
            (out, args.format.as_str())
        }
        _ => return Err(ApiError::new("bad_argument", "no such format")),
    };
    Ok(app.files().take_bytes(&format!("quen.{ending}"), &bytes)?)
}

/// The headings of columns: fields of one's own go by their label, which an import finds again.
fn headings(columns: &[String], own: &[(DefinitionId, String)]) -> Vec<String> {
    let label = |column: &String| {
        let id: DefinitionId = column.strip_prefix("custom.")?.parse().ok()?;
        own.iter().find(|(known, _)| *known == id).map(|(_, heading)| heading.clone())
    };
    columns.iter().map(|column| label(column).unwrap_or_else(|| column.clone())).collect()
}

/// Says whether a person of a view was chosen.
type Wanted = Box<dyn Fn(&ContactId) -> bool>;

fn selected(app: &App, args: &ExportArgs) -> Result<Vec<ContactRow>, ApiError> {
    let (mut view, wanted): (ViewSpec, Wanted) = match &args.selection {
        Selection::These { ids } => {
            let ids: std::collections::BTreeSet<ContactId> = ids.iter().copied().collect();
            (ViewSpec::default(), Box::new(move |id| ids.contains(id)))
        }
        Selection::Matching { view, except } => {
            let except: std::collections::BTreeSet<ContactId> = except.iter().copied().collect();
            (view.clone(), Box::new(move |id| !except.contains(id)))
        }
    };
    view.columns.clone_from(&args.columns);
    let (mut rows, mut offset) = (Vec::new(), 0);
    loop {
        let args = ListArgs { view: view.clone(), offset, limit: PAGE };
        let page = app.read(|conn, context| contact::query::list(conn, context, args))?;
        let is_last = page.rows.len() < PAGE as usize;
        rows.extend(page.rows.into_iter().filter(|row| wanted(&row.id)));
        if is_last {
            return Ok(rows);
        }
        offset += PAGE;
    }
}

fn people(app: &App, rows: Vec<ContactRow>) -> Result<Vec<Person>, ApiError> {
    app.read(|conn, _| {
        let with_values = |row: ContactRow| {
            Ok::<_, StoreError>(Person { values: values_of(conn, row.id)?.unwrap_or_default(), row })
        };
        rows.into_iter().map(with_values).collect::<Result<Vec<_>, _>>()
    })
}

impl Person {
    /// The values of one kind of point, or of one list of labels, in order of their keys.
    fn all(&self, kind: &str) -> Vec<&str> {
        let is_one = |key: &str| key.strip_prefix(kind).is_some_and(|rest| rest.starts_with('.'));
        self.values.iter().filter(|(key, _)| is_one(key)).map(|(_, value)| value.as_str()).collect()
    }

    fn phones(&self) -> Vec<String> {
        self.all("phone").into_iter().map(format_national).collect()
    }
}

fn cell(
    person: &Person,
    column: &str,
    name: &impl Fn(&str) -> String,
    moment: &impl Fn(AtMs) -> Cell,
) -> Cell {
    let row = &person.row;
    match column {
        "fullName" => row.full_name.as_str().into(),
        "honorific" => row.honorific.clone().into(),
        "kind" => row.kind.as_str().into(),
        "status" => row.status.clone().into(),
        "branch" => row.branch.map(|id| name(&id.to_string())).into(),
        "owner" => row.owner.map(|id| name(&id.to_string())).into(),
        "phone" => person.phones().join(" / ").into(),
        "email" => person.all("email").join("; ").into(),
        "zalo" | "facebook" => person.all(column).join("; ").into(),
        "birthOn" => match row.birth_on.as_deref().and_then(|text| text.parse().ok()) {
            Some(day) => Cell::Date(day),
            None => Cell::Empty,
        },
        "school" => row.school.clone().into(),
        "level" => row.level.clone().into(),
        "source" => row.source.clone().into(),
        "tags" => row.tags.iter().map(|tag| tag.label.as_str()).collect::<Vec<_>>().join(", ").into(),
        "interests" => person.all("interest").join(", ").into(),
        "createdAt" => moment(row.created_at_ms),
        "updatedAt" => moment(row.updated_at_ms),
        "lastInteractionAt" => row.last_interaction_at_ms.map_or(Cell::Empty, moment),
        "statusSince" => row.status_since_ms.map_or(Cell::Empty, moment),
        "nextStep" => row.next_step.as_ref().map(|next| next.title.clone()).into(),
        "nextStepAt" => row.next_step.as_ref().and_then(|next| next.due_at_ms).map_or(Cell::Empty, moment),
        other => person.values.get(other).or_else(|| row.further.get(other)).cloned().into(),
    }
}

fn cards(people: &[Person]) -> String {
    people.iter().map(|person| write_vcard(&card(person), VcardVersion::V3)).collect()
}

fn card(person: &Person) -> Card {
    let row = &person.row;
    let words: Vec<&str> = row.full_name.split_whitespace().collect();
    let (family, middle) = match words.as_slice() {
        [family, middle @ .., _] if formats::name::is_family_name(family) => {
            ((*family).to_owned(), middle.join(" "))
        }
        [others @ .., _] => (String::new(), others.join(" ")),
        [] => (String::new(), String::new()),
    };
    Card {
        full_name: row.full_name.clone(),
        family,
        middle,
        given: formats::name::given_name(&row.full_name).to_owned(),
        prefix: row.honorific.clone().unwrap_or_default(),
        birthday: row.birth_on.clone().unwrap_or_default(),
        phones: person.all("phone").into_iter().map(str::to_owned).collect(),
        emails: person.all("email").into_iter().map(str::to_owned).collect(),
        addresses: person.values.get("address").cloned().into_iter().collect(),
        categories: row.tags.iter().map(|tag| tag.label.clone()).collect(),
        uid: row.id.to_string(),
        ..Card::default()
    }
}
