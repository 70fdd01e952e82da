use std::fs;
use std::path::Path;

use super::{ConfigFile, change};
use crate::config::all_settings::{API_URL, SECRET_KEY};
use crate::config::key::SettingKey;
use crate::model::error::ErrorKind;
use crate::model::secret::SecretKey;

const TEXT: &str = "# mine\ndefault_profile = 'a' # the usual\n\n[profiles.a]\nsecret_key = \"sk_42\" # do not share\n\
                    api_url = \"https://x/v1\"\n\n[profiles.b]\nsecret_key_command = [ \"pass\", 'show' ]\nwire.first_page = 0\n";

fn file() -> ConfigFile {
    ConfigFile::parse(Path::new("c.toml"), TEXT).unwrap()
}

fn key(name: &str) -> SettingKey {
    SettingKey::parse(name, "a").unwrap()
}

#[test]
fn a_key_is_never_shown() {
    let file = file();
    assert_eq!(file.show(&key("secret_key")).as_deref(), Some("sk_…"));
    let list: Vec<String> = file
        .list()
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(
        list,
        [
            "default_profile=a",
            "profiles.a.secret_key=sk_…",
            "profiles.a.api_url=https://x/v1",
            "profiles.b.secret_key_command=[ \"pass\", 'show' ]",
            "profiles.b.wire.first_page=0",
        ]
    );
    assert!(!format!("{file:?}").contains("sk_42"));
    let silly = ConfigFile::parse(
        Path::new("c.toml"),
        "profiles.a.secret_key_command = ['echo', 'sk_42']",
    )
    .unwrap();
    assert_eq!(
        silly.show(&key("secret_key_command")).as_deref(),
        Some("sk_…")
    );
}

#[test]
fn set_and_unset_keep_the_rest() {
    let mut file = file();
    file.set(&key("api_url"), "https://x/v2").unwrap();
    file.set(&key("profiles.b.wire.first_page"), "1").unwrap();
    file.set(&key("profiles.b.secret_key_command"), r#"["a"]"#)
        .unwrap();
    assert!(file.unset(&key("default_profile")).unwrap());
    assert!(!file.unset(&key("wire.page")).unwrap());
    assert_eq!(file.get("a", &API_URL).unwrap().as_str(), "https://x/v2");
    let expected = TEXT
        .replace("default_profile = 'a' # the usual\n", "")
        .replace("https://x/v1", "https://x/v2")
        .replace("= 0", "= 1")
        .replace("[ \"pass\", 'show' ]", "[\"a\"]");
    assert_eq!(file.text(), expected);
}

#[test]
fn what_reading_would_refuse_is_refused() {
    for (name, value) in [
        ("secret_key", "sk_1"),
        ("api_url", "http://x"),
        ("access", "all"),
        ("wire.first_page", "x"),
        ("wire.filter", "x"),
        ("secret_key_file", "key"),
        ("profiles.b.secret_key_file", "key"),
        ("profiles.b.secret_key_command", "pass"),
        ("profiles.b.secret_key_command", "'pass'"),
        ("default_profile", "c"),
        ("default_profile", "a b"),
        ("request_timeout", "30"),
    ] {
        let mut file = file();
        assert_eq!(
            file.set(&key(name), value).unwrap_err().kind,
            ErrorKind::Usage,
            "{name} {value}"
        );
        assert_eq!(file.text(), TEXT);
    }
    file().set(&key("default_profile"), "sandbox").unwrap();
}

#[test]
fn a_key_stays_with_its_origin() {
    let url = |profile: &str| format!("profiles.{profile}.api_url");
    let bound = TEXT.replace("api_url", "secret_key_origin = 'https://x'\napi_url");
    let edited = bound.replace("https://x/v1", "https://y/v1");
    for (text, profile, new_url, is_kept) in [
        (TEXT, "a", "https://x/v2", true),
        (TEXT, "a", "https://x:444/v1", false),
        (TEXT, "a", "https://y/v1", false),
        (TEXT, "b", "https://restapi.reemo.io", true),
        (TEXT, "b", "https://x/v1", false),
        (TEXT, "c", "https://y/v1", true),
        (&bound, "a", "https://x/v2", true),
        (&bound, "a", "https://y/v1", false),
        (&edited, "a", "https://z/v1", false),
        (&edited, "a", "https://y/v2", true),
        (&edited, "a", "https://x/v1", true),
    ] {
        let mut file = ConfigFile::parse(Path::new("c.toml"), text).unwrap();
        let set = file.set(&key(&url(profile)), new_url);
        assert_eq!(set.is_ok(), is_kept, "{text} {profile} {new_url}");
    }
    for (text, name, is_kept) in [
        (TEXT, "api_url", false),
        (TEXT, "secret_key", true),
        (&bound, "secret_key_origin", true),
        (&edited, "secret_key_origin", false),
        (&edited, "request_timeout", true),
    ] {
        let mut file = ConfigFile::parse(Path::new("c.toml"), text).unwrap();
        assert_eq!(file.unset(&key(name)).is_ok(), is_kept, "{text} {name}");
    }
}

#[test]
fn a_key_is_stored_and_forgotten() {
    let secret = SecretKey::parse("sk_77", "a test").unwrap();
    let mut file = file();
    assert_eq!(
        file.store_key("a", &secret, &"https://x/v1".parse().unwrap()),
        Ok(vec!["secret_key"])
    );
    let bound = "https://x/v1\"\nsecret_key_origin = \"https://x\"\n";
    assert_eq!(
        file.text(),
        TEXT.replace("sk_42", "sk_77")
            .replace("https://x/v1\"\n", bound)
    );
    assert_eq!(
        file.store_key("b", &secret, &"https://z".parse().unwrap()),
        Ok(vec!["secret_key_command"])
    );
    assert_eq!(
        file.store_key("c", &secret, &"https://z".parse().unwrap()),
        Ok(vec![])
    );
    assert_eq!(file.get("c", &SECRET_KEY), Some(secret.clone()));
    assert_eq!(file.key_origin("c"), "https://z");
    assert!(
        file.store_key("sandbox", &secret, &"https://z".parse().unwrap())
            .is_err()
    );
    assert_eq!(
        (
            file.unset(&key("profiles.c.secret_key")),
            file.unset(&key("profiles.c.secret_key")),
            file.unset(&key("profiles.d.secret_key"))
        ),
        (Ok(true), Ok(false), Ok(false))
    );
    assert!(file.get("c", &API_URL).is_some());
}

#[test]
fn a_key_is_stored_on_disk_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/config.toml");
    let (notes, secret) = (&mut Vec::new(), SecretKey::parse("sk_1", "a test").unwrap());
    let stored = key("profiles.default.secret_key");
    assert_eq!(change(&path, notes, |file| file.unset(&stored)), Ok(false));
    assert!(!folder.path().join("new").exists());
    let url = "https://x/v1".parse().unwrap();
    change(&path, notes, |file| {
        file.store_key("default", &secret, &url)
    })
    .unwrap();
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "[profiles.default]\nsecret_key = \"sk_1\"\nsecret_key_origin = \"https://x\"\napi_url = \"https://x/v1\"\n"
    );
    assert_eq!(change(&path, notes, |file| file.unset(&stored)), Ok(true));
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "[profiles.default]\napi_url = \"https://x/v1\"\n"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(
            (mode(&path), mode(&folder.path().join("new"))),
            (0o600, 0o700)
        );
    }
    assert!(notes.is_empty());
}

#[test]
fn many_writers_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let key = |writer: usize| SettingKey::parse(&format!("profiles.p{writer}.access"), "").unwrap();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let (path, key) = (&path, key(writer));
            scope.spawn(move || {
                change(path, &mut Vec::new(), |file| file.set(&key, "read")).unwrap();
            });
        }
    });
    assert_eq!(
        ConfigFile::load(&path, &mut Vec::new())
            .unwrap()
            .profile_names()
            .count(),
        8
    );
    assert_eq!(
        change(&path, &mut Vec::new(), |file| file.unset(&key(3))),
        Ok(true)
    );
}

#[test]
fn a_failed_change_leaves_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let key = SettingKey::parse("access", "a").unwrap();
    fs::write(&path, "broken").unwrap();
    assert_eq!(
        change(&path, &mut Vec::new(), |file| file.set(&key, "read"))
            .unwrap_err()
            .kind,
        ErrorKind::Config
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "broken");
    #[cfg(unix)]
    {
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert_eq!(
            change(&link, &mut Vec::new(), |file| file.set(&key, "read"))
                .unwrap_err()
                .kind,
            ErrorKind::Config
        );
    }
}
