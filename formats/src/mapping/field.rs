//! The fields into which a column can go.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A field of a person, or of what comes with a person, into which a column can go.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TargetField {
    /// The whole name.
    FullName,
    /// The family name, perhaps with middle names ("Họ đệm").
    FamilyName,
    /// Middle names.
    MiddleName,
    /// The given name.
    GivenName,
    /// The form of address.
    Honorific,
    /// A phone number; may occur several times.
    Phone,
    /// An e-mail address; may occur several times.
    Email,
    /// A Zalo id or number.
    ZaloId,
    /// A Facebook profile or id.
    FacebookId,
    /// The birth date, or only the year.
    BirthDate,
    /// The gender.
    Gender,
    /// The school, or another organisation.
    School,
    /// The level, class or grade.
    Level,
    /// The branch.
    Branch,
    /// The member of staff who cares for the person.
    Owner,
    /// The channel from which the person came.
    Source,
    /// The campaign, advertisement or form.
    Campaign,
    /// The life-cycle status.
    Status,
    /// Lead, student or guardian.
    Kind,
    /// Tags, several in a cell.
    Tags,
    /// Courses or subjects of interest.
    Interests,
    /// A note; may occur several times.
    Note,
    /// When somebody last spoke with the person.
    InteractionAt,
    /// When the person was first recorded.
    CreatedOn,
    /// The guardian's name.
    GuardianName,
    /// The guardian's phone number.
    GuardianPhone,
    /// The guardian's e-mail address.
    GuardianEmail,
    /// What the guardian is to the student.
    GuardianRelation,
    /// The other guardian's name.
    OtherGuardianName,
    /// The other guardian's phone number.
    OtherGuardianPhone,
    /// The other guardian's e-mail address.
    OtherGuardianEmail,
    /// What the other guardian is to the student.
    OtherGuardianRelation,
    /// Whether the person agreed to marketing.
    ConsentMarketing,
    /// A postal address.
    Address,
    /// The id in the other system.
    ExternalId,
    /// A custom field with this name.
    Custom(String),
    /// Not imported.
    Ignore,
}

impl TargetField {
    /// Whether several columns may go into this field.
    pub fn may_repeat(&self) -> bool {
        use TargetField::*;
        matches!(
            self,
            Phone
                | Email
                | Note
                | Tags
                | Interests
                | Address
                | GuardianPhone
                | GuardianEmail
                | OtherGuardianPhone
                | OtherGuardianEmail
                | Campaign
                | Custom(_)
                | Ignore
        )
    }

    /// Whether the field holds dates, so that the order of day and month matters.
    pub fn is_date(&self) -> bool {
        matches!(self, Self::BirthDate | Self::InteractionAt | Self::CreatedOn)
    }
}
