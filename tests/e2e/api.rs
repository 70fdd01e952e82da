//! `api`: one raw request.

use crate::support::dialect::Dialect;
use crate::support::fleet::large;
use crate::support::{Canned, Fault, KEY, Peer, Session, compact, id, lines, plan, pretty, uid};

const ODD: &str =
    r#"{"b":1.10,"a":12345678901234567890123,"a":[{}, 1e400],"t":"\u001b[31m\u202e"}"#;

fn answering(status: u16, body: &str) -> Canned {
    Canned::always(Fault::answer(status, "application/json", body))
}

#[test]
fn an_answer_is_printed_to_the_digit() {
    let server = answering(200, ODD);
    let session = Session::facing(&server);
    session.run("api GET /odd").stdout(pretty(ODD) + "\n");
    session.run("api get odd --json").stdout(pretty(ODD) + "\n");
    session
        .run("api GET odd -o jsonl")
        .stdout(compact(ODD) + "\n");
    assert_eq!(server.requests(), ["GET /v1/odd"; 3]);
}

#[test]
fn the_path_and_the_query() {
    let server = answering(200, "[]");
    let session = Session::facing(&server);
    for (words, asked) in [
        ("api GET /", "GET /v1"),
        (
            "api GET /computers?page=2 -q limit=5",
            "GET /v1/computers?page=2&limit=5",
        ),
        (
            "api GET computers --query a=b=c --query a=",
            "GET /v1/computers?a=b%3Dc&a=",
        ),
        ("api GET /a%20b/%C3%A9/c%25d", "GET /v1/a%20b/%C3%A9/c%25d"),
    ] {
        session.run(words).stdout("[]\n");
        assert_eq!(server.requests().last().unwrap(), asked);
    }
    session
        .run(["api", "GET", "/x", "-q", "name=Été & co"])
        .stdout("[]\n");
    assert_eq!(
        server.requests().last().unwrap(),
        "GET /v1/x?name=%C3%89t%C3%A9+%26+co"
    );
}

#[test]
fn the_base_url_is_never_left() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let expected = "; expected a path below the base URL, such as /computers";
    for (path, why) in [
        (
            "//evil.example",
            format!("a path that begins with // names another host{expected}"),
        ),
        (
            "https://evil.example/v1",
            format!("it has a scheme or a host of its own{expected}"),
        ),
        ("/../v2", format!("it has a dotted part{expected}")),
        ("..", format!("it has a dotted part{expected}")),
        ("/%2e%2e/v2", format!("it has a dotted part{expected}")),
        (
            "/a%2f..%2f..%2fb",
            format!("it has an encoded slash or a backslash{expected}"),
        ),
        (
            "\\\\evil.example",
            format!("it has an encoded slash or a backslash{expected}"),
        ),
        (
            "/a#b",
            "a fragment (#) is never sent; write %23 for a # that belongs to a name".to_owned(),
        ),
    ] {
        let told = format!("invalid value '{path}' for '<PATH>': {why}\nhint: reemo api --help");
        for method in ["GET", "POST", "DELETE"] {
            session
                .run(["api", method, path, "--json"])
                .fails_with("usage", 2, &told);
        }
    }
    session
        .run("api GET /../v2/keys")
        .stderr(
            "error: invalid value '/../v2/keys' for '<PATH>': it has a dotted part; expected a path below the base URL, such \
             as /computers\nhint: reemo api --help\n",
        )
        .code(2);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn short_q_is_a_query_here_and_quiet_elsewhere() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let shown = plan(&peer.url(), "DELETE", "/computers?a=b", "");
    let note = "note: dry run: nothing was changed\n";
    session
        .run("api DELETE /computers -q a=b --dry-run")
        .stdout(&shown)
        .stderr(note);
    session
        .run("api DELETE /computers -q a=b --dry-run --quiet")
        .stdout(&shown);
    session
        .run("-q api DELETE /computers -q a=b --dry-run")
        .stdout(&shown);
    session
        .run("--quiet api DELETE /computers -qa=b --dry-run")
        .stdout(&shown);
    let told = "error: invalid value 'GET' for '--query <KEY=VALUE>': expected KEY=VALUE\nhint: reemo api --help\n";
    session.run("api -q GET /computers").stderr(told).code(2);
    session.run("api GET /computers -q --json").fails_with(
        "usage",
        2,
        "a value is required for '--query <KEY=VALUE>' but none was supplied\n\
             hint: reemo api --help",
    );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn fields_make_an_object_of_texts() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run([
            "api",
            "put",
            &format!("/computers/{}", id(1)),
            "-f",
            "name=a \"b\"=é",
            "-f",
            "n=1.10",
        ])
        .stdout(pretty(&peer.row(1)) + "\n");
    assert_eq!(
        peer.changes(),
        [format!(
            "PUT /v1/computers/{} {}",
            id(1),
            r#"{"name":"a \"b\"=é","n":"1.10"}"#
        )]
    );
    assert_eq!(
        peer.seen()[0].header("content-type"),
        Some("application/json")
    );
    session
        .run("api POST /computers -f a=1 -f a=2")
        .stderr("error: the property a is given twice\nhint: reemo api --help\n")
        .code(2);
    session.run("api GET /computers -f a=1 --json").fails_with(
        "usage",
        2,
        "a GET request has no body; pass parameters with --query\n\
             hint: reemo api --help",
    );
    session.run("api POST /computers -f a --json").fails_with(
        "usage",
        2,
        "invalid value 'a' for '--raw-field <KEY=VALUE>': expected KEY=VALUE\n\
             hint: reemo api --help",
    );
    assert_eq!(peer.requests().len(), 1);
}

#[test]
fn input_is_sent_byte_for_byte() {
    let body = format!(" {{\"_id\" : \"{}\", \"n\":1.10}}\n", uid(50));
    for (session, words) in [
        (
            Session::new().file("new.json", &body),
            "api POST /computers --input new.json",
        ),
        (Session::new().stdin(&body), "api POST /computers --input -"),
    ] {
        let peer = Peer::start();
        let reserved = session.api(&peer.url()).key(KEY).run(words);
        drop(reserved.stdout(pretty(&peer.find("_id", &uid(50)).unwrap().json()) + "\n"));
        assert_eq!(peer.seen()[0].body, body);
    }
}

#[test]
fn input_that_is_no_json_sends_nothing() {
    let peer = Peer::start();
    let told = |text: &str, message: &str| {
        let session = Session::with(&peer).stdin(text);
        let told =
            format!("error: standard input is not JSON: {message}\nhint: reemo api --help\n");
        session
            .run("api POST /computers --input -")
            .stderr(told)
            .code(2);
    };
    told("name=x", "expected ident at line 1 column 2");
    told("{} {}", "trailing characters at line 1 column 4");
    told(" ", "it is empty");
    let session = Session::with(&peer);
    session
        .run("api POST /computers --input none.json")
        .stderr("error: none.json can't be read: No such file or directory (os error 2)\nhint: reemo api --help\n")
        .code(2);
    session
        .run("api POST /computers --input - -f a=b --json")
        .fails_with(
            "usage",
            2,
            "the argument '--input <FILE>' cannot be used with '--raw-field <KEY=VALUE>'\n\
             hint: reemo api --help",
        );
    session
        .run("api GET /computers --input - --json")
        .fails_with(
            "usage",
            2,
            "standard input is not JSON: it is empty\n\
             hint: reemo api --help",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn include_shows_the_status_and_the_headers() {
    let server = Canned::always(Fault::headed(
        201,
        &format!("Content-Type: text/x\r\nX-Echo: {KEY}"),
        "made",
    ));
    Session::facing(&server)
        .run("api POST /x --include")
        .stdout("HTTP/1.1 201\nconnection: close\ncontent-type: text/x\nx-echo: sk_…\ncontent-length: 4\n\nmade");
    let server = Canned::always(Fault::Raw(
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 99\r\n\r\n".into(),
    ));
    Session::facing(&server)
        .run("api HEAD /x -i")
        .stdout("HTTP/1.1 200\nconnection: close\ncontent-length: 99\n\n");
    Session::facing(&server).run("api head /x");
    assert_eq!(server.requests(), ["HEAD /v1/x"; 2]);
}

#[test]
fn a_response_that_is_not_json_is_printed_unchanged() {
    let body = "<p>\u{1b}[31m é\r\n\u{202e}";
    let server = Canned::always(Fault::answer(200, "text/html", body));
    let session = Session::facing(&server);
    session.run("api GET /page").stdout(body);
    for words in [
        "api GET /page --json",
        "api GET /page -o jsonl",
        "api GET /page --jq .",
    ] {
        session.run(words).fails_with(
            "bad_answer",
            7,
            "invalid response from the API: it is not JSON but text/html (line 1, column 1)\n\
             hint: to find out what answers: reemo doctor",
        );
    }
    session.run("api POST /page --json").fails_with(
        "bad_answer",
        7,
        "invalid response from the API: it is not JSON but text/html (line 1, column 1)\n\
         - the request was carried out (status 200)\n\
         hint: to find out what answers: reemo doctor",
    );
    let empty = Canned::always(Fault::answer(200, "application/json", ""));
    for words in [
        "api DELETE /x",
        "api DELETE /x --json",
        "api GET /x --jq .a",
    ] {
        Session::facing(&empty).run(words);
    }
}

#[test]
fn an_error_status_ends_in_its_exit_code() {
    let failed = "the API failed: no\n\
         hint: try again later; if it persists, report the request id to Reemo";
    for (status, code, exit, told) in [
        (
            302,
            "redirected",
            7,
            "the API answered with a redirect, which is never followed: no\n\
             hint: set api_url to the API's own address: reemo config set api_url URL",
        ),
        (400, "rejected", 5, "the API rejected the request: no"),
        (
            401,
            "credentials_refused",
            3,
            "the API refused the secret key: no\n\
             hint: check the key and where it comes from: reemo auth status",
        ),
        (
            404,
            "not_found",
            4,
            "not found: no\nhint: reemo computers list",
        ),
        (409, "conflict", 5, "conflict with the current state: no"),
        (
            429,
            "rate_limited",
            7,
            "too many requests: no\nhint: try again later",
        ),
        (500, "server_error", 7, failed),
        (502, "server_error", 7, failed),
    ] {
        let server = answering(status, "{\"error\":\"no\"}");
        let change = "the API failed: no\n- could not confirm whether the change was made\n\
             hint: check whether it was carried out before you send it again";
        let of_change = if told == failed { change } else { told };
        for (method, told) in [("GET", told), ("POST", of_change)] {
            Session::facing(&server)
                .run(["api", method, "/x", "--json", "--retries", "0"])
                .fails_with(code, exit, told);
        }
        assert_eq!(server.requests().len(), 2);
    }
    let peer = Peer::speaking(Dialect {
        request_id: Some("req-7"),
        ..Dialect::default()
    });
    Session::with(&peer)
        .run("api GET /nothing --include")
        .stderr(
            "error: not found: no such place\n  GET [API]/nothing\n  status: 404\n  request id: req-7\nhint: \
             reemo computers list\n",
        )
        .code(4);
}

#[test]
fn a_change_is_never_sent_twice_once_it_may_be_done() {
    let look = "hint: check whether it was carried out before you send it again\n";
    let lost = Canned::always(Fault::LoseAnswer);
    Session::facing(&lost)
        .run("api POST /x")
        .stderr(format!(
            "error: could not confirm whether the request was carried out: [HOST] can't be reached: the connection was closed before a response arrived\n  POST [API]/x\n{look}"
        ))
        .code(9);
    let cut = Canned::always(Fault::cut("{"));
    Session::facing(&cut)
        .run("api PATCH /x --json")
        .fails_with("outcome_unknown", 9, "the request was carried out, but its response was lost: invalid response from the API: it was cut off\n\
             hint: check whether it was carried out before you send it again");
    let silent = Canned::always(Fault::Silence);
    Session::facing(&silent)
        .run("api PUT /x --json --request-timeout 300ms")
        .fails_with("outcome_unknown", 9, "could not confirm whether the request was carried out: [HOST] did not respond within 300ms\n\
             hint: check whether it was carried out before you send it again");
    let failing = answering(500, "{\"error\":\"down\"}");
    Session::facing(&failing)
        .run("api DELETE /x")
        .stderr(format!(
            "error: the API failed: down\n  DELETE [API]/x\n  status: 500\n  could not confirm whether the change was made\n{look}"
        ))
        .code(7);
    for server in [lost, cut, silent, failing] {
        assert_eq!(server.requests().len(), 1);
    }
    let recovering = Canned::script(vec![
        Fault::LoseAnswer,
        Fault::answer(200, "application/json", "1"),
    ]);
    let note = "note: [HOST] can't be reached: the connection was closed before a response arrived; trying again in [N] s (attempt 2 of 3)\n";
    Session::facing(&recovering)
        .run("api GET /x")
        .stdout("1\n")
        .stderr(note);
}

#[test]
fn a_read_only_profile_opens_no_socket_for_a_change() {
    let peer = Peer::start();
    let session = Session::with(&peer).env("REEMO_READ_ONLY", "1");
    for method in ["POST", "put", "PATCH", "delete"] {
        session
            .run(["api", method, "/computers", "--json"])
            .fails_with("read_only", 5, "changes are forbidden by REEMO_READ_ONLY\n\
                 hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    }
    assert_eq!(peer.connections(), 0);
    session
        .run([
            "api",
            "GET",
            &format!("/computers/{}", id(1)),
            "-o",
            "jsonl",
        ])
        .stdout(compact(&peer.row(1)) + "\n");
}

#[test]
fn dry_run_sends_nothing() {
    let peer = Peer::start();
    let session = Session::with(&peer)
        .env("REEMO_READ_ONLY", "1")
        .stdin("{\"n\":1.10}");
    let note = "note: dry run: nothing was changed\n";
    let shown = plan(&peer.url(), "POST", "/computers", "{\"n\":1.10}");
    session
        .run("api POST /computers --input - --dry-run")
        .stdout(shown)
        .stderr(note);
    let shown = "{\"method\":\"PATCH\",\"url\":\"[API]/x?a=b\",\"body\":{\"c\":\"d\"}}\n";
    session
        .run("api patch /x -q a=b -f c=d --dry-run -o jsonl --quiet")
        .stdout(shown);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn invalid_arguments_send_nothing() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let told = "error: invalid value 'FETCH' for '<METHOD>': expected GET, HEAD, POST, PUT, PATCH or DELETE\nhint: reemo api --help\n";
    session.run("api FETCH /x").stderr(told).code(2);
    for format in ["wide", "csv", "id", "_id"] {
        let told = "error: api prints the response as it came; use --output json or jsonl\nhint: reemo api --help\n";
        session
            .run(["api", "GET", "/computers", "-o", format])
            .stderr(told)
            .code(2);
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_key_in_an_answer_is_redacted() {
    let server = Canned::always(Fault::answer(
        200,
        "text/plain",
        &format!("the key is {KEY}."),
    ));
    Session::facing(&server)
        .run("api GET /x")
        .stdout("the key is sk_….");
}

#[test]
fn all_pages_are_one_array() {
    let peer = Peer::with(large(250));
    let session = Session::with(&peer);
    let whole = pretty(&peer.array()) + "\n";
    session.run("api GET /computers --paginate").stdout(&whole);
    session
        .run("api GET /computers --paginate --json")
        .stdout(&whole);
    let rows: Vec<String> = peer.rows().iter().map(|row| compact(&row.json())).collect();
    session
        .run("api GET /computers --paginate -o jsonl")
        .stdout(lines(&rows));
    session
        .run("api GET /computers --paginate --jq length")
        .stdout("250\n");
    assert_eq!(peer.requests().len(), 12);
}

#[test]
fn the_query_is_sent_for_every_page() {
    let peer = Peer::start();
    let row = pretty(&format!("[{}]", peer.row(1))) + "\n";
    Session::with(&peer)
        .run("api GET /computers?name=atelier-01 -q x=y --paginate")
        .stdout(row);
    let page = "GET /v1/computers?page=1&limit=1000&name=atelier-01&x=y";
    assert_eq!(peer.requests(), [page]);
    let server = answering(404, r#"{"error":"no such list"}"#);
    Session::facing(&server)
        .run("api GET /other --paginate --json")
        .fails_with(
            "not_found",
            4,
            "not found: no such list\nhint: reemo computers list",
        );
    assert_eq!(server.requests(), ["GET /v1/other?page=1&limit=1000"]);
}

#[test]
fn pages_that_are_not_proven_whole_are_an_error() {
    let server = answering(200, r#"{"data":[{"id":"a"}],"total":3}"#);
    let session = Session::facing(&server);
    let told = "the listing may be incomplete: the same page came again for the next page number\n- seen: 1 computer in 2 pages\nhint: the API may use other paging parameters than `page` and `limit` (first page 1); to detect and store them: reemo doctor --write";
    session
        .run("api GET /rows --paginate --json")
        .fails_with("listing_not_whole", 7, told);
    session
        .run("api GET /rows --paginate -o jsonl")
        .stdout("{\"id\":\"a\"}\n")
        .fails_with("listing_not_whole", 7, told);
}

#[test]
fn pages_are_requested_by_get_and_by_nothing_else() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    for (words, told) in [
        (
            "DELETE /computers --paginate",
            "--paginate is for GET, not for DELETE",
        ),
        (
            "GET /computers?page=2 --paginate",
            "every page is requested, so the query can't have page",
        ),
        (
            "GET /computers -q limit=5 --paginate",
            "every page is requested, so the query can't have limit",
        ),
    ] {
        session
            .run(&*format!("api {words}"))
            .stderr(format!("error: {told}\nhint: reemo api --help\n"))
            .code(2);
    }
    for words in ["--include", "--dry-run"] {
        session
            .run(&*format!("api GET /computers --paginate {words} --json"))
            .fails_with("usage", 2, format!("the argument '--paginate' cannot be used with '{words}'\nhint: reemo api --help"));
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn json_values_follow_the_strings_to_the_digit() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let path = format!("/computers/{}", id(1));
    session
        .run([
            "api",
            "PUT",
            &path,
            "-F",
            "n=1.10",
            "-f",
            "name=1",
            "-F",
            "on=true",
            "--field",
            "tags=[{\"a\": 1e400}, null]",
        ])
        .stderr(format!(
            "error: the API rejected the request: name is missing\n  PUT [API]{path}\n  status: 400\n"
        ))
        .code(5);
    let body = r#"{"name":"1","n":1.10,"on":true,"tags":[{"a": 1e400}, null]}"#;
    assert_eq!(peer.changes(), [format!("PUT /v1{path} {body}")]);
    session
        .run("api POST /computers -F name=Paris")
        .stderr(
            "error: invalid value 'name=Paris' for '--field <KEY=JSON>': the value is not JSON; -f sends it as a string\n\
             hint: reemo api --help\n",
        )
        .code(2);
    session
        .run("api POST /computers -f a=1 -F a=2")
        .stderr("error: the property a is given twice\nhint: reemo api --help\n")
        .code(2);
    assert_eq!(peer.requests().len(), 1);
}
