//! Lists, search, the bin.

use crm::{
    api::args::{BulkChange, ListArgs, PageArgs, Selection, SelectionArgs},
    bulk,
    contact::{edit::ContactEdit, query},
    definition::edit::DefinitionEdit,
    edit::Edit,
    filter::{Sort, ViewSpec},
    id::{AtMs, DefinitionId},
};

use super::{
    context,
    device::{Device, fact},
    listed, searched,
};

#[test]
fn people_stand_by_given_name_either_way_and_pages_meet() {
    let mut desk = Device::new(1);
    for name in ["Trần Văn Đức", "Nguyễn An", "Lê Dũng", "Phạm Bình", "Võ Châu"] {
        desk.enter(name, &[], &[]);
    }
    let up = listed(&desk, ViewSpec::default()).unwrap();
    assert_eq!(up, ["Nguyễn An", "Phạm Bình", "Võ Châu", "Lê Dũng", "Trần Văn Đức"]);
    let sort = vec![Sort { field: "fullName".into(), is_descending: true }];
    let down = listed(&desk, ViewSpec { sort, ..ViewSpec::default() }).unwrap();
    assert_eq!(down.iter().rev().collect::<Vec<_>>(), up.iter().collect::<Vec<_>>());
    let mut paged = Vec::new();
    for offset in [0, 2, 4, 6] {
        let args = ListArgs { view: ViewSpec::default(), offset, limit: 2 };
        let list = query::list(desk.engine.conn(), &context(&desk), args).unwrap();
        assert_eq!(list.total, 5);
        paged.extend(list.rows.into_iter().map(|row| row.full_name));
    }
    assert_eq!(paged, up);
}

#[test]
fn groups_follow_the_life_cycle_and_an_edit_is_seen_at_once() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[fact("status", "active")], &[]);
    desk.enter("Bình", &[fact("status", "new")], &[]);
    let groups = |desk: &Device| {
        let view = ViewSpec { group_by: Some("status".into()), ..ViewSpec::default() };
        let list = query::list(desk.engine.conn(), &context(desk), ListArgs { view, offset: 0, limit: 9 });
        list.unwrap().groups.into_iter().map(|group| (group.value.unwrap(), group.count)).collect::<Vec<_>>()
    };
    assert_eq!(groups(&desk), [("new".into(), 1), ("active".into(), 1)]);
    desk.set(an, "status", "new");
    assert_eq!(groups(&desk), [("new".into(), 2)]);
}

#[test]
fn search_finds_without_marks_and_puts_exact_marks_first() {
    let mut desk = Device::new(1);
    desk.enter("Trần Thị Dực", &[], &[]);
    desk.enter(
        "Trần Thị Đức",
        &[fact("phone.1", "0912345678"), fact("email.1", "duc.tran@example.com")],
        &["Mùa hè"],
    );
    desk.enter("Đức Thị Mai", &[], &[]);
    assert_eq!(searched(&desk, "tran thi duc").len(), 2);
    assert_eq!(searched(&desk, "đức")[0], "Trần Thị Đức");
    for text in ["345678", "0912 345", "+8491234", "c.tran@exa", "mua he", "thi tran DUC"] {
        assert!(searched(&desk, text).contains(&"Trần Thị Đức".to_owned()), "{text}");
    }
    for text in ["", "\"", "*", "a\" OR \"b", "folded:", "NEAR(", "999999", "\0"] {
        assert!(searched(&desk, text).is_empty(), "{text:?}");
    }
}

#[test]
fn deleted_people_rest_in_the_bin_for_thirty_days() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    desk.enter("Bình", &[], &[]);
    desk.act_contact(an, ContactEdit::Delete);
    assert_eq!(listed(&desk, ViewSpec::default()).unwrap(), ["Bình"]);
    assert!(searched(&desk, "an").is_empty());
    let bin = |desk: &Device| query::bin(desk.engine.conn(), &context(desk), PageArgs::default()).unwrap();
    let deleted_at_ms = AtMs(desk.now);
    desk.now += 86_400_000;
    let held = bin(&desk);
    assert_eq!((held.total, held.rows[0].row.id, held.rows[0].deleted_at_ms), (1, an, deleted_at_ms));
    desk.now += 30 * 86_400_000;
    assert_eq!((bin(&desk).total, bin(&desk).rows.len()), (0, 0));
}

#[test]
fn bulk_action_takes_all_that_match_but_for_some() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let binh = desk.enter("Bình", &[], &[]);
    let selection = Selection::Matching { view: ViewSpec::default(), except: vec![an] };
    let conn = desk.engine.conn();
    assert_eq!(bulk::ids(conn, &context(&desk), &selection).unwrap(), [binh]);
    assert_eq!(bulk::count(conn, &context(&desk), SelectionArgs { selection }).unwrap().count, 1);
    let edits = bulk::edits(&[an, binh], &BulkChange::AddTag { label: "VIP".into() }, std::iter::empty());
    let action = desk.action();
    desk.engine.act(action, &edits).unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM contact_tag"), 2);
}

#[test]
fn kept_orders_never_outlive_what_they_were_read_from() {
    let mut desk = Device::new(1);
    let names = ["An", "Bình", "Châu", "Dũng", "Đức", "Giang"];
    let people = names.map(|name| desk.enter(name, &[fact("status", "new")], &[]));
    let kept = Some(std::sync::Arc::default());
    let views = [
        ViewSpec::default(),
        ViewSpec { group_by: Some("status".into()), ..ViewSpec::default() },
        ViewSpec { search: "a".into(), ..ViewSpec::default() },
        ViewSpec {
            sort: vec![Sort { field: "status".into(), is_descending: true }],
            filter: serde_json::from_str(
                r#"{"is":"rule","field":"lastInteractionAt","op":"olderThanDays","value":3}"#,
            )
            .unwrap(),
            ..ViewSpec::default()
        },
    ];
    for step in 0..24 {
        let who = people[step % 6];
        match step % 4 {
            0 => drop(desk.act_contact(who, ContactEdit::Delete)),
            1 => {
                desk.set(who, "status", "active");
            }
            2 => drop(desk.act_contact(who, ContactEdit::Restore)),
            _ => desk.now += 86_400_000,
        }
        let fresh = context(&desk);
        let keeping = crm::read::ReadContext { kept: kept.clone(), ..fresh.clone() };
        for view in &views {
            for offset in [0, 2, 4, 40] {
                let args = ListArgs { view: view.clone(), offset, limit: 2 };
                let conn = desk.engine.conn();
                let expected = query::list(conn, &fresh, args.clone()).unwrap();
                assert_eq!(query::list(conn, &keeping, args.clone()).unwrap(), expected, "step {step}");
                assert_eq!(query::list(conn, &keeping, args).unwrap(), expected, "step {step} again");
            }
        }
    }
}

#[test]
fn filters_and_orders_read_one_index_and_no_row() {
    let desk = Device::new(1);
    let plan = |view: ViewSpec| query::plan(desk.engine.conn(), &context(&desk), &view).unwrap().join("; ");
    let filter = serde_json::from_str(
        r#"{"is":"all","of":[
            {"is":"any","of":[{"is":"rule","field":"status","op":"is","value":"new"},
                              {"is":"rule","field":"level","op":"isEmpty","value":null}]},
            {"is":"any","of":[{"is":"rule","field":"lastInteractionAt","op":"olderThanDays","value":9},
                              {"is":"rule","field":"phone","op":"isSet","value":null}]},
            {"is":"not","of":{"is":"rule","field":"source","op":"is","value":"facebook"}}]}"#,
    )
    .unwrap();
    let index = "SCAN contact USING COVERING INDEX contact_by_name";
    assert_eq!(plan(ViewSpec { filter, ..ViewSpec::default() }), index);
    for (field, op, value) in
        [("owner", "isEmpty", "null"), ("source", "is", "\"web\""), ("school", "contains", "\"le\"")]
    {
        let text = format!(r#"{{"is":"rule","field":"{field}","op":"{op}","value":{value}}}"#);
        let view = ViewSpec { filter: serde_json::from_str(&text).unwrap(), ..ViewSpec::default() };
        assert_eq!(plan(view), index, "{text}");
    }
    let sorted = |field: &str| {
        plan(ViewSpec {
            sort: vec![Sort { field: field.into(), is_descending: true }],
            ..ViewSpec::default()
        })
    };
    assert_eq!(sorted("fullName"), index);
    for field in ["status", "lastInteractionAt", "nextStepAt", "birthOn", "level", "updatedAt"] {
        assert!(sorted(field).starts_with(index), "{field}: {}", sorted(field));
    }
}

#[test]
fn a_number_is_found_however_it_was_written_and_the_one_that_matched_is_shown() {
    let mut desk = Device::new(1);
    desk.enter("An", &[fact("phone.1", "0912345678"), fact("phone.2", "0987654321")], &[]);
    desk.enter("Bình", &[fact("phone.1", "091 234 567")], &[]);
    let hits = |text: &str| {
        let args = crm::api::args::SearchArgs { text: text.into(), limit: 9 };
        let hits = query::search(desk.engine.conn(), &context(&desk), args).unwrap();
        hits.into_iter().map(|hit| (hit.contact.full_name, hit.matched, hit.text)).collect::<Vec<_>>()
    };
    let phone = |name: &str, text: &str| (name.to_owned(), "phone".to_owned(), text.to_owned());
    assert_eq!(hits("7654"), [phone("An", "+84987654321")]);
    assert_eq!(hits("0912345678"), [phone("An", "+84912345678")]);
    assert_eq!(hits("091 2345"), [phone("An", "+84912345678"), phone("Bình", "091 234 567")]);
}

#[test]
fn search_reads_letters_put_together_from_parts_and_finds_a_merged_persons_numbers() {
    let mut desk = Device::new(1);
    // As some keyboards and macOS write it: each letter followed by its marks.
    let apart = "Tra\u{302}\u{300}n Thi\u{323} Đu\u{31b}\u{301}c";
    let shown = desk.enter("Trần Thị Đức", &[fact("phone.1", "0911111111")], &["Mùa hè"]);
    let other = desk.enter("Đức", &[fact("phone.1", "0987654321"), fact("email.1", "duc@example.com")], &[]);
    assert_eq!(searched(&desk, apart), ["Trần Thị Đức"]);
    desk.act_contact(shown, ContactEdit::MergeWith { other });
    for text in ["0987654", "654321", "uc@exam", "mu\u{300}a he\u{300}"] {
        assert_eq!(searched(&desk, text), ["Trần Thị Đức"], "{text}");
    }
}

#[test]
fn words_stand_in_the_order_of_the_alphabet_and_names_stand_for_identifiers() {
    let mut desk = Device::new(1);
    let staff = [(1_u8, "Đỗ Ngọc"), (2, "Bùi An")].map(|(id, name)| {
        let edit = DefinitionEdit::Staff { name: name.into(), branch: None, role: "staff".into() };
        desk.try_edit(Edit::Definition { id: DefinitionId([id; 16]), edit }).unwrap();
        DefinitionId([id; 16]).to_string()
    });
    for (name, level, kind, owner) in [
        ("A", "Z1", "guardian", 0),
        ("B", "Đ1", "lead", 1),
        ("C", "Ă1", "student", 0),
        ("D", "A1", "lead", 1),
    ] {
        desk.enter(name, &[fact("level", level), fact("kind", kind), fact("owner", &staff[owner])], &[]);
    }
    let by = |field: &str| {
        let sort = vec![Sort { field: field.into(), is_descending: false }];
        listed(&desk, ViewSpec { sort, ..ViewSpec::default() }).unwrap().concat()
    };
    assert_eq!((by("level"), by("kind"), by("owner")), ("DCBA".into(), "BDCA".into(), "BDAC".into()));
    let view = ViewSpec { group_by: Some("level".into()), ..ViewSpec::default() };
    let list =
        query::list(desk.engine.conn(), &context(&desk), ListArgs { view, offset: 0, limit: 9 }).unwrap();
    let groups: Vec<_> = list.groups.into_iter().map(|group| group.value.unwrap()).collect();
    assert_eq!(groups, ["A1", "Ă1", "Đ1", "Z1"]);
}

#[test]
fn a_line_holds_every_column_that_is_asked_for() {
    let mut desk = Device::new(1);
    let facts = [fact("gender", "female"), fact("address", "12 Lê Lợi"), fact("phone.1", "0912345678")];
    let child = desk.enter("Lan", &[&facts[..], &[fact("phone.2", "0987654321")]].concat(), &[]);
    let mother = desk.enter("Hoa", &[fact("phone.1", "0909000001"), fact("kind", "guardian")], &[]);
    desk.act_contact(child, ContactEdit::Relate { kind: "guardian".into(), other: mother });
    let edit = ContactEdit::AddInterest { label: "IELTS".into(), kind: None };
    desk.act_contact(child, edit);
    let wanted = ["gender", "address", "interests", "guardianName", "guardianPhone", "guardianEmail", "note"];
    let columns = wanted.map(str::to_owned).to_vec();
    let view = ViewSpec { columns, search: "Lan".into(), ..ViewSpec::default() };
    let list =
        query::list(desk.engine.conn(), &context(&desk), ListArgs { view, offset: 0, limit: 9 }).unwrap();
    let held: Vec<_> =
        list.rows[0].further.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let expected = [
        ("address", "12 Lê Lợi"),
        ("gender", "female"),
        ("guardianName", "Hoa"),
        ("guardianPhone", "0909 000 001"),
        ("interests", "IELTS"),
    ];
    assert_eq!(held, expected);
}

#[test]
fn few_digits_and_a_name_with_digits_find_whom_they_fit() {
    let mut desk = Device::new(1);
    desk.enter("Trần Thị Đức", &[fact("phone.1", "0912345678")], &[]);
    desk.enter("Lê Văn Đức", &[fact("phone.1", "0987654321")], &[]);
    assert_eq!(searched(&desk, "12"), ["Trần Thị Đức"]);
    assert_eq!(searched(&desk, "duc 0912"), ["Trần Thị Đức"]);
    assert_eq!(searched(&desk, "duc 4321"), ["Lê Văn Đức"]);
    assert_eq!(searched(&desk, "tran 4321"), Vec::<String>::new());
    assert_eq!(searched(&desk, "0").len(), 2);
}
