//! Suggestions for names that no computer has, and what is known of one that was found.

use uuid::Uuid;

use super::keys::{MatchKey, MatchKeys};
use super::near_names::NearNames;
use super::resolution::{Resolution, finished, not_found};
use super::{Resolved, Selector};
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind, RequestInfo};

const ID: Uuid = Uuid::from_u128(1);

fn selector(text: &str) -> Selector {
    text.parse().unwrap()
}

fn computer(id: Uuid, name: &str) -> Computer {
    Computer::new(format!(r#"{{"id":"{id}","name":"{name}"}}"#))
}

fn near_names<'a>(names: impl IntoIterator<Item = &'a str>) -> NearNames {
    let keys = MatchKeys::new(&[]);
    let mut near_names = NearNames::default();
    for name in names {
        near_names.add(&keys.read(&computer(ID, name)));
    }
    near_names
}

#[test]
fn a_name_is_suggested_if_its_likeness_is_above_the_minimum() {
    // The Jaro-Winkler similarities to `abcd` are 0.8 and 0.92.
    let names = near_names(["abxcyz", "abcx"]);
    assert_eq!(names.suggest(&selector("abcd")), ["abcx"]);
}

#[test]
fn the_first_100000_names_are_remembered() {
    let mut names = near_names(std::iter::repeat_n("x", 99_999));
    let keys = MatchKeys::new(&[]);
    for name in ["the-last", "too-many"] {
        names.add(&keys.read(&computer(ID, name)));
    }
    assert_eq!(names.suggest(&selector("the-las")), ["the-last"]);
    assert!(names.suggest(&selector("too-man")).is_empty());
}

#[test]
fn names_are_suggested_for_the_first_10_missing_computers() {
    let names = near_names(["pc-1"]);
    let selectors = vec![selector("pc-"); 12];
    let missing = selectors.iter().map(Resolution::new).collect();
    let hints: Vec<bool> = finished(missing, &names)
        .into_iter()
        .map(|result| result.unwrap_err().hint.is_some())
        .collect();
    assert_eq!(hints, [[true; 10].as_slice(), &[false; 2]].concat());
}

#[test]
fn a_404_that_a_gateway_may_have_sent_proves_no_absence() {
    for (answered_in_json, message) in [
        (true, "no computer has the id or _id "),
        (false, "no computer was found with the id or _id "),
    ] {
        let error = Error::new(ErrorKind::NotFound, "not found").request(RequestInfo {
            status: Some(404),
            answered_in_json,
            ..RequestInfo::default()
        });
        let told = not_found(&Selector::Uuid(ID), Some(error), &[]);
        assert_eq!(told.message, format!("{message}{ID}"));
        assert_eq!(told.proves_absence(), answered_in_json);
    }
}

#[test]
fn a_key_is_of_the_computers_that_have_its_value() {
    let found = Computer::new(format!(
        r#"{{"id":"{ID}","_id":"{}","name":"pc","hostname":"Host","ip":"10.0.0.1"}}"#,
        Uuid::max()
    ));
    for (key, is_of) in [
        (MatchKey::Id(ID), true),
        (MatchKey::Id(Uuid::max()), false),
        (MatchKey::UnderscoreId(Uuid::max()), true),
        (MatchKey::UnderscoreId(ID), false),
        (MatchKey::Name("pc".to_owned()), true),
        (MatchKey::Name("PC".to_owned()), false),
        (MatchKey::Hostname("host".to_owned()), true),
        (MatchKey::Hostname("hos".to_owned()), false),
        (MatchKey::Ip("10.0.0.1".to_owned()), true),
        (MatchKey::Ip("10.0.0".to_owned()), false),
        (MatchKey::ShortId("000000".to_owned()), true),
        (MatchKey::ShortId("000001".to_owned()), false),
    ] {
        assert_eq!(key.is_of(&found), is_of, "{key:?}");
    }
}

#[test]
fn only_an_id_never_changes() {
    let found = || computer(ID, "pc");
    let by_name = Resolved::by_key(found(), MatchKey::Name("pc".to_owned())).unwrap();
    assert!(by_name.may_have_changed());
    for is_current in [true, false] {
        assert!(!Resolved::read(ID, found(), is_current).may_have_changed());
    }
}
