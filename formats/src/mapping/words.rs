//! Names that columns have, folded: without marks, small, digits left out.

use super::TargetField::{self, *};

/// Names that stand for a field.
#[rustfmt::skip]
pub(super) const NAMES: [(TargetField, &[&str]); 31] = [
    (FullName, &[
        "ho ten", "ho va ten", "hoten", "ten", "ten day du", "ten hoc vien", "ho ten hoc vien",
        "ho va ten hoc vien", "hoc vien", "ten hv", "ho ten hv", "ten khach hang", "ho ten khach hang",
        "khach hang", "ten kh", "ten hoc sinh", "ho ten hoc sinh", "ho va ten hoc sinh", "hoc sinh", "ten hs",
        "ho ten be", "ten be", "ten con", "ho ten con", "ten lien he", "full name", "fullname", "name",
        "display name", "student", "student name", "contact", "contact name", "customer", "customer name",
        "lead name", "your name",
    ]),
    (FamilyName, &[
        "ho", "ho dem", "ho va dem", "ho va ten dem", "ho ten dem", "ho lot", "ho va chu lot", "ho chu lot",
        "family name", "last name", "lastname", "surname",
    ]),
    (MiddleName, &["dem", "ten dem", "chu lot", "ten lot", "middle name", "additional name"]),
    (GivenName, &["ten rieng", "given name", "first name", "firstname", "forename"]),
    (Honorific, &[
        "danh xung", "xung ho", "cach xung ho", "honorific", "salutation", "prefix", "name prefix",
    ]),
    (Phone, &[
        "sdt", "so dt", "dt", "dien thoai", "so dien thoai", "dien thoai di dong", "di dong", "so di dong",
        "dtdd", "so dien thoai lien he", "sdt lien he", "dien thoai lien he", "sdt hoc vien", "sdt hv",
        "sdt hoc sinh", "sdt hs", "sdt khach hang", "sdt kh", "so lien lac", "so lien he", "so may",
        "so phone", "hotline", "phone", "phone number", "mobile", "mobile phone", "mobile number",
        "mobile phone number", "cell", "cell phone", "tel", "telephone", "home phone", "work phone",
        "business phone", "other phone", "contact number", "whatsapp", "whatsapp number",
    ]),
    (Email, &[
        "email", "e mail", "mail", "gmail", "email address", "e mail address", "dia chi email", "thu dien tu",
        "work email", "email hoc vien", "email khach hang", "email lien he",
    ]),
    (ZaloId, &[
        "zalo", "zalo id", "id zalo", "so zalo", "sdt zalo", "zalo uid", "zalo user id", "link zalo",
        "nick zalo",
    ]),
    (FacebookId, &[
        "facebook", "fb", "link facebook", "link fb", "facebook id", "fb id", "nick facebook", "nick fb",
        "facebook url", "facebook link", "facebook profile", "messenger", "psid",
    ]),
    (BirthDate, &[
        "ngay sinh", "nam sinh", "sinh nhat", "ngay sinh nhat", "ngay thang nam sinh", "sinh ngay", "ntns",
        "birthday", "birth date", "birthdate", "date of birth", "dob", "birth year", "year of birth",
    ]),
    (Gender, &["gioi tinh", "phai", "gender", "sex", "nam nu"]),
    (School, &[
        "truong", "truong hoc", "ten truong", "hoc truong", "noi hoc", "don vi", "school", "school name",
        "organization", "organisation", "organization name", "company", "company name",
    ]),
    (Level, &[
        "trinh do", "cap do", "level", "khoi", "khoi lop", "lop", "lop hoc", "lop dang hoc", "grade", "class",
        "class name",
    ]),
    (Branch, &[
        "chi nhanh", "co so", "co so hoc", "co so dang ky", "trung tam", "branch", "campus", "location",
        "center", "centre", "dia diem hoc", "noi dang ky",
    ]),
    (Owner, &[
        "nguoi phu trach", "phu trach", "tu van vien", "tvv", "nhan vien", "nhan vien tu van",
        "nhan vien phu trach", "nv tu van", "nv phu trach", "nguoi tu van", "nguoi cham soc", "sale", "sales",
        "sale phu trach", "owner", "contact owner", "lead owner", "assigned to", "counselor", "counsellor",
        "advisor",
    ]),
    (Source, &[
        "nguon", "nguon khach", "nguon khach hang", "nguon data", "nguon den", "nguon lead", "kenh",
        "kenh tiep can", "biet qua dau", "biet den qua", "biet qua", "source", "lead source",
        "original source", "channel", "platform", "utm source",
    ]),
    (Campaign, &[
        "chien dich", "ten chien dich", "quang cao", "campaign", "campaign name", "utm campaign", "ad name",
        "adset name", "form name",
    ]),
    (Status, &[
        "trang thai", "tinh trang", "tinh trang hoc", "trang thai hoc", "giai doan", "status", "lead status",
        "stage",
    ]),
    (Kind, &[
        "loai", "loai khach", "loai khach hang", "phan loai", "doi tuong", "type", "kind", "record type",
        "contact type", "lifecycle stage",
    ]),
    (Tags, &[
        "nhan", "the", "tag", "tags", "label", "labels", "nhom", "phan nhom", "categories", "category",
        "group", "groups", "group membership",
    ]),
    (Interests, &[
        "quan tam", "khoa hoc quan tam", "khoa quan tam", "chuong trinh quan tam", "san pham quan tam",
        "chuong trinh", "chuong trinh hoc", "khoa hoc", "khoa", "mon hoc", "mon", "nhu cau", "nhu cau hoc",
        "interest", "interests", "course", "courses", "program", "programme",
    ]),
    (Note, &[
        "ghi chu", "ghi chu them", "chu thich", "noi dung", "noi dung tu van", "ket qua goi", "mo ta",
        "nhan xet", "loi nhan", "note", "notes", "comment", "comments", "description", "remark", "remarks",
        "message",
    ]),
    (InteractionAt, &[
        "ngay goi", "ngay lien he", "ngay tu van", "ngay cham soc", "lan cham soc cuoi", "cham soc lan cuoi",
        "lien he cuoi", "ngay lien he cuoi", "ngay lien he gan nhat", "last contacted", "last contact",
        "last contact date", "last activity", "last activity date",
    ]),
    (CreatedOn, &[
        "ngay tao", "ngay nhap", "ngay dang ky", "ngay ghi danh", "ngay tiep nhan", "ngay nhan", "ngay vao",
        "ngay", "thoi gian", "thoi gian dang ky", "thoi gian tao", "dau thoi gian", "timestamp",
        "create date", "created", "created at", "created time", "created on", "created date", "date",
        "date added", "date created",
    ]),
    (GuardianRelation, &[
        "quan he", "moi quan he", "quan he voi hoc vien", "vai tro", "relationship", "relation",
    ]),
    (OtherGuardianName, &["other guardian name"]),
    (OtherGuardianRelation, &["other guardian relation"]),
    (ConsentMarketing, &[
        "dong y", "dong y nhan tin", "dong y nhan thong tin", "dong y nhan quang cao", "nhan quang cao",
        "cho phep lien he", "consent", "marketing consent", "opt in", "email opt in", "opted in",
    ]),
    (Address, &[
        "dia chi", "dia chi nha", "dia chi lien he", "noi o", "noi cu tru", "thuong tru", "address",
        "home address", "street address", "mailing street", "address formatted", "mailing address",
        "mailing city", "mailing state", "home street", "home city", "home state",
    ]),
    (ExternalId, &[
        "id", "ma", "ma so", "ma hoc vien", "ma hv", "ma hoc sinh", "ma hs", "ma khach hang", "ma kh", "mshv",
        "uid", "record id", "external id", "student id", "customer id", "contact id", "lead id",
    ]),
    (Ignore, &[
        "stt", "tt", "so thu tu", "no", "row", "photo", "is organic", "ad id", "adset id", "form id",
        "campaign id", "phonetic first name", "phonetic middle name", "phonetic last name",
    ]),
];

/// Words that say that a column is about the guardian.
pub(super) const GUARDIAN: [&str; 19] = [
    "phu huynh",
    "phhs",
    "ph",
    "nguoi giam ho",
    "nguoi dai dien",
    "nguoi bao ho",
    "me",
    "bo",
    "ba",
    "cha",
    "ba me",
    "bo me",
    "cha me",
    "guardian",
    "parent",
    "mother",
    "father",
    "mom",
    "dad",
];

/// What values of a gender column are.
pub(super) const GENDERS: [&str; 10] =
    ["nam", "nu", "male", "female", "m", "f", "trai", "gai", "boy", "girl"];
