//! `computers list`: which computers, in which order, asked how.

use crate::support::{Peer, Row, Session, id, lines, pretty};

/// The rows that these words leave of the usual fleet, by number.
#[track_caller]
fn listed(words: &str, rows: &[usize]) {
    let peer = Peer::start();
    let ids: Vec<String> = rows.iter().map(|n| id(*n)).collect();
    Session::with(&peer)
        .run(&format!("computers list -o id {words}"))
        .stdout(lines(&ids));
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn without_a_word_all_are_listed_in_the_servers_order() {
    listed("", &[1, 2, 3, 4, 5, 6]);
}

#[test]
fn equal_is_exact() {
    listed("--filter name=double", &[3, 4]);
    listed("--filter name=doubl", &[]);
    listed("--filter name=DOUBLE", &[]);
    listed("--filter status=ONLINE", &[2, 5]);
}

#[test]
fn equal_knows_wildcards() {
    listed("--filter name=atelier-*", &[1, 2]);
    listed("--filter name=atelier-0?", &[1, 2]);
    listed("--filter hostname=*-B", &[4]);
    listed("--filter hostname=DOUBLE-?", &[3, 4]);
}

#[test]
fn not_and_search() {
    listed("--filter name!=double", &[1, 2, 5, 6]);
    listed("--filter name~^d", &[3, 4]);
    listed("--filter name~e.*0[12]$", &[1, 2]);
    listed("--filter name!=double --filter name!=reserved", &[1, 2, 5]);
}

#[test]
fn the_same_key_means_or_and_different_keys_and() {
    listed("--filter name=double --filter name=atelier-01", &[1, 3, 4]);
    listed("--filter name=double --filter hostname=DOUBLE-B", &[4]);
    listed(
        "--filter name=double --filter name=atelier-* --filter status=OFFLINE",
        &[1, 3, 4],
    );
}

#[test]
fn a_key_is_any_property_nested_ones_dotted() {
    listed("--filter screens.0.w=2560", &[2]);
    listed("--filter screens.1.w=2560", &[1]);
    listed("--filter cpu.cache.l2=4e6", &[1]);
    listed("--filter ratio=1.10", &[2]);
    listed("--filter serial=12345678901234567890123", &[1]);
    listed("--filter beta=true", &[5]);
}

#[test]
fn sorting_and_limit() {
    listed("--sort hostname --filter hostname=?*", &[1, 2, 3, 4, 5]);
    listed("--sort -name --filter name=atelier-*", &[2, 1]);
    listed(
        "--sort name --filter name=double --filter name=reserved",
        &[3, 4, 6],
    );
    listed("--sort status,-name", &[6, 3, 4, 1, 5, 2]);
    listed("--sort -status,hostname --limit 3", &[2, 5, 1]);
    listed("--sort NAME --filter name=atelier-*", &[1, 2]);
    listed("--limit 2", &[1, 2]);
    listed("--limit 99", &[1, 2, 3, 4, 5, 6]);
    listed("--sort -ip --filter ip=10* --limit 1", &[5]);
    listed("--filter status=ONLINE --limit 1", &[2]);
}

/// Beyond 2^53 a 64-bit float takes neighbours for equal.
#[test]
fn numbers_are_sorted_exactly() {
    let numbers = [
        "9007199254740993",
        "9007199254740992",
        "1e999999999",
        "0.1",
        "12345678901234567890123.5",
        "-9007199254740993",
        "12345678901234567890123",
        "9007199254740992.0",
        "-1e999999999",
        "-9007199254740992",
        "1e3",
        "999",
    ];
    let numbered = numbers.iter().zip(1..);
    let rows = numbered.map(|(number, n)| Row::new(n, "pc", "OFFLINE").raw("serial", number));
    let peer = Peer::with(rows.collect());
    let upwards = [9, 6, 10, 4, 12, 11, 2, 8, 1, 7, 5, 3];
    let downwards = [3, 5, 7, 1, 2, 8, 11, 12, 4, 10, 6, 9];
    for (words, order) in [
        ("--sort serial", &upwards[..]),
        ("--sort -serial", &downwards),
        ("--sort -serial --limit 4", &downwards[..4]),
    ] {
        Session::with(&peer)
            .run(&*format!("computers list -o id {words}"))
            .stdout(lines(&order.iter().map(|n| id(*n)).collect::<Vec<_>>()));
    }
}

#[test]
fn state_and_hostname_are_compared_in_any_case() {
    listed("--filter status=online", &[2, 5]);
    listed("--filter status!=Online", &[1, 3, 4, 6]);
    listed("--filter state~^onl", &[2, 5]);
    listed("--filter hostname=double-?", &[3, 4]);
    listed("--filter hostname=Double-B", &[4]);
}

#[test]
fn a_columns_heading_is_a_key_too() {
    listed("--filter NAME=double", &[3, 4]);
    listed("--filter Status=ONLINE --filter HOSTNAME!=x", &[2, 5]);
    let peer = Peer::with(vec![
        Row::new(1, "a", "OFFLINE").text("NAME", "b"),
        Row::new(2, "b", "OFFLINE"),
        Row::new(3, "c", "OFFLINE"),
    ]);
    Session::with(&peer)
        .run("computers list -o id --filter NAME=b")
        .stdout(lines(&[id(1), id(2)]));
}

#[test]
fn texts_are_looked_for_in_names_and_ids() {
    listed("DOUBLE", &[3, 4]);
    listed("double e-b", &[4]);
    listed(&id(2)[..13], &[2]);
    listed("atelier --filter status=ONLINE", &[2]);
    listed("linux", &[]);
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "list", "ateliers"])
        .stdout("NAME  HOSTNAME  IP  STATUS  ID\n")
        .stderr("note: no computers match the filters\n");
    session.run(["computers", "list", "", "--json"]).fails_with(
        "usage",
        2,
        "invalid value '' for '[TEXT]...': an empty TEXT matches every computer\n\
             hint: reemo computers list --help",
    );
}

#[test]
fn numbers_and_times_are_compared() {
    listed("--filter screens.0.w>=2560", &[2]);
    listed(
        "--filter serial>12345678901234567890122 --filter serial<=12345678901234567890123",
        &[1],
    );
    listed("--filter serial>12345678901234567890123", &[]);
    let peer = Peer::with(vec![
        Row::new(1, "a", "OFFLINE").text("lastSeen", "2020-11-20T08:00:00.000Z"),
        Row::new(2, "b", "OFFLINE").text("lastSeen", "2020-11-21T00:30:00+01:00"),
        Row::new(3, "c", "ONLINE").text("lastSeen", "9999-01-01T00:00:00Z"),
        Row::new(4, "d", "OFFLINE"),
    ]);
    let session = Session::with(&peer);
    for (filter, rows) in [
        ("lastSeen<2020-11-21", &[1, 2][..]),
        ("lastSeen>=2020-11-20T23:30:00Z", &[2, 3]),
        ("LASTSEEN<2020-11-20T09:00:00+00:30", &[1]),
        ("lastSeen>-30d", &[3]),
    ] {
        let ids: Vec<String> = rows.iter().map(|n| id(*n)).collect();
        session
            .run(["computers", "list", "-o", "id", "--filter", filter])
            .stdout(lines(&ids));
    }
}

/// An API may mind the case of a host name, so one that it finds may not be the only one.
#[test]
fn a_host_name_is_not_sent_along_unless_it_has_no_letters() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run("computers list -o id --filter hostname=double-b")
        .stdout(lines(&[id(4)]));
    session
        .run("computers list -o id --filter hostname=10-1")
        .take_stdout();
    let sent = |n: usize| {
        peer.seen()[n]
            .query()
            .iter()
            .any(|(key, _)| key == "hostname")
    };
    assert!(!sent(0) && sent(1), "{:?}", peer.requests());
}

#[test]
fn a_filter_the_api_knows_is_sent_along() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers list -o id --filter name=double")
        .stdout(lines(&[id(3), id(4)]));
    let sent = peer.seen()[0].query();
    assert!(
        sent.contains(&("name".to_owned(), "double".to_owned())),
        "{sent:?}"
    );
}

#[test]
fn a_filter_sent_along_is_encoded() {
    let row = Row::new(1, "a&b=c d+é%", "OFFLINE");
    let peer = Peer::with(vec![row, Row::new(2, "a", "OFFLINE")]);
    Session::with(&peer)
        .run([
            "computers",
            "list",
            "-o",
            "id",
            "--filter",
            "name=a&b=c d+é%",
        ])
        .stdout(lines(&[id(1)]));
}

#[test]
fn a_bad_filter_is_a_usage_error_before_any_request() {
    let peer = Peer::start();
    let usage = "expected KEY=VALUE, KEY!=VALUE, KEY~REGEX, KEY<VALUE, KEY<=VALUE, KEY>VALUE or KEY>=VALUE, such as status=OFFLINE";
    let comparable = "expected a number, a time such as 2026-11-24T08:00:00Z, a date, or a time before now such as -30d";
    for (filter, why) in [
        ("name", usage),
        ("=x", &format!("the property's name is missing; {usage}")),
        (
            "name~[",
            "not a regular expression: found unclosed character class",
        ),
        ("", usage),
        ("lastSeen<yesterday", comparable),
        ("cpu.cores>=", comparable),
    ] {
        let session = Session::with(&peer);
        let told = format!(
            "invalid value '{filter}' for '--filter <KEY=VALUE>': {why}\nhint: reemo computers list --help"
        );
        session
            .run(["computers", "list", "--json", "--filter", filter])
            .fails_with("usage", 2, &told);
        session
            .run(["computers", "list", "--filter", filter])
            .stderr(format!("error: {told}\n"))
            .code(2);
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn aliases_and_global_flags_on_either_side() {
    let peer = Peer::start();
    let all = pretty(&peer.array()) + "\n";
    let session = Session::with(&peer);
    for words in [
        "computer list --json",
        "computers ls --json",
        "computer ls -o json",
        "--json computers list",
        "-o json computers list",
        "computers --json list",
        "computers list --output json",
        "--output=json -q computers ls --no-input",
    ] {
        session.run(words).stdout(&all);
    }
}

#[test]
fn every_request_carries_the_bare_key() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers list -o id --limit 1")
        .stdout(lines(&[id(1)]));
    for request in peer.seen() {
        assert_eq!(request.header("authorization"), Some(crate::support::KEY));
        assert!(
            request
                .header("user-agent")
                .is_some_and(|agent| agent.starts_with("reemo/")),
            "{request:?}"
        );
    }
}

#[test]
fn no_computers_are_an_empty_list() {
    let session = |peer: &Peer| Session::with(peer);
    let peer = Peer::with(Vec::new());
    session(&peer).run("computers list --json").stdout("[]\n");
    session(&peer).run("computers list -o jsonl");
    session(&peer).run("computers list -o id");
    session(&peer)
        .run("computers list -o csv")
        .stdout("id,_id,name,hostname,ip,status\r\n");
    session(&peer).run("computers list -o csv --no-headers");
    session(&peer)
        .run("computers list")
        .stdout("NAME  HOSTNAME  IP  STATUS  ID\n")
        .stderr("note: there are no computers\n");
}

#[test]
fn a_property_that_no_computer_has_is_noted_with_a_near_name() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run("computers list -o csv --columns id,hostnme --sort seriall --limit 1")
        .stdout(format!("id,hostnme\r\n{},\r\n", id(1)))
        .stderr(
            "note: no computer has the property \"seriall\"; did you mean \"serial\"?\n\
             note: no computer has the property \"hostnme\"; did you mean \"hostname\"?\n",
        );
    session
        .run("computers list -o csv --columns NAME,Status,Screens --limit 1 --no-headers")
        .stdout("atelier-01,OFFLINE,\"[{\"\"w\"\":1920,\"\"h\"\":1080},{\"\"w\"\":2560,\"\"h\"\":1440}]\"\r\n");
    session
        .run("computers list --sort ,name")
        .code(2)
        .stderr("error: invalid value ',name' for '--sort <KEY>': expected names of properties, such as name or -status,name\nhint: reemo computers list --help\n");
}

#[test]
fn csv_has_all_columns_where_they_are_wanted() {
    let row = |n: usize| Row::new(n, &format!("pc-{n}"), "OFFLINE");
    let peer = Peer::with(vec![
        row(1)
            .raw("screens", r#"[{"w":1,"h":{}},[]]"#)
            .raw("a.b", "1"),
        row(2)
            .raw("tags", r#"["x","=y"]"#)
            .raw("a", r#"{"c":null}"#),
    ]);
    let session = Session::with(&peer);
    let mut outcome = session.run("computers list -o csv --columns all");
    let printed = outcome.take_stdout();
    let lines: Vec<&str> = printed.split_terminator("\r\n").collect();
    let first = row(1).json();
    let own = first.matches("\":").count();
    let header: Vec<&str> = lines[0].split(',').collect();
    assert_eq!(
        header[own..],
        [
            "screens.0.w",
            "screens.0.h",
            "screens.1",
            "a.b",
            "tags.0",
            "tags.1",
            "a.c"
        ]
    );
    assert!(lines[1].ends_with(",1,{},[],1,,,"), "{printed}");
    assert!(lines[2].ends_with(",,,,,x,'=y,"), "{printed}");
    session
        .run("computers list --columns all")
        .code(2)
        .stderr("error: --columns all is for csv; -o wide shows every simple property\nhint: reemo computers list --help\n");
}
