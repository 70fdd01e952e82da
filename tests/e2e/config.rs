//! `config`: the file, and what is done about one that others can read or write.

use crate::support::{Peer, Session, id};

const FILE: &str = "default_profile = \"work\"\n\n[profiles.work]\nsecret_key = \"[KEY]\"\napi_url = \"https://reemo.example/v1\"\n";

#[test]
fn path_is_where_the_file_would_be() {
    let session = Session::new();
    let path = session.config_path();
    let inside = path
        .to_str()
        .unwrap()
        .split_once("/reemo/")
        .map(|(folder, _)| folder.rsplit('/').next().unwrap())
        .unwrap();
    if cfg!(target_os = "linux") {
        session
            .run("config path")
            .stdout(format!("[HOME]/{inside}/reemo/config.toml\n"));
    }
    session
        .env("REEMO_CONFIG", "/elsewhere/reemo.toml")
        .run("config path")
        .stdout("/elsewhere/reemo.toml\n");
}

#[test]
fn list_shows_no_key() {
    let session = Session::new().config(FILE);
    session.run("config list").stdout(
        "KEY                       VALUE\n\
         default_profile           work\n\
         profiles.work.secret_key  sk_…\n\
         profiles.work.api_url     https://reemo.example/v1\n",
    );
    session.run("config list -o jsonl").stdout(
        "{\"key\":\"default_profile\",\"value\":\"work\"}\n\
         {\"key\":\"profiles.work.secret_key\",\"value\":\"sk_…\"}\n\
         {\"key\":\"profiles.work.api_url\",\"value\":\"https://reemo.example/v1\"}\n",
    );
}

#[test]
fn get_set_unset() {
    let session = Session::new().config(FILE);
    session
        .run("config get api_url")
        .stdout("https://reemo.example/v1\n");
    session
        .run("config set request_timeout 5s")
        .stderr("note: profiles.work.request_timeout is set\n");
    session.run("config get request_timeout").stdout("5s\n");
    let config = session.config_text();
    assert!(
        config.contains("request_timeout = \"5s\"") && config.contains("secret_key = \"[KEY]\""),
        "{config}"
    );
    session
        .run("config unset request_timeout")
        .stderr("note: profiles.work.request_timeout is no longer set\n");
    assert_eq!(session.config_text(), FILE);
}

#[test]
fn set_writes_to_the_profile_named() {
    let session = Session::new();
    session
        .run("config set access read --profile audit")
        .stderr("note: profiles.audit.access is set\n");
    let config = session.config_text();
    assert!(
        config.contains("[profiles.audit]") && config.contains("access = \"read\""),
        "{config}"
    );
    session
        .run("config get access --profile audit")
        .stdout("read\n");
}

#[test]
fn the_key_never_goes_through_set_or_get() {
    let session = Session::new().config(FILE);
    session
        .run(["config", "set", "secret_key", "sk_other", "--json"])
        .error("usage", 2);
    assert_eq!(session.config_text(), FILE);
    session.run("config get secret_key").however();
}

#[test]
fn a_wrong_setting_or_value_is_a_usage_error() {
    let session = Session::new().config(FILE);
    for words in [
        "config set nonsense 1 --json",
        "config set access everything --json",
        "config set request_timeout soon --json",
        "config set api_url http://reemo.example --json",
        "config set namespace x --json",
        "config get nonsense --json",
    ] {
        session.run(words).error("usage", 2);
    }
    assert_eq!(session.config_text(), FILE);
}

#[test]
fn a_file_that_is_no_toml_is_told_with_its_place() {
    let session = Session::new().config("default_profile = \n");
    session
        .run("computers list --json")
        .error("config_invalid", 3);
    session
        .run("computers list")
        .stderr(
            "error: [HOME]/config/reemo/config.toml:1: this is not valid TOML: string values must be quoted, expected literal \
             string\nhint: correct the file; reemo config path says where it is\n",
        )
        .code(3);
}

#[test]
fn a_profile_that_is_not_there() {
    let session = Session::new().config(FILE);
    session
        .run("computers list --profile nobody --json")
        .error("config_invalid", 3);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_gets_a_warning() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    crate::support::files::chmod(&session.config_path(), 0o644);
    let told = "note: the config file [HOME]/config/reemo/config.toml can be read by other users; to mend it: \
                chmod 600 [HOME]/config/reemo/config.toml\n";
    session
        .run("computers list -o id --limit 1")
        .stdout(id(1) + "\n")
        .stderr(told);
    session
        .run("config get api_url")
        .stdout("[API]\n")
        .stderr(told);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_write_is_refused() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    crate::support::files::chmod(&session.config_path(), 0o622);
    session
        .run("computers list --json")
        .error("config_invalid", 3);
    assert_eq!(peer.connections(), 0);
}
