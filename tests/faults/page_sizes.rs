//! APIs that reject page sizes: the one that is granted is found once, and by every command.

use std::ops::RangeInclusive;

use crate::answers::{json, page, rows};
use crate::server::{Asked, Server};
use crate::support::{KEY, Session, id, lines};

/// The computers of the fleet.
const ALL: usize = 120;

fn number(asked: &Asked, name: &str) -> usize {
    let (_, query) = asked
        .target
        .split_once(&format!("{name}="))
        .expect("a number");
    query.split('&').next().unwrap().parse().unwrap()
}

/// An API that grants these page sizes alone, and knows no search.
fn granting(sizes: RangeInclusive<usize>) -> Server {
    Server::scripted(move |_, asked| {
        if !asked.target.contains("limit=") {
            return json(200, rows([3])[0].json());
        }
        let (size, number) = (number(asked, "limit"), number(asked, "page"));
        if asked.target.contains("name=") {
            json(400, "{\"error\":\"unknown parameter name\"}")
        } else if sizes.contains(&size) {
            let shown = (number - 1) * size + 1..=(number * size).min(ALL);
            page(&rows(shown), &format!(",\"total\":{ALL},\"limit\":{size}"))
        } else {
            json(400, "{\"error\":\"limit is out of bounds\"}")
        }
    })
}

fn session(server: &Server) -> Session {
    Session::new().api(&server.url()).key(KEY)
}

/// The sizes that were asked for, one after the other, each once.
fn sizes(server: &Server) -> Vec<usize> {
    let mut sizes: Vec<usize> = server
        .seen()
        .iter()
        .filter(|asked| asked.target.contains("limit="))
        .map(|asked| number(asked, "limit"))
        .collect();
    sizes.dedup();
    sizes
}

#[test]
fn every_command_finds_a_size_that_is_granted() {
    let all = lines(&(1..=ALL).map(id).collect::<Vec<_>>());
    let (third, first) = (id(3) + "\n", lines(&(1..=5).map(id).collect::<Vec<_>>()));
    let planned = format!("would_delete,{}\r\n", id(3));
    for (granted, large, small) in [
        (1..=50, &[1000, 100, 50][..], &[5][..]),
        (1..=7, &[1000, 100, 50, 20, 10], &[5]),
        (10..=1000, &[1000], &[5, 10]),
        (10..=30, &[1000, 100, 50, 20], &[5, 10]),
        (60..=100, &[1000, 100], &[5, 10, 20, 50, 100]),
    ] {
        for (words, printed, wanted) in [
            ("computers list -o id", &all, large),
            ("computers list -o id --filter name=pc-3", &third, large),
            ("computers list -o id --limit 5", &first, small),
            ("computers get pc-3 -o id", &third, large),
            ("computers wait pc-3 --for present -o id", &third, large),
            (
                "computers delete pc-3 --dry-run -q --no-headers -o csv --columns outcome,id",
                &planned,
                large,
            ),
        ] {
            let server = granting(granted.clone());
            if granted == (1..=7) && !words.contains("--limit") {
                // No usual size is so small: the first refusal is told, and names the size.
                session(&server)
                    .run(words)
                    .stderr(
                        "error: the API rejected the request: limit is out of bounds\n  \
                         GET [API]/computers?page=1&limit=1000\n  status: 400\n",
                    )
                    .code(5);
                assert_eq!(sizes(&server), wanted, "{granted:?} {words}");
                continue;
            }
            session(&server).run(words).stdout(printed);
            assert_eq!(sizes(&server), wanted, "{granted:?} {words}");
        }
    }
}

#[test]
fn a_key_is_checked_whatever_the_least_page_size() {
    let server = granting(10..=1000);
    session(&server).run("auth status").take_stdout();
    assert_eq!(sizes(&server), [1, 10]);
    let login = Session::new()
        .knows(&server.url())
        .env("REEMO_API_URL", &server.url())
        .stdin(KEY);
    login.run("auth login --secret-key-stdin").stderr("note: logged in to [API]: stored the key in profile \"default\" in [HOME]/config/reemo/config.toml\n");
    assert_eq!(sizes(&server), [1, 10, 1, 10]);
}

/// Not again at each poll, nor for each target.
#[test]
fn a_granted_page_size_is_remembered() {
    let server = granting(1..=50);
    session(&server)
        .run("computers wait nobody pc-3 --for present --timeout 1s --interval 10ms -o id")
        .stdout("00000003-1111-4111-8111-1d1d1d1d1d1d\n")
        .stderr(
            "error: timed out after 1s: 1 of 2 computers is not present\n  \
             name or hostname \"nobody\": not found\nhint: allow more time: --timeout 30m\n",
        )
        .code(124);
    assert_eq!(sizes(&server), [1000, 100, 50]);
    // The search is refused once a poll, until it is given up.
    let server = granting(1..=50);
    session(&server)
        .run("computers wait nobody --for present --timeout 1s --interval 10ms")
        .stderr(
            "error: timed out after 1s: the computer with the name or hostname \"nobody\" is not present\n  \
             name or hostname \"nobody\": not found\nhint: allow more time: --timeout 30m\n",
        )
        .code(124);
    assert_eq!(sizes(&server), [1000, 100, 50]);
    let searched = server
        .seen()
        .into_iter()
        .filter(|asked| asked.target.contains("name="));
    assert_eq!(searched.count(), 2);
}

#[test]
fn a_size_that_the_user_chose_is_not_changed() {
    let server = granting(1..=50);
    session(&server)
        .run("computers list --page-size 51")
        .stderr("error: the API rejected the request: limit is out of bounds\n  GET [API]/computers?page=1&limit=51\n  status: 400\n")
        .code(5);
    assert_eq!(sizes(&server), [51]);
}
