//! What an API may say of its pages beside them, promise and not keep, or refuse; and pages that are too much.

use crate::answers::{envelope, headed, json, page, rows};
use crate::server::{Act, Server};
use crate::support::{KEY, Session, id, uid};
use crate::table::told;

const LIST: &str = "computers list -o id --retries 0 --request-timeout 20s";
const PLAN: &str = "--dry-run -o csv --no-headers --columns request.method,id";
const UNPROVEN: &str = "the listing may be incomplete: ";

/// The error of a `wait` that must not take a computer for absent.
fn not_absent(name: &str) -> String {
    format!(
        "timed out after 300ms: the computer with the name or hostname \"{name}\" is not absent"
    )
}

fn session(server: &Server) -> Session {
    Session::new().api(&server.url()).key(KEY)
}

fn ids(places: impl IntoIterator<Item = usize>) -> String {
    places.into_iter().map(|n| id(n) + "\n").collect()
}

/// The plan to delete a computer.
fn deletion(n: usize) -> String {
    format!("DELETE,{}\r\n", id(n))
}

/// The page number that a request asks for.
fn number(target: &str) -> usize {
    let query = target.split_once("page=").expect("a page").1;
    query.split('&').next().unwrap().parse().unwrap()
}

/// Pages of two computers each, six in all, as `page` sends them; then empty ones.
fn in_pairs(page: impl Fn(usize, &str) -> Act + Send + Sync + 'static) -> Server {
    Server::scripted(move |_, asked| {
        let number = number(&asked.target);
        let rows = if (1..=3).contains(&number) {
            rows([2 * number - 1, 2 * number])
        } else {
            Vec::new()
        };
        let bare = envelope(&rows, "");
        page(
            number,
            bare.strip_prefix("{\"computers\":")
                .and_then(|text| text.strip_suffix('}'))
                .unwrap(),
        )
    })
}

#[test]
fn link_headers() {
    let linked = |headers: &'static str| in_pairs(move |_, bare| headed(200, headers, bare));
    // About other things: as if they were not there.
    let other = linked("Link: </docs>; rel=\"describedby\", </x.css>; rel=preload\r\n");
    told(&session(&other), LIST, 0, "", &ids(1..=6));
    let apart = in_pairs(|number, bare| {
        let next = if number < 3 {
            "Link: </v1/computers?page=9>; rel=next\r\n"
        } else {
            ""
        };
        headed(
            200,
            &format!("Link: </v1/computers?page=1>; rel=first\r\n{next}"),
            bare,
        )
    });
    told(&session(&apart), LIST, 0, "", &ids(1..=6));
}

/// The API says that there is more, and sends its first page again: its pages have other names.
#[test]
fn more_that_is_promised_and_does_not_come() {
    for beside in [
        ",\"next\":\"/v1/computers?cursor=x\"",
        ",\"has_more\":true",
        ",\"next_cursor\":\"x\"",
        ",\"meta\":{\"nextToken\":\"x\"}",
    ] {
        let server = Server::scripted(move |_, _| page(&rows([1, 2]), beside));
        told(
            &session(&server),
            LIST,
            7,
            &format!("{UNPROVEN}the same page came again for the next page number"),
            &ids(1..=2),
        );
        told(
            &session(&server),
            "computers delete pc-1 --yes --retries 0",
            7,
            &format!("{UNPROVEN}the same page came again for the next page number"),
            "",
        );
        assert!(!server.methods().contains("DELETE"));
    }
    let once = Server::scripted(|_, asked| match number(&asked.target) {
        1 => page(&rows([1, 2]), ",\"next_cursor\":\"x\""),
        _ => page(&[], ""),
    });
    told(
        &session(&once),
        LIST,
        7,
        &format!("{UNPROVEN}the API promises a further page, but nothing new comes"),
        &ids(1..=2),
    );
}

#[test]
fn a_number_of_pages() {
    let hole = Server::scripted(|_, asked| match number(&asked.target) {
        2 => page(&[], ",\"pages\":3"),
        number => page(&rows([number]), ",\"pages\":3"),
    });
    told(
        &session(&hole),
        LIST,
        7,
        &format!("{UNPROVEN}an empty page came before one with computers"),
        &ids([1, 3]),
    );
    let none = in_pairs(|_, bare| json(200, format!("{{\"computers\":{bare},\"pages\":0}}")));
    told(&session(&none), LIST, 0, "", &ids(1..=6));
}

/// Beyond the last page some APIs have nothing; others find the query at fault, which may mean anything.
#[test]
fn a_second_page_that_is_refused() {
    for (status, exit) in [(404, 0), (416, 0), (400, 7), (422, 7)] {
        let server =
            in_pairs(move |number, bare| json(if number == 1 { 200 } else { status }, bare));
        let rejected = format!("the API rejected the request (status {status})");
        told(
            &session(&server),
            LIST,
            exit,
            if exit == 0 { "" } else { &rejected },
            &ids(1..=2),
        );
        let counted = Server::scripted(move |_, asked| match number(&asked.target) {
            1 => page(&rows([1, 2]), ",\"total\":2"),
            _ => json(status, "{\"error\":\"no such page\"}"),
        });
        told(&session(&counted), LIST, 0, "", &ids(1..=2));
    }
}

#[test]
fn pages_that_grow() {
    let server = Server::scripted(|_, asked| match number(&asked.target) {
        1 => page(&rows([1]), ",\"limit\":1"),
        2 => page(&rows([3, 4]), ",\"limit\":2"),
        _ => page(&[], ",\"limit\":2"),
    });
    told(
        &session(&server),
        LIST,
        7,
        &format!("{UNPROVEN}its pages grew from 1 computer to 2"),
        &ids([1, 3, 4]),
    );
}

#[test]
fn a_limit_that_the_api_rejects_as_a_page_size() {
    let server = Server::scripted(|_, asked| {
        let size: usize = asked
            .target
            .split_once("limit=")
            .unwrap()
            .1
            .parse()
            .unwrap();
        if size > 100 {
            json(400, "{\"error\":\"limit is at most 100\"}")
        } else {
            page(&rows(1..=100), ",\"total\":200")
        }
    });
    told(
        &session(&server),
        &format!("{LIST} --limit 101"),
        7,
        &format!("{UNPROVEN}the same page came again for the next page number"),
        &ids(1..=100),
    );
    told(
        &session(&server),
        &format!("{LIST} --limit 100"),
        0,
        "",
        &ids(1..=100),
    );
    // A page size that the user chose is not changed in silence.
    told(
        &session(&server),
        &format!("{LIST} --page-size 101"),
        5,
        "the API rejected the request: limit is at most 100",
        "",
    );
}

/// It answers what it can't search by with nothing.
#[test]
fn an_api_that_is_blind_to_filters() {
    let server = Server::scripted(|_, asked| {
        let blind = asked.target.contains("name=") || asked.target.contains("_id=");
        page(
            &if blind { Vec::new() } else { rows([1, 2]) },
            if blind {
                ",\"total\":0"
            } else {
                ",\"total\":2,\"limit\":9"
            },
        )
    });
    told(
        &session(&server),
        &format!("{LIST} --filter name=pc-2"),
        0,
        "",
        &ids([2]),
    );
    for target in ["--filter name=pc-2".to_owned(), format!("_id:{}", uid(2))] {
        told(
            &session(&server),
            &format!("computers delete {target} {PLAN}"),
            0,
            "",
            &deletion(2),
        );
    }
}

#[test]
fn an_underscore_id_in_capitals() {
    let server = Server::scripted(|_, _| {
        let row = rows([1])[0].json().replace(&uid(1), &uid(1).to_uppercase());
        json(
            200,
            format!("{{\"computers\":[{row}],\"total\":1,\"limit\":9}}"),
        )
    });
    told(
        &session(&server),
        &format!("computers delete _id:{} {PLAN}", uid(1)),
        0,
        "",
        &deletion(1),
    );
}

/// The same computers each time, and something about them has changed: that is no proof that paging is ignored.
#[test]
fn one_page_with_a_clock() {
    let server = Server::scripted(|number, _| {
        let rows: Vec<_> = rows([1, 2])
            .into_iter()
            .map(|row| row.text("seen", &number.to_string()))
            .collect();
        page(&rows, "")
    });
    told(
        &session(&server),
        LIST,
        7,
        &format!("{UNPROVEN}the same page came again for the next page number"),
        &ids(1..=2),
    );
}

/// The total is that of the page: while more is promised, it is not the end.
#[test]
fn a_total_of_the_page() {
    fn beside(number: usize, name: &str) -> (String, String) {
        let more = number < 3;
        let next = format!("\"/v1/computers?page={}\"", number + 1);
        match name {
            "pages" => (String::new(), ",\"pages\":3".to_owned()),
            "Link" if more => (
                format!("Link: <{}>; rel=\"next\"\r\n", next.trim_matches('"')),
                String::new(),
            ),
            "Link" => (
                "Link: </v1/computers?page=1>; rel=\"first\"\r\n".to_owned(),
                String::new(),
            ),
            "next" => {
                let next = if more { &next } else { "null" };
                (String::new(), format!(",\"next\":{next}"))
            }
            name => (String::new(), format!(",\"{name}\":{more}")),
        }
    }
    for name in ["has_more", "hasNextPage", "next", "pages", "Link"] {
        let server = in_pairs(move |number, bare| {
            let (head, beside) = beside(number, name);
            let head = format!("Content-Type: application/json\r\n{head}");
            let body = format!("{{\"computers\":{bare},\"total\":2,\"limit\":1000{beside}}}");
            headed(200, &head, body)
        });
        told(&session(&server), LIST, 0, "", &ids(1..=6));
        let words = format!("computers delete pc-6 {PLAN}");
        told(&session(&server), &words, 0, "", &deletion(6));
    }
    // It is promised for ever, and the pages have other names.
    let stuck = Server::scripted(|_, _| page(&rows([1, 2]), ",\"total\":2,\"has_more\":true"));
    let error = format!("{UNPROVEN}the same page came again for the next page number");
    told(&session(&stuck), LIST, 7, &error, &ids(1..=2));
}

/// Pages of two computers that begin at 0, so many computers in all, and no word on how many there are.
fn from_zero(all: usize) -> Server {
    Server::scripted(move |_, asked| {
        let first = 2 * number(&asked.target) + 1;
        page(&rows(first..=all.min(first + 1)), "")
    })
}

/// Without a total nothing else shows that the first page was never asked for.
#[test]
fn pages_that_begin_at_0() {
    for (all, printed, further, seen) in [
        (1, 0, "1 further computer", "0 computers in 2 pages"),
        (2, 0, "2 further computers", "0 computers in 2 pages"),
        (3, 1, "2 further computers", "1 computer in 3 pages"),
        (7, 5, "2 further computers", "5 computers in 5 pages"),
    ] {
        let server = from_zero(all);
        let error = format!("{UNPROVEN}the page before the first one has {further}");
        let stderr = told(
            &session(&server),
            LIST,
            7,
            &error,
            &ids(all - printed + 1..=all),
        );
        let hint = "hint: the API's pages seem to begin at 0 (wire.first_page = 0); to find out and store it: reemo doctor --write\n";
        assert!(stderr.ends_with(hint), "{stderr}");
        for words in [
            "computers list --json --retries 0",
            "computers get pc-1 --json --retries 0",
            "computers delete pc-1 --yes --ignore-missing --json --retries 0",
            "computers delete --filter name=pc-1 --yes --json --retries 0",
        ] {
            let told = format!("{error}\n- seen: {seen}\n{}", hint.trim_end());
            session(&server)
                .run(words)
                .fails_with("listing_not_whole", 7, told);
        }
        let wait = "computers wait pc-1 --for absent --timeout 300ms --interval 50ms";
        told(&session(&server), wait, 124, &not_absent("pc-1"), "");
        assert!(!server.methods().contains("DELETE"));
        let right = session(&server).config("[profiles.default.wire]\nfirst_page = 0\n");
        told(&right, LIST, 0, "", &ids(1..=all));
    }
}

/// What comes in place of a page before the first is no news, and it is asked for once, whatever the retries.
#[test]
fn a_page_before_the_first_that_is_none() {
    let reset = Act::Reset;
    for (name, before) in [
        ("refused", json(400, "{\"error\":\"page starts at 1\"}")),
        ("unknown", json(404, "{}")),
        (
            "failing",
            json(500, "{\"error\":\"OFFSET must not be negative\"}"),
        ),
        ("busy", headed(503, "Retry-After: 9\r\n", "{}")),
        ("empty", page(&[], "")),
        ("the first", page(&rows([1, 2]), "")),
        ("a part of the first", page(&rows([2]), "")),
        ("no listing", json(200, "{\"error\":\"page\"}")),
        ("reset", reset),
    ] {
        let server = Server::scripted(move |_, asked| match number(&asked.target) {
            0 => before.clone(),
            1 => page(&rows([1, 2]), ",\"has_more\":false"),
            _ => page(&[], ""),
        });
        session(&server)
            .run("computers list -o id")
            .stdout(ids(1..=2));
        let asked = server.seen();
        assert_eq!(asked.len(), 2, "{name}: {asked:?}");
        assert!(asked[1].target.contains("page=0"), "{name}: {asked:?}");
    }
    let counted = Server::scripted(|_, _| page(&rows([1, 2]), ",\"total\":2,\"limit\":9"));
    told(&session(&counted), LIST, 0, "", &ids(1..=2));
    assert_eq!(counted.methods(), "GET");
}

/// The first page again, with a computer more that came meanwhile: listed once more where nothing was printed yet.
#[test]
fn a_computer_added_before_page_zero_is_requested() {
    let server = Server::scripted(|_, asked| match number(&asked.target) {
        0 => page(&rows([3, 1]), ""),
        1 => page(&rows([1, 2]), ",\"has_more\":false"),
        _ => page(&[], ""),
    });
    session(&server)
        .run("computers list --json")
        .notes(&["the listing may be incomplete: the page before the first one has 1 further computer; listing again"]).fails_with("listing_not_whole", 7, "the listing may be incomplete: the page before the first one has 1 further computer\n\
             - seen: 2 computers in 1 page\n\
             hint: the API's pages seem to begin at 0 (wire.first_page = 0); to find out and store it: reemo doctor --write");
}

/// Whatever comes with it: a part is never the whole.
#[test]
fn a_part_of_the_list() {
    for (range, beside) in [
        ("items 0-1/60", ""),
        ("items 0-1/2", ",\"total\":2,\"limit\":9"),
        ("bytes 0-99/*", ",\"has_more\":false"),
    ] {
        let head = format!("Content-Type: application/json\r\nContent-Range: {range}\r\n");
        let server =
            Server::scripted(move |_, _| headed(206, &head, envelope(&rows([1, 2]), beside)));
        let error = format!("{UNPROVEN}the API sends only a part of it (206 with Content-Range)");
        told(&session(&server), LIST, 7, &error, &ids(1..=2));
        for target in ["pc-1", "--filter name=pc-1", "nobody --ignore-missing"] {
            let words = format!("computers delete {target} --yes --retries 0");
            told(&session(&server), &words, 7, &error, "");
        }
        let wait = "computers wait pc-3 --for absent --timeout 300ms --interval 50ms";
        told(&session(&server), wait, 124, &not_absent("pc-3"), "");
        assert!(!server.methods().contains("DELETE"));
    }
}

/// Rows of three bytes, each of which costs the memory of a large one.
#[test]
fn more_rows_than_any_account_has() {
    let all = format!("[{}]", vec!["{}"; 300_000].join(","));
    let server = Server::acting(vec![json(200, all)]);
    told(
        &session(&server),
        LIST,
        7,
        "invalid response from the API: it has more than 130000 rows",
        "",
    );
}

/// An API that ignores paging sends everything each time it is asked: one answer after the other is held, not both.
#[test]
fn one_large_answer_again_and_again() {
    let names = "x".repeat(1000);
    let all = rows(1..=12_000)
        .into_iter()
        .map(|row| row.text("note", &names))
        .collect::<Vec<_>>();
    let body = envelope(&all, "").into_bytes();
    assert!(body.len() > 12 * 1024 * 1024);
    let server = Server::scripted(move |_, _| json(200, &body));
    told(&session(&server), LIST, 0, "", &ids(1..=12_000));
}
