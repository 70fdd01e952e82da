use super::super::timestamp::Timestamp;
use super::*;

const NOW: Timestamp = Timestamp::from_unix_seconds(1_800_000_000);

fn fleet(size: u32) -> Fleet {
    Fleet::new(size, SavedState::default())
}

fn delete(fleet: &mut Fleet, index: u32) {
    fleet.switch(Slot::Demo(index), false, NOW).unwrap();
    fleet.delete(demo::id(index, IdKind::Id)).unwrap();
}

#[test]
fn an_offset_does_not_count_deleted_computers() {
    let mut fleet = fleet(10);
    for index in [0, 3, 4, 9] {
        delete(&mut fleet, index);
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
fn the_signal_id_of_a_deleted_computer_can_be_reserved() {
    let mut fleet = fleet(3);
    let (id, signal_id) = (demo::id(1, IdKind::Id), demo::id(1, IdKind::SignalId));
    assert!(matches!(
        fleet.reserve(signal_id, None, NOW),
        Err(SandboxError::Refused(_))
    ));
    delete(&mut fleet, 1);
    assert!(matches!(fleet.by_id(id), Err(SandboxError::NotFound(_))));
    let again = fleet.reserve(signal_id, Some("Again".into()), NOW).unwrap();
    assert_eq!(
        fleet.find(signal_id, IdKind::SignalId),
        Some(Slot::Reserved(0))
    );
    assert_ne!(again.id, id);
}

#[test]
fn a_computer_beyond_the_fleet_is_not_found() {
    assert!(fleet(25).by_id(demo::id(25, IdKind::Id)).is_err());
    assert!(fleet(26).by_id(demo::id(25, IdKind::Id)).is_ok());
}

#[test]
fn a_change_without_effect_leaves_the_state_unmodified() {
    let mut fleet = fleet(25);
    let Some(Slot::Demo(index)) = fleet
        .slots(0)
        .find(|&slot| fleet.get(slot).unwrap().is_online())
    else {
        panic!("no demo computer is ONLINE");
    };
    fleet
        .register(demo::id(index, IdKind::SignalId), NOW)
        .unwrap();
    let name = demo::computer(index).name.unwrap();
    fleet.rename(demo::id(index, IdKind::Id), name).unwrap();
    assert_eq!(fleet.state, SavedState::default());
}

#[test]
fn a_state_is_read_back_and_an_invalid_one_is_rejected() {
    let mut fleet = fleet(25);
    delete(&mut fleet, 7);
    fleet
        .rename(demo::id(3, IdKind::Id), "Naïve \u{202e} name".into())
        .unwrap();
    fleet.reserve(Uuid::nil(), None, NOW).unwrap();
    fleet.register(Uuid::nil(), NOW).unwrap();
    let json = fleet.state.to_json().unwrap();
    assert_eq!(SavedState::parse(&json, 25).unwrap(), fleet.state);
    assert!(
        SavedState::parse(&json, 5)
            .unwrap_err()
            .contains("not one of the fleet")
    );
    assert!(SavedState::parse(&json[..json.len() - 1], 25).is_err());
    assert!(SavedState::parse(b"{}", 25).is_err());
    let newer = String::from_utf8(json)
        .unwrap()
        .replacen("\"form\":1", "\"form\":2", 1);
    assert!(
        SavedState::parse(newer.as_bytes(), 25)
            .unwrap_err()
            .contains("format version is 2")
    );
}
