//! Every rule of a filter.

use crm::{
    api::args::{ContactArgs, NoArgs},
    contact::{edit::ContactEdit, query},
    definition,
    read::ReadError,
};

use super::{
    context,
    device::{Device, fact},
    filtered, listed,
};

fn people() -> Device {
    let mut desk = Device::new(1);
    desk.enter(
        "Trần Thị An",
        &[
            fact("status", "trial"),
            fact("phone.1", "0912345678"),
            fact("birthOn", "2012-10-01"),
            fact("school", "Lê Lợi"),
        ],
        &["VIP", "Hè"],
    );
    desk.enter(
        "Lê Văn Bình",
        &[fact("status", "new"), fact("email.1", "binh@example.com"), fact("birthOn", "2000-02-29")],
        &["VIP"],
    );
    desk.enter("Phạm Chi", &[fact("kind", "guardian"), fact("status", "lost"), fact("note", "Học phí")], &[]);
    desk
}

#[test]
fn rules_choose_people() {
    let desk = people();
    let rule = |field: &str, op: &str, value: &str| {
        let text = format!(r#"{{"is":"rule","field":"{field}","op":"{op}","value":{value}}}"#);
        filtered(&desk, &text).expect("the filter is acceptable").join(" | ")
    };
    let (an, binh, chi) = ("Trần Thị An", "Lê Văn Bình", "Phạm Chi");
    for (field, op, value, expected) in [
        ("status", "is", r#"["trial","new"]"#, format!("{an} | {binh}")),
        ("status", "isNot", r#"["trial"]"#, format!("{binh} | {chi}")),
        ("school", "isNot", r#""Lê Lợi""#, format!("{binh} | {chi}")),
        ("school", "contains", r#""le loi""#, an.into()),
        ("school", "isEmpty", "null", format!("{binh} | {chi}")),
        ("fullName", "contains", r#""van bi""#, binh.into()),
        ("phone", "contains", r#""+84 912 34""#, an.into()),
        ("phone", "is", r#""0912.345.678""#, an.into()),
        ("phone", "isEmpty", "null", format!("{binh} | {chi}")),
        ("email", "contains", r#""EXAMPLE""#, binh.into()),
        ("tag", "is", r#"["vip"]"#, format!("{an} | {binh}")),
        ("tag", "hasAll", r#"["VIP","Hè"]"#, an.into()),
        ("tag", "isNot", r#"["Hè"]"#, format!("{binh} | {chi}")),
        ("tag", "isEmpty", "null", chi.into()),
        ("age", "between", r#"["20","30"]"#, binh.into()),
        ("age", "before", "18", an.into()),
        ("birthOn", "after", r#""2005-01-01""#, an.into()),
        ("birthday", "inNextDays", "20", an.into()),
        ("createdAt", "inLastDays", "1", format!("{an} | {binh} | {chi}")),
        ("lastInteractionAt", "olderThanDays", "30", format!("{an} | {binh} | {chi}")),
        ("hasConflict", "isEmpty", "null", format!("{an} | {binh} | {chi}")),
        ("consent", "is", r#""marketing.email""#, String::new()),
        ("relation", "isSet", "null", String::new()),
        ("note", "contains", r#""hoc phi""#, chi.into()),
    ] {
        assert_eq!(rule(field, op, value), expected, "{field} {op} {value}");
    }
}

#[test]
fn groups_nest_and_not_takes_in_those_without_a_value() {
    let desk = people();
    let nested = r#"{"is":"any","of":[
        {"is":"all","of":[{"is":"rule","field":"tag","op":"is","value":"VIP"},
                          {"is":"not","of":{"is":"rule","field":"school","op":"is","value":"Lê Lợi"}}]},
        {"is":"rule","field":"kind","op":"is","value":"guardian"}]}"#;
    assert_eq!(filtered(&desk, nested).unwrap(), ["Lê Văn Bình", "Phạm Chi"]);
}

#[test]
fn what_is_no_filter_is_refused() {
    let desk = people();
    let rule = |field: &str, op: &str, value: &str| {
        format!(r#"{{"is":"rule","field":"{field}","op":"{op}","value":{value}}}"#)
    };
    let mut deep = rule("kind", "is", "\"lead\"");
    for _ in 0..9 {
        deep = format!(r#"{{"is":"not","of":{deep}}}"#);
    }
    for text in [
        rule("shoeSize", "is", "1"),
        rule("status' OR 1", "is", "1"),
        rule("kind", "before", "1"),
        rule("createdAt", "before", "\"soon\""),
        rule("age", "is", "\"old\""),
        rule("branch", "is", "\"Gò Vấp\""),
        rule("status", "is", "[]"),
        rule("createdAt", "inLastDays", "99999999"),
    ] {
        assert!(matches!(filtered(&desk, &text), Err(ReadError::BadArgument { .. })), "{text}");
    }
    assert!(matches!(filtered(&desk, &deep), Err(ReadError::Excess(_))), "{deep}");
}

#[test]
fn views_that_ship_can_all_be_opened_and_not_be_lost() {
    let desk = people();
    let views = definition::query::list(desk.engine.conn(), &context(&desk), NoArgs {}).unwrap().views;
    let shipped: Vec<_> = views.into_iter().filter(|view| view.preset.is_some()).collect();
    assert!(shipped.len() >= 10);
    for shipped in &shipped {
        assert_ne!(shipped.view, crm::filter::ViewSpec::default(), "{}", shipped.name);
        listed(&desk, shipped.view.clone()).expect("the view is acceptable");
    }
    let view = |key: &str| {
        let found = shipped.iter().find(|view| view.preset.as_deref() == Some(key)).unwrap();
        listed(&desk, found.view.clone()).unwrap()
    };
    assert_eq!(view("onTrial"), ["Trần Thị An"]);
    assert_eq!(view("newThisWeek").len(), 3);
    assert_eq!(view("withoutNextStep"), ["Lê Văn Bình", "Trần Thị An"]);
}

#[test]
fn nothing_can_be_written_in_the_place_of_a_view_that_ships() {
    let mut desk = people();
    let views = definition::query::list(desk.engine.conn(), &context(&desk), NoArgs {}).unwrap().views;
    let id = views.iter().find(|view| view.preset.is_some()).unwrap().id;
    let edit = definition::edit::DefinitionEdit::View {
        name: "Khác".into(),
        staff: None,
        is_pinned: false,
        view: crm::filter::ViewSpec::default(),
    };
    let refused = desk.try_edit(crm::edit::Edit::Definition { id, edit });
    assert!(matches!(refused, Err(crm::engine::EditError::NotAllowed)));
}

#[test]
fn interests_know_what_they_are_about() {
    let mut desk = people();
    let an = desk.enter("Võ An", &[], &[]);
    for (label, kind) in [("IELTS 6.5", Some("goal")), ("Tối 3-5", Some("schedule")), ("Trại hè", None)]
    {
        let edit = ContactEdit::AddInterest { label: label.into(), kind: kind.map(str::to_owned) };
        desk.act_contact(an, edit);
    }
    let page = query::get(desk.engine.conn(), &context(&desk), ContactArgs { id: an }).unwrap();
    let shown: Vec<_> =
        page.interests.iter().map(|each| (each.kind.as_deref(), each.label.as_str())).collect();
    assert_eq!(shown, [(Some("goal"), "IELTS 6.5"), (Some("schedule"), "Tối 3-5"), (None, "Trại hè")]);
    let rule = |field: &str, value: &str| {
        let text = format!(r#"{{"is":"rule","field":"{field}","op":"is","value":"{value}"}}"#);
        filtered(&desk, &text).unwrap()
    };
    assert_eq!(rule("interest.goal", "IELTS 6.5"), ["Võ An"]);
    assert_eq!(rule("interest", "IELTS 6.5"), ["Võ An"]);
    assert!(rule("interest.course", "IELTS 6.5").is_empty());
    let wrong = ContactEdit::AddInterest { label: "x".into(), kind: Some("shoe".into()) };
    assert!(desk.try_contact(an, wrong).is_err());
    desk.act_contact(an, ContactEdit::RemoveInterest { interest: page.interests[0].id });
    assert!(
        filtered(&desk, r#"{"is":"rule","field":"interest.goal","op":"isSet","value":null}"#)
            .unwrap()
            .is_empty()
    );
}
