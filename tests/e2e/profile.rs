//! `profile`: the profiles of the config file, the default one, and removing one.

use crate::support::Session;

const FILE: &str = "# mine\ndefault_profile = \"work\" # the usual one\n\n[profiles.work]\nsecret_key = \"[KEY]\"\n\n\
                    # to try\n[profiles.audit]\nsecret_key_command = [\"pass\"]\napi_url = \"https://reemo.example/v1\"\n\
                    access = \"read\"\n\n[profiles.audit.wire]\npage = \"p\"\n\n# end\n";

#[test]
fn list_shows_each_profile_and_where_its_key_is() {
    let session = Session::new().config(FILE);
    session.run("profile list").stdout(
        "NAME     SELECTED  API_URL                      SECRET_KEY          ACCESS\n\
         work     true      https://restapi.reemo.io/v1  secret_key          full\n\
         audit    false     https://reemo.example/v1     secret_key_command  read\n\
         sandbox  false                                                      full\n",
    );
    session
        .run("--profile audit profile ls -o jsonl")
        .stdout(
            "{\"name\":\"work\",\"selected\":false,\"api_url\":\"https://restapi.reemo.io/v1\",\"secret_key\":\"secret_key\",\"access\":\"full\"}\n\
             {\"name\":\"audit\",\"selected\":true,\"api_url\":\"https://reemo.example/v1\",\"secret_key\":\"secret_key_command\",\"access\":\"read\"}\n\
             {\"name\":\"sandbox\",\"selected\":false,\"api_url\":null,\"secret_key\":null,\"access\":\"full\"}\n",
        );
    Session::new()
        .run("profile list -o csv")
        .stdout("name,selected,api_url,secret_key,access\r\nsandbox,false,,,full\r\n");
}

#[test]
fn use_sets_the_default_profile() {
    let session = Session::new().config(FILE);
    session
        .run("profile use audit")
        .stderr("note: the default profile is \"audit\"\n");
    let expected = FILE.replace("= \"work\" #", "= \"audit\" #");
    assert_eq!(session.config_text(), expected);
    let session = session.env("REEMO_PROFILE", "work");
    session.run("profile use sandbox --json").stdout("{\n  \"default_profile\": \"sandbox\"\n}\n").stderr(
        "{\"note\":{\"code\":\"default_profile\",\"message\":\"the default profile is \\\"sandbox\\\"\"}}\n\
         {\"note\":{\"code\":\"environment_goes_first\",\"message\":\"REEMO_PROFILE is set and takes precedence over the default profile\"}}\n",
    );
}

#[test]
fn remove_takes_the_profile_and_its_key_out_of_the_file() {
    let session = Session::new().config(FILE);
    session
        .run("profile remove audit")
        .stderr("note: removed profile \"audit\"\n");
    let (before, _) = FILE.split_once("\n# to try").unwrap();
    assert_eq!(session.config_text(), format!("{before}\n# end\n"));
    session.run("profile rm work").stderr(
        "note: removed profile \"work\"\nnote: \"work\" was the default profile; there is none now\n",
    );
    assert_eq!(session.config_text(), "# mine\n\n# end\n");
}

#[test]
fn remove_prints_what_it_did_as_json() {
    let session = Session::new().config(FILE);
    session
        .run("profile remove work --json -q")
        .stdout("{\n  \"removed\": \"work\",\n  \"was_default\": true\n}\n");
}

#[test]
fn a_profile_that_does_not_exist_is_not_found() {
    let session = Session::new().config(FILE);
    for verb in ["use", "remove"] {
        session
            .run(["profile", verb, "adit"])
            .stderr(
                "error: there is no profile \"adit\"; did you mean audit?\n  available profiles: work, audit, sandbox\n\
                 hint: reemo profile list\n",
            )
            .code(4);
        session
            .run(["profile", verb, "sk_0123456789", "--json"])
            .fails_with(
                "not_found",
                4,
                "there is no profile \"sk_…\"\n\
                 - available profiles: work, audit, sandbox\n\
                 hint: reemo profile list",
            );
    }
    session
        .run("profile remove sandbox")
        .stderr(
            "error: the profile \"sandbox\" is built in and can't be removed\nhint: reemo profile list\n",
        )
        .code(2);
    assert_eq!(session.config_text(), FILE);
    let empty = Session::new();
    empty.run("profile remove work --json").fails_with(
        "not_found",
        4,
        "there is no profile \"work\"\n\
             - available profiles: sandbox\n\
             hint: reemo profile list",
    );
    assert!(!empty.config_path().parent().unwrap().exists());
}
