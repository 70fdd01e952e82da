//! `computers list`: a listing is never silently incomplete.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

use crate::support::dialect::{Dialect, Hints};
use crate::support::fleet::large;
use crate::support::{Canned, Fault, Peer, Row, Session, compact, id, lines, pretty};

fn page(rows: &[Row], total: usize) -> Fault {
    let rows: Vec<String> = rows.iter().map(Row::json).collect();
    Fault::answer(
        200,
        "application/json",
        &format!(r#"{{"computers":[{}],"total":{total}}}"#, rows.join(",")),
    )
}

/// The request for a page.
fn list(page: usize) -> String {
    format!("GET /v1/computers?page={page}&limit=1000")
}

/// What the peer was asked, in the order of the pages: they are fetched side by side.
fn asked(peer: &Peer) -> Vec<String> {
    let mut asked = peer.requests();
    asked.sort();
    asked
}

#[test]
fn three_pages_are_walked_and_no_more() {
    let peer = Peer::with(large(250));
    Session::with(&peer)
        .run("computers list --json")
        .stdout(pretty(&peer.array()) + "\n");
    assert_eq!(asked(&peer), [1, 2, 3].map(list));
}

#[test]
fn one_connection_serves_the_walk() {
    let peer = Peer::with(large(250));
    let all = lines(&(1..=250).map(id).collect::<Vec<_>>());
    Session::with(&peer)
        .run("computers list -o id --concurrency 1")
        .stdout(all);
    assert_eq!(peer.connections(), 1);
}

#[test]
fn every_number_and_every_unknown_property_of_250_computers_arrive() {
    let peer = Peer::with(large(250));
    let mut outcome = Session::with(&peer).run("computers list -o jsonl");
    let printed = outcome.take_stdout();
    for (line, row) in printed.lines().zip(peer.rows()) {
        assert_eq!(line, compact(&row.json()));
    }
    assert_eq!(printed.lines().count(), 250);
}

#[test]
fn a_limit_ends_the_walk_early() {
    let peer = Peer::with(large(250));
    Session::with(&peer)
        .run("computers list -o id --limit 1")
        .stdout(lines(&[id(1)]));
    assert_eq!(peer.requests(), ["GET /v1/computers?page=1&limit=1"]);
    let peer = Peer::with(large(250));
    Session::with(&peer)
        .run("computers list -o id --limit 3")
        .stdout(lines(&[1, 2, 3].map(id)));
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn without_hints_the_ends_are_confirmed() {
    let peer = Peer::new(
        Dialect {
            hints: Hints::None,
            ..Dialect::default()
        },
        large(250),
    );
    Session::with(&peer)
        .run("computers list -o id")
        .stdout(lines(&(1..=250).map(id).collect::<Vec<_>>()));
    assert_eq!(asked(&peer), [0, 1, 2, 3, 4, 5].map(list));
}

#[test]
fn a_total_that_disagrees_is_not_a_whole_listing() {
    let rows = large(3);
    let server = Canned::script(vec![page(&rows, 5), page(&[], 5)]);
    Session::facing(&server)
        .run("computers list --json")
        .fails_with(
            "listing_not_whole",
            7,
            "the listing may be incomplete: the API reports 5 computers in total\n\
             - seen: 6 computers in 1 page\n\
             hint: try again; if it persists, find out how the API pages: reemo doctor",
        );
}

#[test]
fn a_total_of_nonsense_allocates_nothing() {
    let server = Canned::script(vec![
        page(&large(3), 4_000_000_000_000),
        page(&[], 4_000_000_000_000),
    ]);
    Session::facing(&server)
        .run("computers list --json")
        .fails_with("listing_not_whole", 7, "the listing may be incomplete: the API reports 4000000000000 computers in total\n\
             - seen: 6 computers in 2 pages\n\
             hint: the API may use other paging parameters than `page` and `limit` (first page 1); to detect and store them: reemo doctor --write");
}

/// A row that shifted shows once; the total says that no other is missing.
#[test]
fn a_row_that_shifts_between_pages_is_shown_once() {
    let rows = large(150);
    let server = Canned::script(vec![page(&rows[..100], 150), page(&rows[99..], 150)]);
    Session::facing(&server)
        .run("computers list -o id")
        .stdout(lines(&(1..=150).map(id).collect::<Vec<_>>()));
}

/// A computer in front goes away during the walk, and with it a row between the pages; or rows come twice, and no total
/// says whether others were missed.
#[test]
fn a_listing_that_may_miss_a_row_is_reported() {
    let rows = large(150);
    let missed = Canned::script(vec![
        page(&rows[..100], 150),
        page(&rows[101..], 149),
        page(&[], 149),
    ]);
    Session::facing(&missed)
        .run("computers list --json")
        .notes(&["the listing may be incomplete: the API's total changed from 150 computers to 149; listing again"]).fails_with("listing_not_whole", 7, "the listing may be incomplete: the API reports 149 computers in total\n\
             - seen: 0 computers in 2 pages\n\
             hint: the API may use other paging parameters than `page` and `limit` (first page 1); to detect and store them: reemo doctor --write");
    let bare = |rows: &[Row]| {
        let rows: Vec<String> = rows.iter().map(Row::json).collect();
        Fault::answer(200, "application/json", &format!("[{}]", rows.join(",")))
    };
    // `json` lists once more, and finds the same.
    let overlapping = || vec![bare(&rows[..100]), bare(&rows[99..]), bare(&[]), bare(&[])];
    let with_a_hole = || {
        vec![
            bare(&rows[..100]),
            bare(&[]),
            bare(&rows[100..]),
            bare(&[]),
            bare(&[]),
        ]
    };
    for (walk, why, pages) in [
        (
            overlapping(),
            "1 row came more than once, so others may have been missed",
            4,
        ),
        (
            with_a_hole(),
            "an empty page came before one with computers",
            5,
        ),
    ] {
        let why = format!("the listing may be incomplete: {why}");
        let twice = Canned::script([walk.clone(), walk].concat());
        Session::facing(&twice)
            .run("computers list --json")
            .notes(&[&format!("{why}; listing again")])
            .fails_with(
                "listing_not_whole",
                7,
                format!(
                    "{why}\n- seen: 150 computers in {pages} pages\n\
                     hint: computers may have been added or removed meanwhile; try again"
                ),
            );
    }
}

#[test]
fn streaming_formats_print_verified_rows_and_then_fail() {
    let peer = Peer::with(large(250));
    peer.mishap(|request, _| {
        request
            .target
            .contains("page=3")
            .then(|| Fault::answer(500, "text/plain", "no"))
    });
    let mut outcome = Session::with(&peer)
        .run("computers list -o jsonl --retries 0")
        .fails_with(
            "server_error",
            7,
            "the API failed: no\n\
             - after 200 computers: the listing is not complete\n\
             hint: try again later; if it persists, report the request id to Reemo",
        );
    assert_eq!(outcome.take_stdout().lines().count(), 200);
}

#[test]
fn a_truncated_page_is_requested_again() {
    let peer = Peer::with(large(250));
    let cut = AtomicBool::new(false);
    peer.mishap(move |request, _| {
        let now = request.target.contains("page=2&") && !cut.swap(true, SeqCst);
        now.then(|| Fault::cut("{\"computers\":[{\"id\":\""))
    });
    let all = lines(&(1..=250).map(id).collect::<Vec<_>>());
    Session::with(&peer)
        .run("computers list -o id")
        .stdout(all)
        .stderr(
            "note: invalid response from the API: it was cut off; trying again in [N] s \
         (attempt 2 of 3)\n",
        );
    assert_eq!(asked(&peer), [1, 2, 2, 3].map(list));
}
