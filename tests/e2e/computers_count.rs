//! `computers count`: how many, and how many of each.

use crate::support::{Canned, Fault, Peer, Row, Session};

fn peer() -> Peer {
    Peer::with(vec![
        Row::new(1, "a", "ONLINE").text("site", "paris"),
        Row::new(2, "b", "OFFLINE").text("site", "lyon"),
        Row::new(3, "c", "OFFLINE").text("site", "paris"),
        Row::new(4, "d", "OFFLINE").text("site", "paris"),
        Row::new(5, "e", "OFFLINE"),
    ])
}

#[track_caller]
fn counts(words: &str, stdout: &str) {
    Session::with(&peer())
        .run(&format!("computers count {words}"))
        .stdout(stdout);
}

#[test]
fn the_number_alone_or_as_an_object() {
    counts("", "5\n");
    counts("--filter site=paris", "3\n");
    counts("--filter status=offline --filter SITE=paris -o wide", "2\n");
    counts("HOST-00 3", "1\n");
    counts("nothing", "0\n");
    counts("-o jsonl", "{\"count\":5}\n");
    counts("--json", "{\n  \"count\": 5\n}\n");
    counts("-o csv", "count\r\n5\r\n");
}

#[test]
fn a_row_for_each_combination() {
    counts(
        "--by status,site",
        "STATUS   SITE   COUNT\nOFFLINE  lyon   1\nOFFLINE  paris  2\nOFFLINE         1\nONLINE   paris  1\n",
    );
    counts(
        "--by site -o csv",
        "site,count\r\nlyon,1\r\nparis,3\r\n,1\r\n",
    );
    counts(
        "--by site -o jsonl",
        "{\"site\":\"lyon\",\"count\":1}\n{\"site\":\"paris\",\"count\":3}\n{\"site\":null,\"count\":1}\n",
    );
    counts("--by site --filter name=nothing --json", "[]\n");
    counts(
        "--by STATUS -o jsonl --filter status=ONLINE",
        "{\"STATUS\":\"ONLINE\",\"count\":1}\n",
    );
}

#[test]
fn an_unknown_property_is_noted() {
    Session::with(&peer())
        .run("computers count --by sites -o jsonl")
        .stdout("{\"sites\":null,\"count\":5}\n")
        .stderr("{\"note\":{\"code\":\"unknown_property\",\"message\":\"no computer has the property \\\"sites\\\"; did you mean \\\"site\\\"?\"}}\n");
}

#[test]
fn invalid_count_arguments_send_nothing() {
    let peer = peer();
    let session = Session::with(&peer);
    let no_ids = "a count has no ids: use table, wide, json, jsonl or csv";
    for (words, told) in [
        ("-o id", no_ids),
        ("-o _id", no_ids),
        (
            "--by ,",
            "invalid value '' for '--by <A,B,C>': expected the names of properties, such as status,site",
        ),
        (
            "--by count",
            "invalid value 'count' for '--by <A,B,C>': the column count has the numbers; name a property to count by",
        ),
        (
            "--filter x",
            "invalid value 'x' for '--filter <KEY=VALUE>': expected KEY=VALUE, KEY!=VALUE, KEY~REGEX, \
             KEY<VALUE, KEY<=VALUE, KEY>VALUE or KEY>=VALUE, such as status=OFFLINE",
        ),
    ] {
        session
            .run(&format!("computers count {words}"))
            .stderr(format!(
                "error: {told}\nhint: reemo computers count --help\n"
            ))
            .code(2);
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_listing_that_is_not_whole_is_not_counted() {
    let body = format!(
        "{{\"computers\":[{}],\"total\":3}}",
        Row::new(1, "a", "ONLINE").json()
    );
    let server = Canned::always(Fault::answer(200, "application/json", &body));
    Session::facing(&server)
        .run("computers count --json")
        .fails_with("listing_not_whole", 7, "the listing may be incomplete: the same page came again for the next page number\n\
             - seen: 1 computer in 2 pages\n\
             hint: the API may use other paging parameters than `page` and `limit` (first page 1); to detect and store them: reemo doctor --write");
}
