//! `config`: the file and its settings.

use crate::support::{KEY, Session};

const FILE: &str = "default_profile = \"work\"\n\n[profiles.work]\nsecret_key = \"[KEY]\"\napi_url = \"https://reemo.example/v1\"\n";

/// The error about a setting that does not exist.
fn no_setting(name: &str) -> String {
    format!(
        "there is no setting {name}\n\
         - the settings are default_profile, and in a profile secret_key, secret_key_file, secret_key_command, \
         secret_key_origin, api_url, ca_file, request_timeout, access, namespace, output, columns, sort, journal, headers, webclient_url, \
         webclient_hosts, \
         wire.page, wire.limit, wire.first_page, wire.filter\n\
         hint: reemo config list shows those that are set"
    )
}

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
        "KEY                       VALUE                     SOURCE\n\
         default_profile           work                      config file\n\
         profiles.work.secret_key  sk_…                      config file\n\
         profiles.work.api_url     https://reemo.example/v1  config file\n",
    );
    session.run("config list -o jsonl").stdout(
        "{\"key\":\"default_profile\",\"value\":\"work\",\"source\":\"config file\"}\n\
         {\"key\":\"profiles.work.secret_key\",\"value\":\"sk_…\",\"source\":\"config file\"}\n\
         {\"key\":\"profiles.work.api_url\",\"value\":\"https://reemo.example/v1\",\"source\":\"config file\"}\n",
    );
}

#[test]
fn list_shows_the_environment_too() {
    Session::new()
        .key(KEY)
        .env("REEMO_REQUEST_TIMEOUT", "5s")
        .env("REEMO_NAMESPACE", KEY)
        .run("config list")
        .stdout(
            "KEY              VALUE  SOURCE\n\
             secret_key       sk_…   REEMO_SECRET_KEY\n\
             request_timeout  5s     REEMO_REQUEST_TIMEOUT\n\
             namespace        sk_…   REEMO_NAMESPACE\n",
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
        .fails_with(
            "usage",
            2,
            "a secret key is never set on a command line, where others could read it\n\
             hint: reemo --profile work auth login",
        );
    assert_eq!(session.config_text(), FILE);
    session.run("config get secret_key").stdout("sk_…\n");
}

/// Whichever way the address is changed, the key stays with the origin that it was given for.
#[test]
fn a_key_is_not_moved_to_another_origin() {
    let session = Session::new().config(FILE);
    let other = "https://other.example/v1";
    let refused = |url: &str, origin: &str| {
        format!(
            "error: profiles.work.api_url: the secret key of this profile was given for https://reemo.example and would be \
             sent to {origin}\nhint: log in there: reemo --profile work auth login --api-url {url}\n"
        )
    };
    for key in ["api_url", "profiles.work.api_url"] {
        session
            .run(["config", "set", key, other])
            .stderr(refused(other, "https://other.example"))
            .code(2);
        session
            .run(["config", "unset", key])
            .stderr(refused(
                "https://restapi.reemo.io/v1",
                "https://restapi.reemo.io",
            ))
            .code(2);
    }
    for url in [
        "https://reemo.example:8443/v1",
        "https://reemo.example.org/v1",
        "http://localhost/v1",
    ] {
        let told = format!(
            "profiles.work.api_url: the secret key of this profile was given for https://reemo.example and would be \
             sent to {}\nhint: log in there: reemo --profile work auth login --api-url {url}",
            url.trim_end_matches("/v1")
        );
        session
            .run(["config", "set", "api_url", url, "--json"])
            .fails_with("usage", 2, told);
    }
    for table in ["profiles.work", "profiles", "profiles.work."] {
        session
            .run(["config", "unset", table, "--json"])
            .fails_with("usage", 2, no_setting(table));
    }
    assert_eq!(session.config_text(), FILE);
    session
        .run("config set api_url https://reemo.example:443/v2")
        .stderr("note: profiles.work.api_url is set\n");
}

#[test]
fn a_key_from_a_file_or_a_command_is_not_moved_either() {
    for (setting, value) in [
        ("secret_key_file", "\"key\""),
        ("secret_key_command", "[\"pass\"]"),
    ] {
        let file = format!("[profiles.default]\n{setting} = {value}\n");
        let session = Session::new().config(&file);
        session
            .run("config set api_url https://other.example/v1")
            .stderr(format!(
                "error: profiles.default.api_url: the secret key of this profile was given for https://restapi.reemo.io and \
                 would be sent to https://other.example\n  to keep {setting}, unset it, set api_url, then set it again\n\
                 hint: log in there: reemo --profile default auth login --api-url https://other.example/v1\n"
            ))
            .code(2);
        assert_eq!(session.config_text(), file);
        session.run(["config", "unset", setting]).stderr(format!(
            "note: profiles.default.{setting} is no longer set\n"
        ));
        session
            .run("config set api_url https://other.example/v1")
            .stderr("note: profiles.default.api_url is set\n");
    }
}

/// `auth login` notes the origin beside the key, and nothing else may say another one.
#[test]
fn the_origin_of_a_key_is_not_set_by_hand() {
    let bound = FILE.replace(
        "api_url",
        "secret_key_origin = \"https://reemo.example\"\napi_url",
    );
    let session = Session::new().config(&bound);
    session
        .run("config set secret_key_origin https://other.example")
        .stderr(
            "error: only auth login sets secret_key_origin, when it stores the key\n\
             hint: log in there: reemo --profile work auth login --api-url https://other.example\n",
        )
        .code(2);
    assert_eq!(session.config_text(), bound);
    let edited = bound.replace("reemo.example/v1", "other.example/v1");
    let session = Session::new().config(&edited);
    session
        .run("config unset secret_key_origin")
        .stderr(
            "error: profiles.work.secret_key_origin: the secret key of this profile was given for https://reemo.example and \
             would be sent to https://other.example\n\
             hint: log in there: reemo --profile work auth login --api-url https://other.example/v1\n",
        )
        .code(2);
    assert_eq!(session.config_text(), edited);
    session
        .run("config set api_url https://reemo.example/v1")
        .stderr("note: profiles.work.api_url is set\n");
    assert_eq!(session.config_text(), bound);
}

#[test]
fn a_wrong_setting_or_value_is_a_usage_error() {
    let session = Session::new().config(FILE);
    for (words, told) in [
        (
            "set access everything",
            "access: expected \"full\" or \"read\"",
        ),
        (
            "set request_timeout soon",
            "request_timeout: expected a number and a unit, such as 500ms, 30s, 2m or 1h",
        ),
        (
            "set api_url http://reemo.example",
            "api_url: http would send the key unencrypted and is for loopback addresses only; \
             expected a URL such as https://restapi.reemo.io/v1",
        ),
        ("set namespace x", "namespace: expected a UUID"),
    ] {
        session.run(&format!("config {words} --json")).fails_with(
            "usage",
            2,
            format!("profiles.work.{told}\nhint: reemo config set --help"),
        );
    }
    for words in ["set nonsense 1", "get nonsense"] {
        session.run(&format!("config {words} --json")).fails_with(
            "usage",
            2,
            no_setting("nonsense"),
        );
    }
    assert_eq!(session.config_text(), FILE);
}

#[test]
fn invalid_toml_is_reported_with_its_position() {
    let session = Session::new().config("default_profile = \n");
    session
        .run("computers list --json")
        .fails_with("config_invalid", 3, "[HOME]/config/reemo/config.toml:1: this is not valid TOML: string values must be quoted, expected literal string\n\
             hint: correct the file; reemo config path prints its path");
    session
        .run("computers list")
        .stderr(
            "error: [HOME]/config/reemo/config.toml:1: this is not valid TOML: string values must be quoted, expected literal \
             string\nhint: correct the file; reemo config path prints its path\n",
        )
        .code(3);
}

#[test]
fn a_profile_that_is_not_there() {
    let session = Session::new().config(FILE);
    session
        .run("computers list --profile nobody --json")
        .fails_with(
            "config_invalid",
            3,
            "there is no profile \"nobody\", which --profile selects\n\
             - available profiles: work, sandbox\n\
             hint: reemo --profile nobody auth login",
        );
}

#[test]
fn a_change_is_printed_as_json() {
    let session = Session::new().config(FILE);
    for (words, printed) in [
        (
            "config set access read --json -q",
            "{\n  \"key\": \"profiles.work.access\",\n  \"value\": \"read\"\n}\n",
        ),
        (
            "config unset access -o jsonl -q",
            "{\"key\":\"profiles.work.access\",\"was_set\":true}\n",
        ),
        (
            "config unset access -o jsonl -q",
            "{\"key\":\"profiles.work.access\",\"was_set\":false}\n",
        ),
        ("config set access read -q", ""),
    ] {
        session.run(words).stdout(printed);
    }
}
