//! The Today screen.

use crm::{
    api::args::TodayArgs,
    id::AtMs,
    task::{edit::NewTask, query},
};

use super::{
    context,
    device::{Device, fact},
};

const DAY_MS: i64 = 86_400_000;

#[test]
fn overdue_comes_first_and_birthdays_pass_the_end_of_the_year() {
    let mut desk = Device::new(1);
    // 30 December 2026, noon in Vietnam.
    desk.now = 1_798_606_800_000;
    let an = desk.enter("An", &[fact("birthOn", "2012-01-02")], &[]);
    desk.enter("Bình", &[fact("birthOn", "2012-01-20")], &[]);
    for (title, due) in [("later", 3 * DAY_MS), ("late", -DAY_MS), ("today", 3_600_000)] {
        let task = NewTask {
            kind: "call".into(),
            title: title.into(),
            due_at_ms: Some(AtMs(desk.now + due)),
            owner: None,
            repeat: None,
        };
        desk.add_task(an, task);
    }
    let today = query::today(desk.engine.conn(), &context(&desk), TodayArgs::default()).unwrap();
    let titles = |tasks: &[crm::task::view::TaskView]| -> Vec<String> {
        tasks.iter().map(|task| task.title.clone()).collect()
    };
    assert_eq!(titles(&today.overdue), ["late"]);
    assert_eq!(titles(&today.due_today), ["today"]);
    assert_eq!(titles(&today.upcoming), ["later"]);
    let birthdays: Vec<_> = today.birthdays.iter().map(|each| (each.on.as_str(), each.age)).collect();
    assert_eq!(birthdays, [("2027-01-02", 15)]);
    assert_eq!(today.new_contacts_total, 2);
}

#[test]
fn long_day_says_how_many_there_are_and_gives_more_when_asked() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    for number in 0..7 {
        let due_at_ms = Some(AtMs(desk.now - DAY_MS - number));
        let task =
            NewTask { kind: "call".into(), title: "Gọi".into(), due_at_ms, owner: None, repeat: None };
        desk.add_task(an, task);
    }
    let asked = |limit| query::today(desk.engine.conn(), &context(&desk), TodayArgs { limit }).unwrap();
    assert_eq!((asked(3).overdue.len(), asked(3).overdue_total), (3, 7));
    assert_eq!((asked(6).overdue.len(), asked(0).overdue.len(), asked(0).overdue_total), (6, 7, 7));
}
