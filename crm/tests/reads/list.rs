//! Lists, search, the bin.

use crm::{
    api::args::{BulkChange, ListArgs, PageArgs, Selection, SelectionArgs},
    bulk,
    contact::{edit::ContactEdit, query},
    filter::{Sort, ViewSpec},
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
    let bin =
        |desk: &Device| query::bin(desk.engine.conn(), &context(desk), PageArgs::default()).unwrap().total;
    assert_eq!(bin(&desk), 1);
    desk.now += 31 * 86_400_000;
    assert_eq!(bin(&desk), 0);
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
