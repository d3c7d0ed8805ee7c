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
/// `shown` begins with the family name: it is kept. The family name is Vietnamese and stands elsewhere: the
/// parts are joined family first, unless what is shown begins with one of the commonest family names and the
/// parts look entered the wrong way round ("Nguyễn Văn" as given name, "Lâm" as family name). Otherwise what
/// is shown is kept, or the parts joined.
pub(crate) fn display_name(shown: &str, family: &str, middle: &str, given: &str) -> String {
    use crate::name::{is_common_family_name, is_family_name, join_name};
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let first_word = |text: &'_ str| text.split_whitespace().next().unwrap_or("").to_owned();
    let (first, family_word) = (first_word(&shown), first_word(family));
    let is_turned = is_common_family_name(&first)
        && (!is_common_family_name(&family_word) || given.split_whitespace().count() > 1);
    if shown.is_empty() {
        join_name(family, middle, given)
    } else if crate::fold::fold(&first) == crate::fold::fold(&family_word)
        || !is_family_name(&family_word)
        || is_turned
    {
        crate::fold::nfc(&shown)
    } else {
        join_name(family, middle, given)
    }
}

#[cfg(test)]
mod tests {
    use super::display_name;

    #[test]
    fn a_given_name_that_is_also_a_family_name_stays_last() {
        assert_eq!(display_name("Mai Trần", "Trần", "", "Mai"), "Trần Mai");
        assert_eq!(display_name("Hà Thu Lê", "Lê", "", "Hà Thu"), "Lê Hà Thu");
        assert_eq!(display_name("Lê Nguyễn", "Nguyễn", "", "Lê"), "Nguyễn Lê");
    }

    #[test]
    fn names_that_stand_in_vietnamese_order_are_kept() {
        assert_eq!(display_name("Trần Mai", "Trần", "", "Mai"), "Trần Mai");
        assert_eq!(display_name("Nguyễn Văn Lâm", "Lâm", "", "Nguyễn Văn"), "Nguyễn Văn Lâm");
        assert_eq!(display_name("Nguyễn Văn An", "An", "", "Nguyễn Văn"), "Nguyễn Văn An");
        assert_eq!(display_name("John Smith", "Smith", "", "John"), "John Smith");
    }
}
