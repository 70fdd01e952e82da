//! The verdicts on APIs that are simulated by a function, and on single responses.

use std::time::Duration;

use uuid::Uuid;

use super::answer::{Answer, Control, Query};
use super::contact::{self, FirstListing};
use super::filter::{self, Named};
use super::paging::{self, PageNumbers};
use super::single::{self, judge_missing};
use super::{Cap, Contact, FilterVerdict, Found, Missing, Single, WrongApi};
use crate::api::response::Response;
use crate::api::wire::Wire;
use crate::model::error::RequestInfo;
use crate::model::wire_overrides::WireOverrides;

/// An API with its parameters, and what it does to those that it does not know.
#[derive(Clone, Copy)]
struct Api {
    page: &'static str,
    limit: &'static str,
    first: u64,
    count: u64,
    filter: &'static str,
    unknown: Control,
}

const API: Api = Api {
    page: "page",
    limit: "limit",
    first: 1,
    count: 5,
    filter: "name",
    unknown: Control::Ignored,
};

impl Api {
    fn rows(&self) -> Vec<String> {
        (1..=self.count).map(|n| format!("pc-{n}")).collect()
    }

    fn answer(&self, query: &Query) -> Answer {
        let known = [self.page, self.limit, self.filter];
        if query.iter().any(|(name, _)| !known.contains(&&**name)) {
            match self.unknown {
                Control::Ignored => {}
                Control::Rejected => return Answer::Rejected,
                Control::Filtered => return Answer::Rows(Vec::new()),
                Control::Unclear => return Answer::Unclear,
            }
        }
        let value = |name: &str| query.iter().find(|(known, _)| known == name);
        let number = |name| value(name).and_then(|(_, value)| value.parse().ok());
        let size: u64 = number(self.limit).unwrap_or(20);
        let page: u64 = number(self.page).unwrap_or(self.first).max(self.first);
        let mut rows = self.rows();
        if let Some((_, name)) = value(self.filter) {
            rows.retain(|row| row == name);
        }
        let rows = rows
            .into_iter()
            .skip(usize::try_from((page - self.first) * size).unwrap())
            .take(usize::try_from(size).unwrap());
        Answer::Rows(rows.collect())
    }

    fn fleet(&self) -> FirstListing {
        let keys = self.rows();
        FirstListing {
            named: keys.first().map(|key| Named {
                key: key.clone(),
                name: key.clone(),
            }),
            keys,
            ..FirstListing::default()
        }
    }
}

fn in_force() -> Wire {
    Wire::new(&WireOverrides::default())
}

#[test]
fn paging_is_found_whatever_becomes_of_unknown_parameters() {
    for unknown in [Control::Ignored, Control::Rejected, Control::Filtered] {
        for (page, limit, first, count) in [
            ("page", "limit", 1, 5),
            ("page", "limit", 0, 5),
            ("page", "limit", 0, 2),
            ("page", "limit", 1, 2),
            ("pageNo", "take", 0, 3),
            ("p", "per_page", 1, 30),
        ] {
            let api = Api {
                page,
                limit,
                first,
                count,
                unknown,
                ..API
            };
            let mut asked = 0;
            let found = paging::find(&api.fleet(), unknown, &in_force(), &mut |query| {
                asked += 1;
                api.answer(&query)
            });
            let name = page.to_owned();
            assert_eq!(found.limit, Found::Is(limit.to_owned()), "{unknown:?}");
            assert_eq!(
                found.page,
                Found::Is(PageNumbers { name, first }),
                "{unknown:?} {page}"
            );
            assert!(!found.by_offset && asked <= 15, "{asked} requests");
        }
    }
}

#[test]
fn too_few_computers_and_no_answers_prove_nothing() {
    for (count, unknown) in [
        (0, Control::Ignored),
        (1, Control::Ignored),
        (5, Control::Unclear),
    ] {
        let api = Api { count, ..API };
        let found = paging::find(&api.fleet(), unknown, &in_force(), &mut |query| {
            if unknown == Control::Unclear {
                return Answer::Unclear;
            }
            api.answer(&query)
        });
        assert_eq!((found.limit, found.page), (Found::Unknown, Found::Unknown));
    }
}

#[test]
fn offsets_are_told_from_no_paging_at_all() {
    let by_offset = Api { page: "-", ..API };
    let find = |ask: &mut dyn FnMut(Query) -> Answer| {
        paging::find(&by_offset.fleet(), Control::Ignored, &in_force(), ask)
    };
    let found = find(&mut |query| {
        let skipped = query.iter().any(|(name, _)| name == "skip");
        match by_offset.answer(&query) {
            Answer::Rows(rows) if skipped => {
                Answer::Rows(by_offset.rows()[1..=rows.len()].to_vec())
            }
            other => other,
        }
    });
    assert_eq!((found.page, found.by_offset), (Found::Nothing, true));
    let found = find(&mut |query| by_offset.answer(&query));
    assert_eq!((found.page, found.by_offset), (Found::Nothing, false));
    // Pages whose size can't be chosen.
    let whole = |first| Api {
        limit: "-",
        first,
        count: 25,
        ..API
    };
    for first in [0, 1] {
        let fleet = FirstListing {
            keys: whole(first).rows()[..20].to_vec(),
            ..FirstListing::default()
        };
        let ask = &mut |query| whole(first).answer(&query);
        let found = paging::find(&fleet, Control::Ignored, &in_force(), ask);
        let name = "page".to_owned();
        assert_eq!(found.limit, Found::Nothing);
        assert_eq!(found.page, Found::Is(PageNumbers { name, first }));
    }
}

#[test]
fn the_largest_page() {
    let fleet = |total| FirstListing {
        total,
        ..API.fleet()
    };
    let paging = paging::find(&API.fleet(), Control::Ignored, &in_force(), &mut |query| {
        API.answer(&query)
    });
    let cap = |total, answer: Answer| {
        paging::cap(&paging, &fleet(total), &mut |query| {
            assert_eq!(query, [("limit".to_owned(), "1000".to_owned())]);
            answer.clone()
        })
    };
    let rows = || Answer::Rows(API.rows());
    assert_eq!(cap(Some(6), rows()), Cap::At(5));
    assert_eq!(cap(Some(5), rows()), Cap::NotSeen);
    assert_eq!(cap(None, rows()), Cap::NotSeen);
    assert_eq!(cap(Some(6), Answer::Rejected), Cap::Rejected);
    assert_eq!(cap(Some(6), Answer::Unclear), Cap::NotSeen);
}

#[test]
fn a_filter_counts_only_if_it_lists_its_computer_and_no_other_name_does() {
    let verdict = |api: Api, in_force: &str| {
        filter::find(
            api.fleet().named.as_ref(),
            api.unknown,
            in_force,
            &mut |query| api.answer(&query),
        )
    };
    let works = |template: &str| FilterVerdict::Works {
        template: template.to_owned(),
        is_loose: Some(false),
    };
    for unknown in [Control::Ignored, Control::Rejected, Control::Filtered] {
        let api = Api { unknown, ..API };
        assert_eq!(verdict(api, "{property}"), works("{property}"));
        assert_eq!(verdict(api, "q[{property}]"), works("{property}"));
        let bracketed = Api {
            filter: "filter[name]",
            ..api
        };
        assert_eq!(
            verdict(bracketed, "{property}"),
            works("filter[{property}]")
        );
        let none = Api { filter: "-", ..api };
        let is_rejected = unknown == Control::Rejected;
        assert_eq!(
            verdict(none, "{property}"),
            FilterVerdict::Nothing { is_rejected }
        );
        assert_eq!(verdict(api, ""), FilterVerdict::Off);
        assert_eq!(
            verdict(Api { count: 0, ..api }, "{property}"),
            FilterVerdict::Unknown
        );
    }
    let unclear = Api {
        unknown: Control::Unclear,
        filter: "-",
        ..API
    };
    assert_eq!(verdict(unclear, "{property}"), FilterVerdict::Unknown);
}

fn response(status: u16, content_type: &str, body: &str) -> Response {
    Response {
        request: RequestInfo::default(),
        version: String::new(),
        status,
        headers: vec![
            ("content-type".to_owned(), content_type.to_owned()),
            (
                "location".to_owned(),
                "https://login.example/a?token=b".to_owned(),
            ),
        ],
        body: body.to_owned(),
        elapsed: Duration::ZERO,
        allocation: None,
    }
}

fn contact(status: u16, content_type: &str, body: &str) -> Contact {
    let base = reqwest::Url::parse("https://api.example/v1").unwrap();
    contact::judge(&response(status, content_type, body), &base)
}

#[test]
fn what_answers_is_told_apart() {
    let json = "application/json";
    for (status, content_type, body, expected) in [
        (200, "text/html", "hello", WrongApi::WebPage(200)),
        (200, json, " <!DOCTYPE html>", WrongApi::WebPage(200)),
        (403, "text/html", "", WrongApi::WebPage(403)),
        (511, json, "", WrongApi::WebPage(511)),
        (404, "text/html", "", WrongApi::NothingThere(false)),
        (404, json, "{}", WrongApi::NothingThere(true)),
        (405, json, "{}", WrongApi::NothingThere(true)),
        (200, json, "{}", WrongApi::OtherJson),
        (200, json, "\"x\"", WrongApi::OtherJson),
        (418, json, "{}", WrongApi::Rejected(418)),
        (200, json, "", WrongApi::Other(200)),
        (
            200,
            json,
            "[{\"id\":1,\"status\":\"\"}]",
            WrongApi::OtherRows,
        ),
        (
            200,
            json,
            "[{\"id\":\"00000001-1111-4111-8111-1d1d1d1d1d1d\"}]",
            WrongApi::OtherRows,
        ),
        (400, json, "{}", WrongApi::Rejected(400)),
        (
            302,
            "",
            "",
            WrongApi::Redirect {
                origin: Some("https://login.example".to_owned()),
                is_same_host: false,
            },
        ),
    ] {
        match contact(status, content_type, body) {
            Contact::Wrong(wrong) => assert_eq!(wrong, expected, "{status} {body}"),
            other => panic!("{status} {body}: {other:?}"),
        }
    }
    assert!(matches!(contact(401, json, "{}"), Contact::Refused(401)));
    assert!(matches!(contact(403, json, ""), Contact::Refused(403)));
    for status in [408, 429, 500, 503] {
        assert!(
            matches!(contact(status, "text/html", ""), Contact::Unclear(seen) if seen == status)
        );
    }
}

#[test]
fn a_listing_is_known_by_its_computers() {
    let id = "00000001-1111-4111-8111-1d1d1d1d1d1d";
    let body = format!(
        "{{\"data\":[{{\"id\":\"{id}\",\"name\":\"\",\"state\":\"ONLINE\"}},{{\"id\":\"2\",\"name\":\"b\"}}],\"total\":9,\"next\":\"x\"}}"
    );
    let Contact::Listing(fleet) = contact(200, "application/json", &body) else {
        panic!("no listing");
    };
    assert_eq!(
        (fleet.len(), fleet.total, fleet.has_more),
        (2, Some(9), true)
    );
    assert_eq!(fleet.state_property, Some("state"));
    assert_eq!(fleet.id, Uuid::try_parse(id).ok());
    assert_eq!(
        fleet.named.map(|named| (named.key, named.name)),
        Some(("2".to_owned(), "b".to_owned()))
    );
    let Contact::Listing(empty) = contact(200, "application/json", "{\"computers\":[]}") else {
        panic!("no listing");
    };
    assert_eq!((empty.len(), empty.id, empty.named), (0, None, None));
}

#[test]
fn one_computer_and_none() {
    let id = Uuid::from_u128(7);
    let judge = |status, body: &str| single::judge(&response(status, "application/json", body), id);
    assert_eq!(
        judge(200, &format!("{{\"data\":{{\"id\":\"{id}\"}}}}")),
        Single::Read
    );
    assert_eq!(
        judge(200, &format!("{{\"id\":\"{}\"}}", Uuid::from_u128(8))),
        Single::Unreadable
    );
    assert_eq!(judge(200, "[]"), Single::Unreadable);
    assert_eq!(judge(403, "{}"), Single::Status(403));
    let judge = |status, body: &str| judge_missing(&response(status, "", body));
    assert_eq!(judge(404, "{}"), Missing::Proven);
    assert_eq!(judge(404, "<html>"), Missing::Unproven);
    assert_eq!(judge(200, "{}"), Missing::Status(200));
}

#[test]
fn the_control() {
    let listed = API.rows();
    let judge = |answer| Control::judge(&answer, &listed);
    assert_eq!(judge(Answer::Rows(listed.clone())), Control::Ignored);
    assert_eq!(judge(Answer::Rows(Vec::new())), Control::Filtered);
    assert_eq!(judge(Answer::Rows(listed[1..].to_vec())), Control::Unclear);
    assert_eq!(judge(Answer::Rejected), Control::Rejected);
    assert_eq!(judge(Answer::Unclear), Control::Unclear);
    let answer = |status, body: &str| Answer::judge(&response(status, "application/json", body));
    assert_eq!(
        answer(200, "[{\"id\":\"a\"}]"),
        Answer::Rows(vec!["a".to_owned()])
    );
    assert_eq!(answer(200, "{}"), Answer::Unclear);
    for (status, expected) in [
        (400, Answer::Rejected),
        (422, Answer::Rejected),
        (401, Answer::Unclear),
        (429, Answer::Unclear),
        (500, Answer::Unclear),
        (302, Answer::Unclear),
    ] {
        assert_eq!(answer(status, "{}"), expected, "{status}");
    }
}
