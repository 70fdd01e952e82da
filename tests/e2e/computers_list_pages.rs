//! `computers list`: a listing is never silently incomplete.

use crate::support::dialect::{Dialect, Hints};
use crate::support::fleet::large;
use crate::support::{Canned, Fault, Peer, Row, Session, compact, id, lines, pretty};

fn page(rows: &[Row], total: usize) -> Fault {
    let rows: Vec<String> = rows.iter().map(Row::json).collect();
    Fault::answer(200, "application/json", &format!(r#"{{"computers":[{}],"total":{total}}}"#, rows.join(",")))
}

#[test]
fn three_pages_are_walked_and_no_more() {
    let peer = Peer::with(large(250));
    Session::with(&peer).run("computers list --json").stdout(pretty(&peer.array()) + "\n");
    let sent: Vec<String> = (1..=3).map(|page| format!("GET /v1/computers?page={page}&limit=100")).collect();
    assert_eq!(peer.requests(), sent);
}

#[test]
fn one_connection_serves_the_walk() {
    let peer = Peer::with(large(250));
    Session::with(&peer).run("computers list -o id").stdout(lines(&(1..=250).map(id).collect::<Vec<_>>()));
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
    Session::with(&peer).run("computers list -o id --limit 3").stdout(lines(&[1, 2, 3].map(id)));
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn without_hints_a_short_page_is_confirmed() {
    let peer = Peer::new(Dialect { hints: Hints::None, ..Dialect::default() }, large(250));
    Session::with(&peer).run("computers list -o id").stdout(lines(&(1..=250).map(id).collect::<Vec<_>>()));
    assert_eq!(peer.requests().last().unwrap(), "GET /v1/computers?page=4&limit=100");
}

#[test]
fn a_total_that_disagrees_is_not_a_whole_listing() {
    let rows = large(3);
    let server = Canned::script(vec![page(&rows, 5), page(&[], 5)]);
    Session::facing(&server).run("computers list --json").error("listing_not_whole", 7);
}

#[test]
fn a_total_of_nonsense_allocates_nothing() {
    let server = Canned::script(vec![page(&large(3), 4_000_000_000_000), page(&[], 4_000_000_000_000)]);
    Session::facing(&server).run("computers list --json").error("listing_not_whole", 7);
}

#[test]
fn a_row_that_shifts_between_pages_is_shown_once_and_told() {
    let rows = large(150);
    // While the walk is under way a computer in front goes away: one row would be missed.
    let server = Canned::script(vec![page(&rows[..100], 150), page(&rows[99..], 150)]);
    let mut outcome = Session::facing(&server).run("computers list -o id").code(7);
    let shown = outcome.take_stdout();
    outcome.take_stderr();
    assert!(shown.lines().filter(|line| *line == id(100)).count() <= 1);
}

#[test]
fn streams_print_what_is_sure_and_then_fail() {
    let peer = Peer::with(large(250));
    peer.mishap(|request, _| request.target.contains("page=3").then(|| Fault::answer(500, "text/plain", "no")));
    let mut outcome = Session::with(&peer).run("computers list -o jsonl --retries 0").error("server_error", 7);
    assert_eq!(outcome.take_stdout().lines().count(), 200);
}

#[test]
fn a_cut_page_is_asked_again() {
    let peer = Peer::with(large(250));
    peer.mishap(|_, number| (number == 2).then(|| Fault::cut("{\"computers\":[{\"id\":\"")));
    let all = lines(&(1..=250).map(id).collect::<Vec<_>>());
    Session::with(&peer).run("computers list -o id").stdout(all).stderr_unpinned([""]);
    assert_eq!(peer.requests()[1], peer.requests()[2]);
}
