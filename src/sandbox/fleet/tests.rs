use super::super::clock::Moment;
use super::*;

const NOW: Moment = Moment::at(1_800_000_000);

fn fleet(size: u32) -> Fleet {
    Fleet::new(size, State::default())
}

fn take_out(fleet: &mut Fleet, index: u32) {
    fleet.switch(Slot::Demo(index), false, NOW).unwrap();
    fleet.delete(demo::id(index, Which::Id)).unwrap();
}

#[test]
fn an_offset_counts_only_what_is_left() {
    let mut fleet = fleet(10);
    for index in [0, 3, 4, 9] {
        take_out(&mut fleet, index);
    }
    fleet.reserve(Uuid::nil(), None, NOW).unwrap();
    let all: Vec<Slot> = fleet.slots(0).collect();
    let left = [1, 2, 5, 6, 7, 8].map(Slot::Demo);
    assert_eq!(all[..6], left);
    assert_eq!(all[6..], [Slot::Reserved(0)]);
    assert_eq!(fleet.count(), 7);
    for offset in 0..9 {
        let rest: Vec<Slot> = fleet.slots(offset).collect();
        assert_eq!(rest, all[offset.min(7)..], "from {offset}");
    }
    assert_eq!(fleet.slots(usize::MAX).count(), 0);
}

#[test]
fn a_deleted_computer_is_gone_and_its_signal_id_is_free() {
    let mut fleet = fleet(3);
    let (id, signal_id) = (demo::id(1, Which::Id), demo::id(1, Which::SignalId));
    assert!(matches!(
        fleet.reserve(signal_id, None, NOW),
        Err(SandboxError::Refused(_))
    ));
    take_out(&mut fleet, 1);
    assert!(matches!(fleet.by_id(id), Err(SandboxError::NotFound(_))));
    let again = fleet.reserve(signal_id, Some("Again".into()), NOW).unwrap();
    assert_eq!(
        fleet.find(signal_id, Which::SignalId),
        Some(Slot::Reserved(0))
    );
    assert_ne!(again.id, id);
}

#[test]
fn a_computer_beyond_the_fleet_is_not_found() {
    assert!(fleet(25).by_id(demo::id(25, Which::Id)).is_err());
    assert!(fleet(26).by_id(demo::id(25, Which::Id)).is_ok());
}

#[test]
fn what_changes_nothing_leaves_no_trace() {
    let mut fleet = fleet(25);
    let Some(Slot::Demo(index)) = fleet
        .slots(0)
        .find(|&slot| fleet.get(slot).unwrap().is_online())
    else {
        panic!("no demo computer is ONLINE");
    };
    fleet
        .register(demo::id(index, Which::SignalId), NOW)
        .unwrap();
    let name = demo::computer(index).name.unwrap();
    fleet.rename(demo::id(index, Which::Id), name).unwrap();
    assert_eq!(fleet.state, State::default());
}

#[test]
fn a_state_survives_its_file_and_a_foreign_one_is_refused() {
    let mut fleet = fleet(25);
    take_out(&mut fleet, 7);
    fleet
        .rename(demo::id(3, Which::Id), "Naïve \u{202e} name".into())
        .unwrap();
    fleet.reserve(Uuid::nil(), None, NOW).unwrap();
    fleet.register(Uuid::nil(), NOW).unwrap();
    let json = fleet.state.to_json().unwrap();
    assert_eq!(State::parse(&json, 25).unwrap(), fleet.state);
    assert!(
        State::parse(&json, 5)
            .unwrap_err()
            .contains("not one of the fleet")
    );
    assert!(State::parse(&json[..json.len() - 1], 25).is_err());
    assert!(State::parse(b"{}", 25).is_err());
    let newer = String::from_utf8(json)
        .unwrap()
        .replacen("\"form\":1", "\"form\":2", 1);
    assert!(
        State::parse(newer.as_bytes(), 25)
            .unwrap_err()
            .contains("form is 2")
    );
}
