//! Whatever a server answers where the API's reference leaves it open, the six verbs give the same correct output, with
//! at most a `[wire]` table in the profile.

use crate::support::dialect::{
    Answered, Dialect, Envelope, ErrorForm, Fact, Filters, Hints, Single, Walk,
};
use crate::support::fleet::large;
use crate::support::routes::{reserved, with_tokens};
use crate::support::{Peer, Row, Session, compact, id, lines, pretty, uid};

/// More than two pages of the client's own size.
const FLEET: usize = 250;

/// One test for each row: its name, what differs from the default dialect, and the `[wire]` table that it takes.
macro_rules! variations {
    ($($name:ident: { $($field:ident: $value:expr),* $(,)? } $(with $wire:expr)?;)*) => {
        $(#[test]
        #[allow(clippy::needless_update, reason = "a row may set nothing")]
        fn $name() {
            let wire: &[&str] = &[$($wire)?];
            six_verbs(Dialect { $($field: $value,)* ..Dialect::default() }, &wire.concat());
        })*

        /// Every row, by its name.
        #[allow(clippy::needless_update, reason = "a row may set nothing")]
        pub(crate) fn dialects() -> Vec<(&'static str, Dialect)> {
            vec![$((stringify!($name), Dialect { $($field: $value,)* ..Dialect::default() })),*]
        }
    };
}

const BODY: Hints = Hints::Body(&[
    ("page", Fact::Page),
    ("limit", Fact::Limit),
    ("total", Fact::Total),
]);
const MONGO: Hints = Hints::Body(&[
    ("totalDocs", Fact::Total),
    ("totalPages", Fact::Pages),
    ("nextPage", Fact::NextPage),
    ("hasNextPage", Fact::More),
]);

variations! {
    the_default: {};
    bare_array: { envelope: Envelope::Bare, hints: Hints::None };
    bare_array_with_total_header: { envelope: Envelope::Bare, hints: Hints::TotalHeader };
    bare_array_with_link_header: { envelope: Envelope::Bare, hints: Hints::LinkHeader };
    computers_without_hints: { hints: Hints::None };
    under_data: { envelope: Envelope::Under("data"), hints: BODY };
    under_items: { envelope: Envelope::Under("items"), hints: Hints::None };
    under_results_with_next_url: { envelope: Envelope::Under("results"), hints: Hints::Body(&[("count", Fact::Total), ("next", Fact::NextUrl)]) };
    under_docs_with_next_page: { envelope: Envelope::Under("docs"), hints: MONGO };
    under_result: { envelope: Envelope::Under("result"), hints: Hints::TotalHeader };
    within_data_items: { envelope: Envelope::Within("data", "items"), hints: BODY };
    within_data_computers: { envelope: Envelope::Within("data", "computers"), hints: Hints::None };
    within_result_docs: { envelope: Envelope::Within("result", "docs"), hints: MONGO };
    hints_in_meta: { envelope: Envelope::Under("data"), hints: Hints::Object("meta", &[("total", Fact::Total), ("page", Fact::Page)]) };
    hints_in_meta_total_count: { hints: Hints::Object("meta", &[("total_count", Fact::Total)]) };
    hints_in_pagination: { envelope: Envelope::Under("items"), hints: Hints::Object("pagination", &[("total", Fact::Total), ("pages", Fact::Pages)]) };
    hints_in_pagination_has_more: { hints: Hints::Object("pagination", &[("hasMore", Fact::More)]) };
    hint_has_more: { hints: Hints::Body(&[("has_more", Fact::More)]) };
    hint_count_of_the_page_before_the_total: { hints: Hints::Body(&[("count", Fact::Shown), ("total", Fact::Total)]) };
    hint_total_before_the_count_of_the_page: { hints: Hints::Body(&[("total", Fact::Total), ("count", Fact::Shown)]) };
    hint_count_of_the_page_and_has_more: { hints: Hints::Body(&[("count", Fact::Shown), ("has_more", Fact::More)]) };
    hint_total_pages: { hints: Hints::Body(&[("total_pages", Fact::Pages), ("page", Fact::Page)]) };
    hint_next_page: { hints: Hints::Body(&[("next_page", Fact::NextPage)]) };
    hint_in_the_body_and_first_page_0: { first_page: 0 } with "first_page = 0";
    other_parameter_names: { page: "p", limit: "per_page", hints: Hints::None } with "page = \"p\"\nlimit = \"per_page\"";
    other_names_and_first_page_0: { page: "p", limit: "per_page", first_page: 0, hints: BODY } with "page = \"p\"\nlimit = \"per_page\"\nfirst_page = 0";
    pages_as_large_as_asked: { cap: 1000 };
    capped_pages: { cap: 40 };
    capped_pages_without_hints: { cap: 40, hints: Hints::None };
    capped_pages_with_next_url: { cap: 40, hints: Hints::Body(&[("next", Fact::NextUrl)]) };
    capped_pages_with_link: { cap: 50, hints: Hints::LinkHeader };
    pages_end_at_the_border: { cap: 50, hints: Hints::None };
    paging_ignored: { walk: Walk::AllAtOnce, hints: Hints::None };
    paging_ignored_bare: { walk: Walk::AllAtOnce, hints: Hints::None, envelope: Envelope::Bare };
    paging_ignored_with_total: { walk: Walk::AllAtOnce };
    filters_loose: { filters: Filters::Loose };
    filters_ignored: { filters: Filters::Ignored };
    filters_ignored_without_hints: { filters: Filters::Ignored, hints: Hints::None };
    filters_refused: { filters: Filters::Refused };
    filters_refused_with_message: { filters: Filters::Refused, errors: ErrorForm::Message };
    filters_bracketed: { filters: Filters::Bracketed } with "filter = \"filter[{property}]\"";
    filters_bracketed_unknown_to_the_client: { filters: Filters::Bracketed };
    filters_kept_here: { filters: Filters::Refused } with "filter = \"\"";
    single_under_computer: { single: Single::Under("computer") };
    single_under_data: { single: Single::Under("data") };
    single_under_result: { single: Single::Under("result") };
    state_property: { state: "state" };
    errors_as_message: { errors: ErrorForm::Message };
    errors_as_object: { errors: ErrorForm::Object };
    errors_as_list: { errors: ErrorForm::Errors };
    rename_answers_204: { rename: Answered::Empty(204) };
    rename_answers_200_empty: { rename: Answered::Empty(200) };
    rename_answers_ok: { rename: Answered::Body(200, "{\"ok\":true}") };
    rename_answers_empty_object: { rename: Answered::Body(200, "{}") };
    rename_answers_202: { rename: Answered::Empty(202) };
    delete_answers_200_empty: { delete: Answered::Empty(200) };
    delete_answers_ok: { delete: Answered::Body(200, "{\"deleted\":true}") };
    delete_answers_the_computer: { delete: Answered::Computer };
    delete_answers_nonsense: { delete: Answered::Body(202, "done, more or less") };
    white_space_between_tokens: { spaced: true };
}

fn six_verbs(dialect: Dialect, wire: &str) {
    // Its note, at each listing, has a test of its own; so has a round number of computers, which proves nothing.
    let quiet = dialect.walk == Walk::AllAtOnce && matches!(dialect.hints, Hints::None);
    let peer = Peer::new(dialect, large(FLEET + usize::from(quiet)));
    let session = if wire.is_empty() {
        Session::with(&peer)
    } else {
        Session::wire(&peer, wire)
    };
    let session = if quiet { session.always("-q") } else { session };
    lists(&peer, &session);
    gets(&peer, &session);
    connects(&peer, &session);
    assert!(
        peer.changes()
            .iter()
            .all(|change| change.contains("/connect")),
        "reading changed something"
    );
    reserves(&peer, &session);
    renames(&peer, &session);
    deletes(&peer, &session);
}

const PAGING_HINT: &str = "hint: the API may use other paging parameters than `page` and `limit` (first page 1); \
    to detect and store them: reemo doctor --write\n";

fn lists(peer: &Peer, session: &Session) {
    let ids: Vec<String> = (1..=peer.rows().len()).map(id).collect();
    session.run("computers list -o id").stdout(lines(&ids));
    session
        .run("computers list --json")
        .stdout(pretty(&peer.array()) + "\n");
    let double =
        |n, host: &str| format!("{},{},double,{host},10.0.0.{n},OFFLINE\r\n", id(n), uid(n));
    let csv = format!(
        "id,_id,name,hostname,ip,status\r\n{}{}",
        double(3, "DOUBLE-A"),
        double(4, "DOUBLE-B")
    );
    session
        .run("computers list -o csv --filter name=double")
        .stdout(csv);
    session
        .run("computers list -o id --filter name~^ATELIER")
        .stdout("");
    session
        .run("computers list -o id --filter name=pc-2?0 --filter name=pc-0*9")
        .stdout(lines(
            &[
                9, 19, 29, 39, 49, 59, 69, 79, 89, 99, 200, 210, 220, 230, 240, 250,
            ]
            .map(id),
        ));
}

fn gets(peer: &Peer, session: &Session) {
    let (first, summer) = (pretty(&peer.row(1)) + "\n", pretty(&peer.row(5)) + "\n");
    session
        .run(["computers", "get", &id(1), "--json"])
        .stdout(&first);
    session
        .run(["computers", "get", &uid(1), "--json"])
        .stdout(&first);
    session
        .run("computers get atelier-01 --json")
        .stdout(&first);
    session
        .run("computers get hostname:atelier-01 --json")
        .stdout(&first);
    session
        .run(["computers", "get", "Été ☀", "--json"])
        .stdout(&summer);
    session.run("computers get nobody --json").fails_with(
        "not_found",
        4,
        "no computer has the name or hostname \"nobody\"\n\
             hint: reemo computers list",
    );
    session
        .run(["computers", "get", &id(999), "--json"])
        .fails_with(
            "not_found",
            4,
            "no computer has the id or _id 000003e7-1111-4111-8111-1d1d1d1d1d1d\n\
             hint: reemo computers list",
        );
}

fn connects(peer: &Peer, session: &Session) {
    let wanted = with_tokens(&peer.rows()[0]).json();
    session
        .run("computers connect atelier-01 --json")
        .stdout(pretty(&wanted) + "\n");
}

fn reserves(peer: &Peer, session: &Session) {
    let spoken = |row: Row| {
        if peer.row(2).contains("\"state\"") {
            row.respelt("status", "state")
        } else {
            row
        }
    };
    let row = spoken(reserved(1000 + peer.rows().len(), &uid(777), None));
    let record = format!("{{\"outcome\":\"created\",\"computer\":{}}}", row.json());
    session
        .run(["computers", "reserve", &uid(777), "--json"])
        .stdout(pretty(&record) + "\n");
    session
        .run(["computers", "reserve", &uid(777), "--json"])
        .fails_with(
            "conflict",
            5,
            "the _id 00000309-2222-4222-9222-2e2e2e2e2e2e is reserved already\n\
             hint: if it is reserved in your account, add --ensure",
        );
    let record = record.replace("created", "existing");
    session
        .run(["computers", "reserve", &uid(777), "--ensure", "--json"])
        .stdout(pretty(&record) + "\n");
}

fn renames(peer: &Peer, session: &Session) {
    let mut outcome = session.run([
        "computers",
        "rename",
        "atelier-02",
        "Bureau № 7",
        "-o",
        "jsonl",
    ]);
    let record = format!(
        "{{\"outcome\":\"renamed\",\"computer\":{},\"previous_name\":\"atelier-02\"}}",
        peer.row(2)
    );
    assert_eq!(
        outcome.take_stdout(),
        compact(&record) + "\n",
        "{}",
        outcome.transcript()
    );
    assert_eq!(peer.rows()[1].get("name").as_deref(), Some("Bureau № 7"));
}

fn deletes(peer: &Peer, session: &Session) {
    let record = format!("{{\"outcome\":\"deleted\",\"computer\":{}}}", peer.row(1));
    session
        .run("computers delete atelier-01 --yes --json")
        .stdout(pretty(&record) + "\n");
    assert!(!peer.array().contains("atelier-01"));
    session
        .run(["computers", "delete", &id(2), "--yes", "--json"])
        .fails_with("not_offline", 5, "computer \"Bureau № 7\" (00000002-1111-4111-8111-1d1d1d1d1d1d) is ONLINE, so it is not deleted\n\
             hint: only an OFFLINE computer can be deleted");
}

#[test]
fn a_page_that_never_changes_is_an_error_that_names_the_setting() {
    let dialect = Dialect {
        walk: Walk::Stuck,
        hints: Hints::None,
        ..Dialect::default()
    };
    let peer = Peer::new(dialect, large(FLEET));
    let session = Session::with(&peer);
    session
        .run("computers list --json")
        .fails_with("listing_not_whole", 7, "the listing may be incomplete: the same page came again for the next page number\n\
             - seen: 100 computers in 2 pages\n\
             hint: the API may use other paging parameters than `page` and `limit` (first page 1); to detect and store them: reemo doctor --write");
    let told = format!(
        "error: the listing may be incomplete: the same page came again for the next page number\n  GET [API]/computers?page=2&limit=1000\n  \
         status: 200\n  seen: 100 computers in 2 pages\n{PAGING_HINT}"
    );
    session
        .run("computers list -o id")
        .stdout(lines(&(1..=100).map(id).collect::<Vec<_>>()))
        .stderr(&told)
        .code(7);
    // A table is for people, who see what came.
    let table = session
        .run("computers list")
        .stderr(&told)
        .code(7)
        .take_stdout();
    assert_eq!(table.lines().count(), 101, "{table}");
    let sorted = session
        .run("computers list --sort -name -o wide --no-headers")
        .stderr(&told)
        .code(7)
        .take_stdout();
    assert_eq!(sorted.lines().count(), 100, "{sorted}");
    session
        .run("computers list --sort name -o id")
        .stderr(&told)
        .code(7);
    session
        .run("computers delete hostname:atelier-01 --yes")
        .stderr(&told)
        .code(7);
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn other_names_without_a_wire_table_are_an_error_that_names_it() {
    let dialect = Dialect {
        page: "p",
        limit: "per_page",
        hints: Hints::None,
        ..Dialect::default()
    };
    let peer = Peer::new(dialect, large(FLEET));
    let session = Session::with(&peer);
    session
        .run("computers list --json")
        .fails_with("listing_not_whole", 7, "the listing may be incomplete: the same page came again for the next page number\n\
             - seen: 20 computers in 2 pages\n\
             hint: the API may use other paging parameters than `page` and `limit` (first page 1); to detect and store them: reemo doctor --write");
    session
        .run("computers delete hostname:atelier-01 --yes --json")
        .fails_with("listing_not_whole", 7, "the listing may be incomplete: the same page came again for the next page number\n\
             - seen: 20 computers in 2 pages\n\
             hint: the API may use other paging parameters than `page` and `limit` (first page 1); to detect and store them: reemo doctor --write");
    assert_eq!(peer.changes(), [""; 0]);
}

/// An API that ignores paging, and says nothing of how many computers there are.
fn all_at_once(count: usize) -> Peer {
    let dialect = Dialect {
        filters: Filters::Ignored,
        walk: Walk::AllAtOnce,
        hints: Hints::None,
        ..Dialect::default()
    };
    Peer::new(dialect, large(count))
}

#[test]
fn an_api_that_ignores_paging_is_noted() {
    let peer = all_at_once(251);
    let ids = lines(&(1..=251).map(id).collect::<Vec<_>>());
    let told =
        "the API ignores paging: its one response with 251 computers is taken as the whole list";
    let session = Session::with(&peer);
    session
        .run("computers list -o id")
        .stdout(&ids)
        .stderr(format!("note: {told}\n"));
    session.run("computers list -o id -q").stdout(&ids);
    let note = format!("{{\"note\":{{\"code\":\"paging_ignored\",\"message\":\"{told}\"}}}}\n");
    session
        .run("computers list --json")
        .stdout(pretty(&peer.array()) + "\n")
        .stderr(note);
}

/// A round number of computers may be a limit: they are shown with a warning, and nothing is decided by them.
#[test]
fn a_round_number_of_an_api_that_ignores_paging_is_only_shown() {
    let peer = all_at_once(250);
    let session = Session::with(&peer).always("-q");
    let ids = lines(&(1..=250).map(id).collect::<Vec<_>>());
    let told = "the listing may be incomplete: the API ignores paging, and 250 computers may be the most that it sends";
    let warning = format!("warning: {told}\n");
    let in_json =
        format!("{{\"note\":{{\"code\":\"listing_not_proven\",\"message\":\"{told}\"}}}}\n");
    session
        .run("computers list -o id")
        .stdout(&ids)
        .stderr(&warning);
    session
        .run("computers list --json --filter name=atelier-01")
        .stdout(pretty(&format!("[{}]", peer.row(1))) + "\n")
        .stderr(&in_json);
    for name in ["atelier-01".to_owned(), format!("_id:{}", uid(1))] {
        session
            .run(["computers", "get", &name, "--json"])
            .stdout(pretty(&peer.row(1)) + "\n")
            .stderr(&in_json);
    }
    let missing = format!("_id:{}", uid(999));
    for words in [
        vec!["computers", "get", "nobody"],
        vec!["computers", "get", &missing],
        vec!["computers", "delete", "atelier-01", "--yes"],
        vec!["computers", "delete", "000000fa", "--yes"],
        vec!["computers", "delete", "nobody", "--yes", "--ignore-missing"],
        vec![
            "computers",
            "delete",
            "--filter",
            "name=atelier-01",
            "--yes",
        ],
        vec!["computers", "rename", "atelier-01", "x"],
        vec!["computers", "connect", "atelier-01"],
    ] {
        let stderr = format!(
            "error: {told}\n  GET [API]/computers?page=2&limit=1000\n  status: 200\n  seen: 250 computers in 2 pages\n{PAGING_HINT}"
        );
        let mut outcome = session.run(&words[..]).code(7);
        let said = outcome.take_stderr().replace("&name=atelier-01", "");
        assert_eq!(said.replace(&format!("&_id={}", uid(999)), ""), stderr);
    }
    let wait = "computers wait nobody --for absent --timeout 3s --interval 50ms";
    session.run(wait).stderr(
            "error: timed out after 3s: the computer with the name or hostname \"nobody\" is not absent\n  \
             name or hostname \"nobody\"\n  \
             the last request failed: the listing may be incomplete: the API ignores paging, and 250 computers may be \
             the most that it sends\nhint: allow more time: --timeout 30m\n",
        ).code(124);
    assert_eq!(peer.changes(), [""; 0]);
}

/// The message of a refusal reaches the user in whichever form the server words it.
#[test]
fn every_form_of_error_body_is_reported() {
    for (errors, told) in [
        (ErrorForm::Text, ": unknown key"),
        (ErrorForm::Message, ": unknown key"),
        (ErrorForm::Object, ": unknown key"),
        (ErrorForm::Errors, ": unknown key"),
        (ErrorForm::Plain, ": unknown key"),
        (ErrorForm::Html, " (status 401)"),
        (ErrorForm::Nothing, " (status 401)"),
    ] {
        let peer = Peer::speaking(Dialect {
            errors,
            ..Dialect::default()
        });
        let told = format!(
            "error: the API refused the secret key{told}\n  GET [API]/computers?page=1&limit=1000\n  status: 401\n\
             hint: check the key and where it comes from: reemo auth status\n"
        );
        Session::with(&peer)
            .key("sk_wrong")
            .run("computers list")
            .stderr(told)
            .code(3);
    }
}
