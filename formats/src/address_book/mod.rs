//! Address books: vCard of every version and Google's CSV, brought into the same named columns.

mod columns;
mod google;
mod vcard_read;
mod vcard_write;

pub(crate) use columns::cards_to_rows;
pub(crate) use google::GoogleColumns;
pub use vcard_read::read_vcards;
pub use vcard_write::{VcardVersion, write_vcard};

/// A person of an address book, as text and unchecked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The whole name, in Vietnamese order where the name is Vietnamese.
    pub full_name: String,
    /// The family name.
    pub family: String,
    /// Middle names.
    pub middle: String,
    /// The given name.
    pub given: String,
    /// What stands before the name.
    pub prefix: String,
    /// Another name.
    pub nickname: String,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// The birth date, as written.
    pub birthday: String,
    /// `M`, `F` or text.
    pub gender: String,
    /// The organisation, often a school.
    pub organisation: String,
    /// The title.
    pub title: String,
    /// Postal addresses, each on one line.
    pub addresses: Vec<String>,
    /// Groups.
    pub categories: Vec<String>,
    /// A note.
    pub note: String,
    /// Web pages and profiles.
    pub urls: Vec<String>,
    /// Relations, as text.
    pub relations: Vec<String>,
    /// The card's own id.
    pub uid: String,
}

/// The name to show for a card: what it shows itself unless that is a Vietnamese name in Western order.
///
/// `shown` begins with a family name: it is kept. The family name is Vietnamese and stands elsewhere: the
/// parts are joined family first. Otherwise what is shown is kept, or the parts joined.
pub(crate) fn display_name(shown: &str, family: &str, middle: &str, given: &str) -> String {
    let joined = crate::name::join_name(family, middle, given);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let first_word = |text: &'_ str| text.split(' ').next().unwrap_or("").to_owned();
    let first = first_word(&shown);
    if shown.is_empty() {
        joined
    } else if crate::name::is_family_name(&first) || !crate::name::is_family_name(&first_word(family)) {
        crate::fold::nfc(&shown)
    } else {
        joined
    }
}
