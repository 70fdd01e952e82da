//! `computers list -o ansible` and `--duplicates`.

use serde_json::{Value, json};

use crate::support::files::chmod;
use crate::support::{Fault, Peer, Row, Session, id, lines};

fn peer() -> Peer {
    Peer::with(vec![
        Row::new(1, "one", "ONLINE").text("site", "Lyon 2"),
        Row::new(2, "two", "OFFLINE").text("hostname", "DOUBLE"),
        Row::new(3, "three", "")
            .text("hostname", "double")
            .text("ip", "host.example"),
        Row::new(4, "four", "OFFLINE")
            .raw("hostname", "null")
            .raw("n", "1.10"),
    ])
}

fn names(words: &[usize]) -> String {
    lines(&words.iter().map(|n| id(*n)).collect::<Vec<_>>())
}

#[test]
fn an_inventory_has_hosts_variables_and_groups() {
    let peer = peer();
    let mut listed = Session::with(&peer).run("computers list -o ansible --group-by site");
    let inventory: Value = serde_json::from_str(&listed.take_stdout()).unwrap();
    let hostvars = inventory["_meta"]["hostvars"].as_object().unwrap();
    let mut hosts: Vec<&String> = hostvars.keys().collect();
    hosts.sort();
    assert_eq!(
        hosts,
        [
            "DOUBLE-00000002",
            "HOST-001",
            "double-00000003",
            "reemo-00000004"
        ]
    );
    assert_eq!(hostvars["HOST-001"]["ansible_host"], "10.0.0.1");
    assert_eq!(
        hostvars["HOST-001"]["reemo"]["name"],
        json!({ "__ansible_unsafe": "one" })
    );
    assert_eq!(hostvars["double-00000003"].get("ansible_host"), None);
    assert!(listed_number(hostvars));
    let group = |name: &str| inventory[name]["hosts"].clone();
    assert_eq!(group("reemo_online"), json!(["HOST-001"]));
    assert_eq!(
        group("reemo_offline"),
        json!(["DOUBLE-00000002", "reemo-00000004"])
    );
    assert_eq!(group("reemo_unknown"), json!(["double-00000003"]));
    assert_eq!(group("reemo_site_lyon_2"), json!(["HOST-001"]));
}

fn listed_number(hostvars: &serde_json::Map<String, Value>) -> bool {
    hostvars["reemo-00000004"]["reemo"]["n"].is_number()
}

#[test]
fn a_listing_that_fails_gives_no_hosts() {
    let peer = peer();
    peer.mishap(|_, _| Some(Fault::answer(500, "application/json", "{}")));
    let mut outcome = Session::with(&peer)
        .run("computers list -o ansible --retries 0")
        .code(7);
    outcome.take_stderr();
}

#[test]
fn the_format_is_for_listings_alone() {
    let peer = peer();
    let session = Session::with(&peer);
    for (words, told) in [
        (
            "computers get HOST-001 -o ansible",
            "-o ansible is for computers list",
        ),
        (
            "computers list --group-by site",
            "--group-by makes groups for -o ansible",
        ),
    ] {
        let mut outcome = session.run(words).code(2);
        let stderr = outcome.take_stderr();
        assert!(stderr.starts_with(&format!("error: {told}\n")), "{stderr}");
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn duplicates_share_a_value() {
    let peer = Peer::with(vec![
        Row::new(1, "a", "ONLINE")
            .text("hostname", "PC")
            .text("site", "x"),
        Row::new(2, "b", "OFFLINE")
            .text("hostname", "other")
            .text("site", "x"),
        Row::new(3, "c", "OFFLINE").raw("hostname", "null"),
        Row::new(4, "d", "OFFLINE").raw("hostname", "null"),
        Row::new(5, "a", "OFFLINE")
            .text("hostname", "pc")
            .text("site", "y"),
    ]);
    let session = Session::with(&peer);
    let list = |words: &str, numbers: &[usize]| {
        session
            .run(&format!("computers list -o id {words}"))
            .stdout(names(numbers));
    };
    list("--duplicates hostname", &[1, 5]);
    list("--duplicates HOSTNAME --limit 1", &[1]);
    list("--duplicates name --sort -site", &[5, 1]);
    list("--duplicates site", &[1, 2]);
    list("--duplicates hostname --filter status=OFFLINE", &[]);
    list("--duplicates ip", &[]);
}

/// The folders with the programs of ansible-core, of which `.ci/run` has two.
fn ansibles() -> Vec<String> {
    let folders = std::env::var("REEMO_TEST_ANSIBLE").unwrap_or_default();
    if folders.is_empty() {
        eprintln!(
            "left out: without REEMO_TEST_ANSIBLE, the inventory is not tried with ansible-core"
        );
    }
    folders
        .split(':')
        .filter(|folder| !folder.is_empty())
        .map(str::to_owned)
        .collect()
}

const PLAY: &str = "
- hosts: all
  gather_facts: false
  connection: local
  tasks:
    - debug: msg=\"[{{ reemo.name }}] [{{ reemo.deep.list[0] }}] [{{ reemo.hostname }}]\"
    - debug: var=reemo
    - assert: { that: \"reemo.n == 5\" }
";

/// Names that are templates run nothing on the controller.
#[test]
fn a_hostile_name_runs_nothing_in_ansible() {
    for folder in ansibles() {
        let hostile =
            "{{ lookup('pipe','touch ../ran') }}{% set x = lookup('pipe','touch ../ran') %}";
        let row = |n| {
            Row::new(n, hostile, "ONLINE")
                .text("hostname", hostile)
                .raw("n", "5")
                .raw(
                    "deep",
                    &format!("{{\"list\":[{}]}}", crate::support::quoted(hostile)),
                )
                .raw("__ansible_vault", "\"x\"")
        };
        let peer = Peer::with(vec![
            row(1),
            Row::new(2, "plain", "OFFLINE")
                .raw("n", "5")
                .raw("deep", "{\"list\":[\"é\"]}"),
        ]);
        let session = Session::with(&peer)
            .file(
                "hosts.sh",
                "#!/bin/sh\nexec reemo computers list -o ansible\n",
            )
            .file("play.yml", PLAY);
        chmod(&session.path("hosts.sh"), 0o700);
        let script = "export PATH=$1:$PATH ANSIBLE_LOCALHOST_WARNING=0 LC_ALL=C.UTF-8
            ansible-playbook -i ./hosts.sh play.yml && ansible-inventory -i ./hosts.sh --graph";
        let output = session.bash(script, &[&folder]).output().unwrap();
        let told = session.told(&format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ));
        assert!(output.status.success(), "{folder}: {told}");
        assert!(
            !session.root().join("ran").exists() && !session.path("ran").exists(),
            "{told}"
        );
        assert!(
            told.contains("[{{ lookup('pipe','touch ../ran') }}"),
            "{folder}: {told}"
        );
        assert!(told.contains("[plain] [é] [HOST-002]"), "{folder}: {told}");
        assert!(
            told.contains("@reemo_online:") && told.contains("|--HOST-002"),
            "{told}"
        );
    }
}
