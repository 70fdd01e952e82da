//! One computer: getting, reserving, renaming, deleting, connecting, and the machine behind it.

use std::collections::HashSet;

use reemo::sandbox::SandboxError;
use serde_json::json;
use uuid::Uuid;

use crate::support::{SIGNAL_ID, Session, id, path, steady};

#[test]
fn a_computer_is_found_by_its_id_only() {
    let mut session = Session::new(25);
    let computer = session.first("ONLINE");
    assert_eq!(session.get(&path(&computer)).ok(200), computer);
    assert_eq!(
        session
            .get(
                &path(&computer)
                    .to_uppercase()
                    .replace("/V1/COMPUTERS", "/v1/computers")
            )
            .ok(200),
        computer
    );
    let signal_id = computer["_id"].as_str().unwrap();
    let simple = id(&computer).replace('-', "");
    for unknown in [
        signal_id,
        &simple,
        &Uuid::nil().to_string(),
        "x",
        "%00",
        "%ff%",
        "..%2F..",
        "%7B%7D",
    ] {
        let answer = session.get(&format!("/v1/computers/{unknown}"));
        assert!(
            answer.error(404).starts_with("no computer has the id"),
            "{unknown}"
        );
    }
}

#[test]
fn a_reserved_computer_registers_and_goes_online() {
    let mut session = Session::new(25);
    let body = json!({"_id": SIGNAL_ID, "name": "Kiosk \u{202e} Süd"}).to_string();
    let reserved = session.ask("POST", "/v1/computers", &body).ok(201);
    let known: HashSet<_> = reserved
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        known,
        HashSet::from(["id", "_id", "name", "status", "createdAt"])
    );
    assert_eq!(
        (&reserved["_id"], &reserved["status"]),
        (&json!(SIGNAL_ID), &json!("OFFLINE"))
    );
    session
        .ask("POST", "/v1/computers", &body)
        .fails_with(409, format!("the _id {SIGNAL_ID} is already in use"));
    assert_eq!(session.get("/v1/computers").ok(200)["total"], json!(26));

    let up = session
        .store(25)
        .register(SIGNAL_ID.parse().unwrap())
        .unwrap();
    let up = steady(serde_json::from_str(&up).unwrap());
    assert_eq!(
        (&up["id"], &up["name"], &up["status"]),
        (&reserved["id"], &reserved["name"], &json!("ONLINE"))
    );
    assert!(up["hostname"].is_string() && up["ip"].is_string() && up["os"].is_string());
    assert_eq!(session.get(&path(&up)).ok(200), up);
    let again = session
        .store(25)
        .register(SIGNAL_ID.parse().unwrap())
        .unwrap();
    assert_eq!(steady(serde_json::from_str(&again).unwrap()), up);
    let stranger = session.store(25).register(Uuid::nil());
    assert!(matches!(stranger, Err(SandboxError::NotFound(_))));
}

#[test]
fn an_invalid_reservation_is_rejected_with_the_reason() {
    let mut session = Session::new(25);
    let taken = session.first("OFFLINE")["_id"].clone();
    let long = "é".repeat(256);
    for (body, status, text) in [
        (String::new(), 400, "the body is not JSON"),
        ("{".to_owned(), 400, "the body is not JSON"),
        ("[".repeat(10_000), 400, "the body is not JSON"),
        ("[]".to_owned(), 400, "the body must be a JSON object"),
        ("{}".to_owned(), 400, "missing parameter: _id"),
        (json!({"_id": null}).to_string(), 400, "_id must be a text"),
        (json!({"_id": "x"}).to_string(), 400, "_id is not a UUID"),
        (
            json!({"_id": format!("{{{SIGNAL_ID}}}")}).to_string(),
            400,
            "_id is not a UUID",
        ),
        (
            json!({"_id": SIGNAL_ID, "name": 1}).to_string(),
            400,
            "name must be a text",
        ),
        (
            json!({"_id": SIGNAL_ID, "name": " \t"}).to_string(),
            400,
            "name must not be blank",
        ),
        (
            json!({"_id": SIGNAL_ID, "name": long}).to_string(),
            400,
            "name must not be longer than 255",
        ),
        (json!({"_id": taken}).to_string(), 409, "is already in use"),
    ] {
        let answer = session.ask("POST", "/v1/computers", &body);
        assert!(answer.error(status).contains(text), "{answer:?}");
    }
    assert_eq!(session.get("/v1/computers").ok(200)["total"], json!(25));
}

#[test]
fn renaming_changes_only_the_name() {
    let mut session = Session::new(25);
    let mut computer = session.first("ONLINE");
    let path = path(&computer);
    let longest = "é".repeat(255);
    for name in ["Accueil", &longest] {
        computer["name"] = json!(name);
        let body = json!({"name": name}).to_string();
        assert_eq!(session.ask("PUT", &path, &body).ok(200), computer);
        assert_eq!(session.get(&path).ok(200), computer);
    }
    for (body, text) in [
        ("{}", "missing parameter: name"),
        (r#"{"name":""}"#, "must not be blank"),
        (r#"{"name":null}"#, "must be a text"),
        ("x", "not JSON"),
    ] {
        assert!(session.ask("PUT", &path, body).error(400).contains(text));
    }
    session
        .ask("PUT", "/v1/computers/x", r#"{"name":"y"}"#)
        .fails_with(404, "no computer has the id \"x\"");
}

#[test]
fn only_an_offline_computer_is_deleted() {
    let mut session = Session::new(25);
    let (online, offline) = (session.first("ONLINE"), session.first("OFFLINE"));
    session.ask("DELETE", &path(&online), "").fails_with(
        409,
        format!(
            "computer {} is ONLINE; only an OFFLINE computer can be deleted",
            id(&online)
        ),
    );
    assert_eq!(
        session.ask("DELETE", &path(&offline), "").ok(200),
        json!({})
    );
    let gone = format!("no computer has the id {}", id(&offline));
    session
        .ask("DELETE", &path(&offline), "")
        .fails_with(404, &gone);
    session.get(&path(&offline)).fails_with(404, &gone);
    assert_eq!(session.get("/v1/computers").ok(200)["total"], json!(24));
    session.store(25).switch(&id(&online), false).unwrap();
    session.ask("DELETE", &path(&online), "").ok(200);
}

#[test]
fn connecting_returns_new_tokens_and_hides_the_signal_id() {
    let mut session = Session::new(25);
    let (online, offline) = (session.first("ONLINE"), session.first("OFFLINE"));
    let connect = format!("{}/connect", path(&online));
    let first = session.ask("POST", &connect, "").ok(200);
    let second = session.ask("POST", &connect, "{}").ok(200);
    for (property, value) in online.as_object().unwrap() {
        assert_eq!(first[property] == *value, property != "_id", "{property}");
    }
    assert!(Uuid::parse_str(first["_id"].as_str().unwrap()).is_ok());
    assert!(
        first["token"].is_string() && first["signal"].is_string() && first["expiresAt"].is_string()
    );
    assert_ne!(first["token"], second["token"]);
    session
        .ask("POST", &format!("{}/connect", path(&offline)), "")
        .fails_with(
            409,
            format!(
                "computer {} is OFFLINE; only an ONLINE computer can be connected to",
                id(&offline)
            ),
        );
    session
        .ask("POST", "/v1/computers/x/connect", "")
        .fails_with(404, "no computer has the id \"x\"");
    assert_eq!(session.get(&path(&online)).ok(200), online);
}

#[test]
fn a_computer_is_switched_by_any_text_that_names_it_only() {
    let mut session = Session::new(25);
    let (computer, other) = (session.first("ONLINE"), session.first("OFFLINE"));
    let store = session.store(25);
    let text = |property: &str| computer[property].as_str().unwrap().to_owned();
    let mut names = vec![
        text("id"),
        text("_id"),
        text("name"),
        text("hostname"),
        text("hostname").to_lowercase(),
    ];
    names.extend(
        ["id", "_id", "name", "hostname"].map(|property| format!("{property}:{}", text(property))),
    );
    for (turn, name) in names.iter().enumerate() {
        let online = turn % 2 == 1;
        let switched = store.switch(name, online).unwrap();
        let switched = steady(serde_json::from_str(&switched).unwrap());
        assert_eq!(
            switched["status"],
            if online { "ONLINE" } else { "OFFLINE" },
            "{name}"
        );
        assert_eq!(session.get(&path(&computer)).ok(200), switched);
    }
    for name in [
        "",
        "nothing",
        "name:",
        &format!("id:{}", text("_id")),
        &Uuid::nil().to_string(),
    ] {
        assert!(
            matches!(store.switch(name, true), Err(SandboxError::NotFound(_))),
            "{name}"
        );
    }
    session
        .ask(
            "PUT",
            &path(&other),
            &json!({"name": text("name")}).to_string(),
        )
        .ok(200);
    let error = store.switch(&text("name"), true).unwrap_err();
    assert!(matches!(error, SandboxError::Ambiguous(_)));
    assert!(error.to_string().contains(&id(&other)) && error.to_string().contains(&id(&computer)));
}
