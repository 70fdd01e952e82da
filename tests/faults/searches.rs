//! APIs that search by rules of their own. A computer that is there is found all the same.

use crate::answers::{json, page, rows};
use crate::server::{Act, Server};
use crate::support::{KEY, Row, Session, id};

fn session(server: &Server) -> Session {
    Session::new().api(&server.url()).key(KEY)
}

fn named(n: usize, name: &str) -> Row {
    Row::new(n, name, "OFFLINE")
}

/// Answers every search with `found`, and every listing with three computers, of which the last has this name.
fn finding(found: Act, name: &str) -> Server {
    let mut all = rows([1, 2]);
    all.push(named(3, name));
    Server::scripted(move |_, asked| {
        if asked.target.contains("name=") {
            found.clone()
        } else if asked.target.contains("page=") {
            page(&all, ",\"total\":3,\"limit\":9")
        } else {
            json(200, all[2].json())
        }
    })
}

fn is_found_by_every_command(server: &Server, name: &str) {
    let found = id(3) + "\n";
    let filter = format!("name={name}");
    let run = |words: &[&str]| session(server).run(words);
    let retries = ["--retries", "0", "-o"];
    let with = |words: &[&str], format: &str| run(&[words, &retries[..], &[format]].concat());
    with(&["computers", "list", "--filter", &filter], "id").stdout(&found);
    with(
        &["computers", "list", "--sort", "name", "--filter", &filter],
        "id",
    )
    .stdout(&found);
    with(&["computers", "get", name], "id").stdout(&found);
    with(&["computers", "wait", name, "--for", "present"], "id").stdout(&found);
    let planned = format!("would_delete,{}\r\n", id(3));
    let plan = ["--dry-run", "--no-headers", "-q", "--columns", "outcome,id"];
    for target in [&["--filter", &filter][..], &[name]] {
        with(&[&["computers", "delete"], target, &plan].concat(), "csv").stdout(&planned);
    }
}

#[test]
fn a_search_result_counts_only_if_it_matches() {
    let other = |name: &str| page(&[named(9, name)], ",\"total\":1,\"limit\":9");
    for (name, found) in [
        // As a regular expression it matches another name.
        ("pc (1)", other("pc 1")),
        ("a+b", other("aab")),
        // As several values, or as words, it matches each.
        (
            "Paris, desk",
            page(
                &[named(8, "Paris"), named(9, "desk")],
                ",\"total\":2,\"limit\":9",
            ),
        ),
        ("Nord Sud", other("Sud Nord")),
        ("Été", other("été")),
        ("blank", page(&[], ",\"total\":0")),
        // Without a total, and with one that leaves the search out.
        ("x.y", page(&[named(9, "xzy")], ",\"has_more\":false")),
        (
            "x|y",
            page(&[named(9, "x")], ",\"total\":3,\"has_more\":false"),
        ),
    ] {
        is_found_by_every_command(&finding(found, name), name);
    }
}

#[test]
fn a_search_that_is_refused() {
    for status in [400, 404, 422, 500, 501] {
        let refusal = json(status, "{\"error\":\"missing terminating )\"}");
        is_found_by_every_command(&finding(refusal, "a(b"), "a(b");
    }
    // It is no fault of the search.
    for (status, exit, told, hint) in [
        (
            401,
            3,
            "the API refused the secret key (status 401)",
            "check the key and where it comes from: reemo auth status",
        ),
        (429, 7, "too many requests (status 429)", "try again later"),
        (
            502,
            7,
            "the API failed (status 502)",
            "try again later; if it persists, report the request id to Reemo",
        ),
    ] {
        let server = finding(json(status, "<html>"), "pc-3");
        let words = "computers list --filter name=pc-3 --retries 0";
        session(&server)
            .run(words)
            .stderr(format!(
                "error: {told}\n  GET [API]/computers?page=1&limit=1000&name=pc-3\n  status: {status}\nhint: {hint}\n"
            ))
            .code(exit);
        assert_eq!(server.methods(), "GET", "{status}");
    }
}

/// What fits is trusted: nothing more is listed.
#[test]
fn a_search_that_finds_it_is_one_request() {
    let found = page(
        &[named(9, "pc"), named(3, "pc-3")],
        ",\"total\":2,\"limit\":9",
    );
    let server = finding(found, "pc-3");
    session(&server)
        .run("computers list --filter name=pc-3 -o id")
        .stdout(id(3) + "\n");
    assert_eq!(server.methods(), "GET");
}
