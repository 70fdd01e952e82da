use std::collections::HashSet;

use super::*;

#[test]
fn names_hostnames_ips_and_ids_are_unique_in_a_large_fleet() {
    let mut seen = HashSet::new();
    // Both ends of the largest fleet, since numbering changes where laps and address blocks begin.
    let numbers = (0..2_000)
        .chain(499_000..501_000)
        .chain(640_000..641_000)
        .chain(998_000..1_000_000);
    for index in numbers {
        let c = computer(index);
        for property in ["id", "_id", "name", "hostname", "ip"] {
            let text = c.text(property).unwrap().into_owned();
            assert!(
                seen.insert((property, text)),
                "{property} of {index} is not unique"
            );
        }
    }
}

#[test]
fn an_id_is_mapped_to_its_number_and_any_other_id_is_not() {
    for index in [0, 1, 24, 25, 999_999, u32::MAX] {
        assert_eq!(index_of(id(index, IdKind::Id), IdKind::Id), Some(index));
        assert_eq!(
            index_of(id(index, IdKind::SignalId), IdKind::SignalId),
            Some(index)
        );
        assert_eq!(index_of(id(index, IdKind::Id), IdKind::SignalId), None);
    }
    assert_eq!(index_of(Uuid::nil(), IdKind::Id), None);
}

#[test]
fn the_first_computer_is_the_same_on_every_machine() {
    let json = serde_json::to_string(&computer(0)).unwrap();
    let expected = concat!(
        r#"{"id":"28f84b68-e27b-4a8f-b99c-e4a3f7c18cfa","_id":"b7497b7f-7855-4776-9dc0-aa3bae038382","name":"Reception Paris","hostname":"PAR-WS-01","ip":"10.10.0.2","#,
        r#""status":"ONLINE","os":"Windows","osVersion":"11 24H2","serviceVersion":"3.8.1","site":"Paris","group":"Front office","#,
        r#""screens":[{"w":1920,"h":1080,"scale":1.0}],"createdAt":"2024-04-15T01:54:33Z","lastSeen":"2026-03-02T07:59:59Z"}"#,
    );
    assert_eq!(json, expected);
}

#[test]
fn the_default_fleet_has_both_states_and_every_system() {
    let fleet: Vec<_> = (0..25).map(computer).collect();
    let online = fleet.iter().filter(|c| c.is_online()).count();
    assert!((10..=22).contains(&online), "{online} are ONLINE");
    for system in ["Windows", "macOS", "Linux"] {
        assert!(fleet.iter().any(|c| c.os.as_deref() == Some(system)));
    }
    let sites: HashSet<_> = fleet.iter().map(|c| c.site.clone()).collect();
    assert!(sites.len() >= 8);
}

#[test]
fn every_property_with_a_single_value_that_stays_has_a_text() {
    let c = computer(3);
    let json = serde_json::to_value(&c).unwrap();
    for (name, value) in json.as_object().unwrap() {
        let value = value.as_str().filter(|_| name != "lastSeen");
        assert_eq!(value, c.text(name).as_deref(), "{name}");
    }
}

#[test]
fn an_online_computer_was_seen_in_the_last_30_seconds_and_never_later_than_now() {
    let (mut online, later) = (computer(0), NOW.plus_seconds(DAY));
    online.status = Status::Online;
    for seconds in 0..100 {
        let now = later.plus_seconds(seconds);
        let seen = online.clone().reported(now).last_seen.unwrap();
        assert!(
            seen <= now && seen > now.plus_seconds(-30),
            "{seen} at {now}"
        );
    }
    let before = NOW.plus_seconds(-DAY);
    assert_eq!(online.clone().reported(before).last_seen, online.last_seen);
    let offline = Computer {
        status: Status::Offline,
        ..online
    };
    assert_eq!(offline.clone().reported(later), offline);
}

#[test]
fn installing_depends_on_the_signal_id_alone() {
    let reserved = Computer::reserved(Uuid::nil(), Uuid::max(), None, NOW);
    let (mut once, mut again) = (reserved.clone(), reserved);
    install(&mut once);
    install(&mut again);
    assert_eq!(once, again);
    assert!(once.hostname.is_some() && once.ip.is_some() && once.os.is_some());
}
