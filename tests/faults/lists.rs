//! Walks over pages that lie, shift, repeat or fail. What is printed is whole, or the command says that it is not.

use crate::answers::{envelope, json, page, rows};
use crate::server::{Act, Asked, Server};
use crate::support::{KEY, Row, Session, id};
use crate::table::{each, told};

const LIST: &str = "computers list --retries 0 --request-timeout 1m --concurrency 1 -o";
const UNPROVEN: &str = "the listing may be incomplete: ";

/// The page number that was asked for.
fn number(asked: &Asked) -> usize {
    let query = asked.target.split_once("page=").expect("a page").1;
    query.split('&').next().unwrap().parse().unwrap()
}

/// A server with these pages; beyond the last one, empty ones.
fn pages(pages: Vec<(Vec<Row>, &'static str)>) -> Server {
    let last = pages.last().map_or("", |(_, beside)| beside).to_owned();
    Server::scripted(
        move |_, asked| match pages.get(number(asked).wrapping_sub(1)) {
            Some((rows, beside)) => page(rows, beside),
            None => page(&[], &last),
        },
    )
}

fn session(server: &Server) -> Session {
    Session::new().api(&server.url()).key(KEY)
}

fn ids(places: impl IntoIterator<Item = usize>) -> String {
    places.into_iter().map(|n| id(n) + "\n").collect()
}

struct Walk {
    name: &'static str,
    pages: Vec<(Vec<Row>, &'static str)>,
    /// What comes behind `the listing may be incomplete: `, and what was printed before; or what is printed.
    outcome: Result<String, (&'static str, String)>,
}

fn good(name: &'static str, pages: Vec<(Vec<Row>, &'static str)>, all: usize) -> Walk {
    Walk {
        name,
        pages,
        outcome: Ok(ids(1..=all)),
    }
}

fn bad(
    name: &'static str,
    pages: Vec<(Vec<Row>, &'static str)>,
    why: &'static str,
    printed: impl IntoIterator<Item = usize>,
) -> Walk {
    Walk {
        name,
        pages,
        outcome: Err((why, ids(printed))),
    }
}

/// For each walk: a format that streams prints what is sure and then fails; `json` prints nothing unless whole.
fn prove(walks: &[Walk]) {
    each(
        walks,
        |walk| walk.name.to_owned(),
        |walk| {
            let server = pages(walk.pages.clone());
            match &walk.outcome {
                Ok(all) => {
                    told(&session(&server), &format!("{LIST} id"), 0, "", all);
                }
                Err((why, printed)) => {
                    let error = format!("{UNPROVEN}{why}");
                    told(&session(&server), &format!("{LIST} id"), 7, &error, printed);
                    let mut outcome = session(&server).run(&format!("{LIST} json -q")).fails_with(
                        "listing_not_whole",
                        7,
                        format!("{error}\n- seen: [*] in [*]\nhint: [*]"),
                    );
                    assert_eq!(outcome.take_stdout(), "");
                    told(
                        &session(&server),
                        "computers delete pc-1 --yes --retries 0",
                        7,
                        &error,
                        "",
                    );
                    assert!(
                        !server.methods().contains("DELETE"),
                        "acted on a listing that is not whole"
                    );
                }
            }
            assert!(server.seen().iter().all(|asked| asked.method == "GET"));
        },
    );
}

#[test]
fn totals_that_lie() {
    let three = || vec![rows([1, 2]), rows([3])];
    let with = |beside: &'static str| {
        three()
            .into_iter()
            .map(|rows| (rows, beside))
            .collect::<Vec<_>>()
    };
    prove(&[
        good("the truth", with(",\"total\":3,\"limit\":2"), 3),
        bad(
            "too large",
            with(",\"total\":9,\"limit\":2"),
            "the API reports 9 computers in total",
            1..=3,
        ),
        bad(
            "too small",
            with(",\"total\":2,\"limit\":2"),
            "the API reports 2 computers in total",
            1..=3,
        ),
        bad(
            "none",
            with(",\"total\":0,\"limit\":2"),
            "the API reports 0 computers in total",
            1..=2,
        ),
        bad(
            "absurd",
            with(",\"total\":18446744073709551615,\"limit\":2"),
            "the API reports 18446744073709551615 computers in total",
            1..=3,
        ),
        bad(
            "changing",
            vec![
                (rows([1, 2]), ",\"total\":4,\"limit\":2"),
                (rows([3]), ",\"total\":3,\"limit\":2"),
            ],
            "the API's total changed from 4 computers to 3",
            1..=3,
        ),
        good("negative: no total at all", with(",\"total\":-3"), 3),
        good("a number of nonsense", with(",\"total\":1e400"), 3),
        good(
            "more than a number holds",
            with(",\"total\":99999999999999999999999"),
            3,
        ),
        good("a text", with(",\"total\":\"many\""), 3),
        good("a text of digits", with(",\"total\":\"3\",\"limit\":2"), 3),
        good("a float", with(",\"total\":3.0,\"limit\":2.0"), 3),
        bad(
            "a float that is too large",
            with(",\"total\":60.0"),
            "the API reports 60 computers in total",
            1..=3,
        ),
        good("null", with(",\"total\":null"), 3),
        bad(
            "the page's own number of rows",
            vec![(rows([1, 2]), ",\"total\":2"), (rows([3]), ",\"total\":1")],
            "the API's total changed from 2 computers to 1",
            1..=3,
        ),
        bad(
            "a further page that never brings anything",
            vec![
                (rows([1]), ",\"has_more\":true"),
                (vec![], ",\"has_more\":true"),
                (vec![], ",\"has_more\":true"),
            ],
            "the API promises a further page, but nothing new comes",
            [1],
        ),
        bad(
            "more pages than there are",
            vec![(rows([1]), ",\"total_pages\":1,\"total\":4")],
            "the API reports 4 computers in total",
            [1],
        ),
    ]);
}

#[test]
fn pages_that_shift() {
    let bare = |pages: Vec<Vec<Row>>| pages.into_iter().map(|rows| (rows, "")).collect::<Vec<_>>();
    prove(&[
        good(
            "capped at two",
            bare(vec![rows([1, 2]), rows([3, 4]), rows([5])]),
            5,
        ),
        good(
            "ending at the border",
            bare(vec![rows([1, 2]), rows([3, 4])]),
            4,
        ),
        good(
            "the last page again",
            bare(vec![rows([1, 2]), rows([3]), rows([3])]),
            3,
        ),
        good("empty", bare(vec![vec![]]), 0),
        good(
            "a row that shifts, with the total",
            vec![
                (rows([1, 2]), ",\"total\":3,\"limit\":2"),
                (rows([2, 3]), ",\"total\":3,\"limit\":2"),
            ],
            3,
        ),
        bad(
            "a hole",
            bare(vec![rows([1, 2]), rows([3, 4]), vec![], rows([5]), vec![]]),
            "an empty page came before one with computers",
            1..=5,
        ),
        bad(
            "added in front",
            bare(vec![rows([1, 2]), rows([2, 3]), rows([4])]),
            "1 row came more than once, so others may have been missed",
            1..=4,
        ),
        bad(
            "shuffled",
            vec![
                (rows([1, 2]), ",\"total\":4,\"limit\":2"),
                (rows([2, 3]), ",\"total\":4,\"limit\":2"),
            ],
            "the API reports 4 computers in total",
            1..=3,
        ),
        bad(
            "one in front removed, and so another stepped over",
            vec![
                (rows([1, 2]), ",\"total\":5,\"limit\":2"),
                (rows([4, 5]), ",\"total\":4,\"limit\":2"),
            ],
            "the API's total changed from 5 computers to 4",
            [1, 2, 4, 5],
        ),
        bad(
            "a full page again and again",
            vec![
                (rows([1, 2]), ",\"total\":4"),
                (rows([1, 2]), ",\"total\":4"),
            ],
            "the same page came again for the next page number",
            1..=2,
        ),
        bad(
            "pages in turns",
            bare(vec![
                rows([1, 2]),
                rows([3, 4]),
                rows([1, 2]),
                rows([3, 4]),
                rows([1, 2]),
            ]),
            "4 rows came more than once, so others may have been missed",
            1..=4,
        ),
    ]);
}

#[test]
fn rows_without_an_id() {
    let plain = |n: usize| Row::new(n, &format!("pc-{n}"), "OFFLINE").without("id");
    let bare = |n: usize| {
        plain(n)
            .without("_id")
            .text("name", "x")
            .without("hostname")
            .without("ip")
    };
    let server = pages(vec![(vec![plain(1), plain(2)], ""), (vec![plain(3)], "")]);
    let mut outcome = session(&server).run(&format!("{LIST} jsonl"));
    assert_eq!(outcome.take_stdout().lines().count(), 3);
    // What nothing tells apart is counted once, and that is told.
    let server = pages(vec![(vec![bare(1), bare(2)], "")]);
    session(&server)
        .run(&format!("{LIST} json"))
        .notes(&["the listing may be incomplete: 1 row came more than once, so others may have been missed; listing again"]).fails_with("listing_not_whole", 7, "the listing may be incomplete: 1 row came more than once, so others may have been missed\n\
             - seen: 1 computer in 3 pages\n\
             hint: computers may have been added or removed meanwhile; try again");
    let server = Server::scripted(|_, asked| match number(asked) {
        1 => json(200, "[{\"id\":1},{\"id\":\"1\"},{\"id\":null}]"),
        _ => json(200, "[]"),
    });
    session(&server)
        .run(&format!("{LIST} json"))
        .notes(&["the listing may be incomplete: 1 row came more than once, so others may have been missed; listing again"]).fails_with("listing_not_whole", 7, "the listing may be incomplete: 1 row came more than once, so others may have been missed\n\
             - seen: 2 computers in 3 pages\n\
             hint: computers may have been added or removed meanwhile; try again");
    for row in ["1", "null", "\"x\"", "[]"] {
        let server = Server::acting(vec![json(200, format!("{{\"computers\":[{row}]}}"))]);
        session(&server).run(&format!("{LIST} json")).fails_with(
            "bad_answer",
            7,
            "invalid response from the API: a row of its list is not an object\n\
                 hint: to find out what answers: reemo doctor",
        );
    }
}

/// Computers come or go during the walk: a format that has printed nothing yet walks once more, and is right then.
#[test]
fn once_more_where_nothing_was_printed() {
    let shifting = |settles: bool| {
        let settled = std::sync::atomic::AtomicUsize::new(0);
        Server::scripted(move |_, asked| {
            if !asked.target.contains("page=") {
                return json(200, rows([2])[0].json());
            }
            let first = number(asked) == 1;
            let walk = settled.fetch_add(usize::from(first), std::sync::atomic::Ordering::SeqCst)
                + usize::from(first);
            match (first, settles && walk > 1) {
                (true, false) => page(&rows([9, 1]), ",\"total\":5,\"limit\":2"),
                (true, true) => page(&rows([1, 2]), ",\"total\":2,\"limit\":3"),
                (false, _) if number(asked) == 2 => page(&rows([3, 4]), ",\"total\":4,\"limit\":2"),
                (false, _) => page(&[], ",\"total\":4,\"limit\":2"),
            }
        })
    };
    let note = "note: the listing may be incomplete: the API's total changed from 5 computers to 4; listing again\n";
    for (words, stdout) in [
        ("computers list --no-headers --columns id", ids([1, 2])),
        (
            "computers list --no-headers --columns id --sort name",
            ids([1, 2]),
        ),
        ("computers get hostname:host-002 -o id", ids([2])),
    ] {
        let server = shifting(true);
        session(&server).run(words).stdout(stdout).stderr(note);
    }
    // A filter gets the rows of the second listing alone.
    let message = note.trim_start_matches("note: ").trim_end();
    session(&shifting(true))
        .run("computers list --json --jq length")
        .stdout("2\n")
        .stderr(format!(
            "{{\"note\":{{\"code\":\"listing_again\",\"message\":\"{message}\"}}}}\n"
        ));
    let server = shifting(false);
    let stderr = told(
        &session(&server),
        "computers list --columns id --no-headers",
        7,
        &format!("{UNPROVEN}the API's total changed from 5 computers to 4"),
        &ids([9, 1, 3, 4]),
    );
    assert_eq!(stderr.matches("listing again").count(), 1, "{stderr}");
}

#[test]
fn a_page_in_the_middle_that_fails_for_good() {
    let cases = [
        (json(500, "{}"), 7, "the API failed (status 500)"),
        (json(429, "{}"), 7, "too many requests (status 429)"),
        (
            json(401, "{}"),
            3,
            "the API refused the secret key (status 401)",
        ),
        (json(404, "{}"), 7, "not found (status 404)"),
        (
            json(400, "{}"),
            7,
            "the API rejected the request (status 400)",
        ),
        (
            json(200, "{"),
            7,
            "invalid response from the API: it is not valid JSON (line 1, column 1)",
        ),
        (
            Act::Close,
            6,
            "[HOST] can't be reached: the connection was closed before a response arrived",
        ),
    ];
    each(
        &cases,
        |(_, _, error)| (*error).to_owned(),
        |(act, exit, error)| {
            let act = act.clone();
            let server = Server::scripted(move |_, asked| match number(asked) {
                3 => act.clone(),
                n => page(&rows([2 * n - 1, 2 * n]), ",\"total\":10,\"limit\":2"),
            });
            let stderr = told(
                &session(&server),
                &format!("{LIST} id"),
                *exit,
                error,
                &ids(1..=4),
            );
            assert!(
                stderr.contains("  after 4 computers: the listing is not complete\n"),
                "{stderr}"
            );
            told(
                &session(&server),
                &format!("{LIST} table --columns id --no-headers"),
                *exit,
                error,
                &ids(1..=4),
            );
        },
    );
}

/// Pages without an end, each with new rows: the cap on pages ends it, and the memory does not grow with them.
#[test]
fn pages_without_an_end() {
    let server = Server::scripted(|_, asked| {
        let n = number(asked);
        let body = envelope(&rows([n]), "");
        Act::Keep(crate::answers::bytes(
            200,
            &format!(
                "Content-Type: application/json\r\nContent-Length: {}\r\n",
                body.len()
            ),
            body,
        ))
    });
    let mut outcome = session(&server)
        .run("computers list -o id --retries 0")
        .code(7);
    assert_eq!(outcome.take_stdout().lines().count(), 20_000);
    let told = outcome.take_stderr();
    assert!(
        told.starts_with(
            "error: the listing may be incomplete: the API sends page after page without an end\n"
        ),
        "{told}"
    );
}
