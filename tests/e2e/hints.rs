//! The commands in hints: a profile that was chosen for a run is named in each of them, and nowhere else.

use serde_json::Value;

use crate::support::{Peer, Row, Session, id};

/// A config file in which the peer is not the default profile.
fn beside_another(peer: &Peer) -> Session {
    Session::new().knows(&peer.url()).config(
        "default_profile = \"other\"\n\n[profiles.other]\n\n[profiles.work]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\n",
    )
}

#[test]
fn a_profile_chosen_by_a_flag_or_a_variable_is_named() {
    let peer = Peer::start();
    let told = |command: &str| {
        format!(
            "error: no computer has the id {0}\n  GET [API]/computers/{0}\n  status: 404\nhint: {command}\n",
            id(99)
        )
    };
    let words = format!("computers get id:{}", id(99));
    beside_another(&peer)
        .run(format!("{words} --profile work").as_str())
        .stderr(told("reemo --profile work computers list"))
        .code(4);
    // The variable may have been set for this one run.
    beside_another(&peer)
        .env("REEMO_PROFILE", "work")
        .run(&words)
        .stderr(told("reemo --profile work computers list"))
        .code(4);
    // A command without a profile acts in the default one, as this run did.
    Session::profile(&peer, "")
        .run(&words)
        .stderr(told("reemo computers list"))
        .code(4);
}

#[test]
fn the_name_of_a_computer_is_no_command() {
    let peer = Peer::with(vec![Row::new(1, "reemo kiosk", "OFFLINE")]);
    Session::profile(&peer, "")
        .run(["computers", "get", "name:reemo kiosc", "--profile", "work"])
        .stderr("error: no computer has the name \"reemo kiosc\"\nhint: did you mean \"reemo kiosk\"?\n")
        .code(4);
}

#[test]
fn the_records_of_bulk_work_name_it_too() {
    let peer = Peer::start();
    let words = format!(
        "computers delete id:{} id:{} --yes -o jsonl --profile work",
        id(98),
        id(99)
    );
    for words in [format!("{words} --dry-run"), words] {
        let mut outcome = beside_another(&peer).run(&words);
        let printed = outcome.take_stdout();
        let hints: Vec<Value> = printed
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["error"]["hint"].take())
            .collect();
        assert_eq!(
            hints, ["reemo --profile work computers list"; 2],
            "{printed}"
        );
        outcome.ends(8);
    }
}

/// A key that is typed after this hint belongs in the profile that has none, not in the default one.
#[test]
fn the_key_that_is_missing_is_asked_for_where_it_is_missing() {
    let session = Session::new().config("[profiles.bare]\n\n[profiles.default]\n");
    let to_try = "to try without an account: reemo --profile sandbox computers list";
    // A key in the environment would be ignored beside `--profile`.
    session
        .run("--profile bare computers list")
        .stderr(format!(
            "error: there is no secret key for profile \"bare\"\n  other profiles: default; select one with \
             --profile\nhint: reemo --profile bare auth login; {to_try}\n"
        ))
        .code(3);
    session
        .env("REEMO_PROFILE", "bare")
        .run("computers list")
        .stderr(format!(
            "error: there is no secret key for profile \"bare\"\n  other profiles: default; select one with \
             --profile\nhint: reemo --profile bare auth login, or set REEMO_SECRET_KEY; {to_try}\n"
        ))
        .code(3);
}

/// The sandbox and the help are the same in every profile.
#[test]
fn commands_that_belong_to_no_profile_name_none() {
    let peer = Peer::start();
    let session = beside_another(&peer);
    session
        .run("--profile work sandbox online nobody")
        .stderr("error: the sandbox has no computer \"nobody\"\nhint: reemo --profile sandbox computers list\n")
        .code(4);
    session
        .run("--profile work computers list --raw-output")
        .stderr(
            "error: --raw-output is for the results of --jq\nhint: reemo computers list --help\n",
        )
        .code(2);
}
