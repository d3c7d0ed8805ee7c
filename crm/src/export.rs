//! People to files: CSV with a byte order mark, XLSX, vCard, JSON.

use formats::{
    address_book::{Card, VcardVersion, write_vcard},
    phone::format_national,
    write::{Cell, CsvStyle, Sheet, write_csv, write_json, write_xlsx},
};

use crate::{
    api::args::{ExportArgs, FileHandle, ListArgs, Selection},
    app::{ApiError, App},
    contact::{self, view::ContactRow},
    definition,
    filter::ViewSpec,
    id::ContactId,
};

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
    let rows = selected(app, &args.selection)?;
    let failed = |error: formats::write::WriteError| ApiError::new("file_not_written", error);
    let (bytes, ending) = match args.format.as_str() {
        "vcard" => (cards(&rows).into_bytes(), "vcf"),
        "csv" | "xlsx" | "json" => {
            let columns: Vec<String> = if args.columns.is_empty() {
                USUAL.map(str::to_owned).to_vec()
            } else {
                args.columns.clone()
            };
            let names = app.read(|conn, _| definition::query::names_by_id(conn))?;
            let name = |id: &str| names.get(id).cloned().unwrap_or_default();
            let table = rows
                .iter()
                .map(|row| columns.iter().map(|column| cell(row, column, &name)).collect::<Vec<_>>());
            let sheet = Sheet { name: "Quen".to_owned(), columns: columns.clone(), rows: table };
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

/// Says whether a person of a view was chosen.
type Wanted = Box<dyn Fn(&ContactId) -> bool>;

fn selected(app: &App, selection: &Selection) -> Result<Vec<ContactRow>, ApiError> {
    let (view, wanted): (ViewSpec, Wanted) = match selection {
        Selection::These { ids } => {
            let ids: std::collections::BTreeSet<ContactId> = ids.iter().copied().collect();
            (ViewSpec::default(), Box::new(move |id| ids.contains(id)))
        }
        Selection::Matching { view, except } => {
            let except: std::collections::BTreeSet<ContactId> = except.iter().copied().collect();
            (view.clone(), Box::new(move |id| !except.contains(id)))
        }
    };
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

fn cell(row: &ContactRow, column: &str, name: &impl Fn(&str) -> String) -> Cell {
    let moment = |at: crate::id::AtMs| {
        chrono::DateTime::from_timestamp_millis(at.0).map_or(Cell::Empty, |at| Cell::Moment(at.naive_utc()))
    };
    match column {
        "fullName" => row.full_name.as_str().into(),
        "honorific" => row.honorific.clone().into(),
        "kind" => row.kind.as_str().into(),
        "status" => row.status.clone().into(),
        "branch" => row.branch.map(|id| name(&id.to_string())).into(),
        "owner" => row.owner.map(|id| name(&id.to_string())).into(),
        "phone" => row.phone.as_deref().map(format_national).into(),
        "email" => row.email.clone().into(),
        "birthOn" => match row.birth_on.as_deref().and_then(|text| text.parse().ok()) {
            Some(day) => Cell::Date(day),
            None => Cell::Empty,
        },
        "school" => row.school.clone().into(),
        "level" => row.level.clone().into(),
        "source" => row.source.clone().into(),
        "tags" => row.tags.iter().map(|tag| tag.label.as_str()).collect::<Vec<_>>().join(", ").into(),
        "createdAt" => moment(row.created_at_ms),
        "updatedAt" => moment(row.updated_at_ms),
        "lastInteractionAt" => row.last_interaction_at_ms.map_or(Cell::Empty, moment),
        other => other.strip_prefix("custom.").and_then(|id| row.custom.get(id).cloned()).into(),
    }
}

fn cards(rows: &[ContactRow]) -> String {
    rows.iter()
        .map(|row| {
            let card = Card {
                full_name: row.full_name.clone(),
                given: formats::name::given_name(&row.full_name).to_owned(),
                prefix: row.honorific.clone().unwrap_or_default(),
                birthday: row.birth_on.clone().unwrap_or_default(),
                phones: row.phone.iter().cloned().collect(),
                emails: row.email.iter().cloned().collect(),
                uid: row.id.to_string(),
                ..Card::default()
            };
            write_vcard(&card, VcardVersion::V3)
        })
        .collect()
}
