//! How the values of settings are read. Each error says what is expected and never repeats the value, which may be a key in the
//! wrong place.

use std::path::PathBuf;
use std::time::Duration;

use toml_edit::Item;
use url::Url;
use uuid::Uuid;

use crate::config::api_url::{ApiUrl, is_loopback};
use crate::config::duration::parse_timeout;
use crate::model::format::Format;
use crate::model::gateway_header::GatewayHeader;
use crate::model::sanitize::escape;
use crate::model::secret::{SecretKey, mask_keys};

type Parsed<T> = Result<T, String>;

/// Checks that a text can name a profile.
pub(crate) fn check_profile_name(name: &str) -> Parsed<()> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !name.is_empty() && name.bytes().all(is_allowed) {
        return Ok(());
    }
    Err("a profile name consists of the letters a to z, digits, - and _".to_owned())
}

pub(super) fn profile_name(item: &Item) -> Parsed<String> {
    let name = text(item)?;
    check_profile_name(name)?;
    Ok(name.to_owned())
}

pub(super) fn secret_key(item: &Item) -> Parsed<SecretKey> {
    SecretKey::parse(text(item)?, "the config file").map_err(|error| error.message)
}

pub(super) fn file_path(item: &Item) -> Parsed<PathBuf> {
    match text(item)? {
        "" => Err("expected the path of a file".to_owned()),
        path if path.contains('\0') => Err("a path contains no NUL character".to_owned()),
        path => Ok(path.into()),
    }
}

pub(super) fn command(item: &Item) -> Parsed<Vec<String>> {
    let usage = r#"expected an array of strings, a program and its arguments, such as ["pass", "show", "reemo"]"#;
    let words = item.as_array().ok_or(usage)?.iter();
    let words: Option<Vec<String>> = words.map(|word| word.as_str().map(str::to_owned)).collect();
    let is_usable = |words: &Vec<String>| {
        words
            .first()
            .is_some_and(|program| !program.trim().is_empty())
            && words.iter().all(|word| !word.contains('\0'))
    };
    Ok(words.filter(is_usable).ok_or(usage)?)
}

pub(super) fn url(item: &Item) -> Parsed<ApiUrl> {
    text(item)?.parse()
}

pub(super) fn origin(item: &Item) -> Parsed<String> {
    Ok(url(item)?.origin().to_owned())
}

pub(super) fn timeout(item: &Item) -> Parsed<Duration> {
    parse_timeout(text(item)?)
}

/// Returns the value of the setting `access`.
pub(crate) fn access_name(is_read_only: bool) -> &'static str {
    if is_read_only { "read" } else { "full" }
}

pub(super) fn full_or_read(item: &Item) -> Parsed<bool> {
    match text(item)? {
        "full" => Ok(true),
        "read" => Ok(false),
        _ => Err(r#"expected "full" or "read""#.to_owned()),
    }
}

pub(super) fn boolean(item: &Item) -> Parsed<bool> {
    match text(item)?.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" => Ok(true),
        "0" | "false" | "no" => Ok(false),
        _ => Err("expected 1, true or yes, or 0, false or no".to_owned()),
    }
}

pub(super) fn true_or_false(item: &Item) -> Parsed<bool> {
    item.as_bool()
        .ok_or_else(|| "expected true or false".to_owned())
}

pub(super) fn uuid(item: &Item) -> Parsed<Uuid> {
    Uuid::try_parse(text(item)?).map_err(|_| "expected a UUID".to_owned())
}

pub(super) fn format(item: &Item) -> Parsed<Format> {
    let text = text(item)?;
    // That of listings alone can't be the default of all commands.
    let formats = || {
        Format::ALL
            .into_iter()
            .filter(|(_, format)| *format != Format::Ansible)
    };
    let found = formats().find(|(name, _)| *name == text);
    found.map(|(_, format)| format).ok_or_else(|| {
        let names: Vec<&str> = formats().map(|(name, _)| name).collect();
        format!("expected one of {}", names.join(", "))
    })
}

pub(super) fn columns(item: &Item) -> Parsed<Vec<String>> {
    let names = text(item)?.split(',').map(|name| name.trim().to_owned());
    let names: Vec<String> = names.collect();
    if names.iter().any(String::is_empty) {
        return Err("expected names of properties, such as \"name,ip,status\"".to_owned());
    }
    Ok(names)
}

/// Reads the URL of the WebClient's script, which is given every connection's tokens.
pub(super) fn webclient_url(item: &Item) -> Parsed<Url> {
    let usage = "expected an https URL such as https://static.reemo.io/reemo.min.js (http for loopback addresses alone)";
    let url = Url::parse(text(item)?).map_err(|_| usage)?;
    let is_safe = url.scheme() == "https" || url.scheme() == "http" && is_loopback(&url);
    let has_credentials = !url.username().is_empty() || url.password().is_some();
    if !is_safe || has_credentials || url.fragment().is_some() {
        return Err(usage.to_owned());
    }
    Ok(url)
}

/// Reads hosts as a content security policy names them.
pub(super) fn hosts(item: &Item) -> Parsed<Vec<String>> {
    let is_host = |host: &String| {
        let name = host.strip_prefix("*.").unwrap_or(host);
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte);
        name.contains('.') && name.bytes().all(is_allowed)
    };
    let hosts = text(item)?.split(',').map(|host| host.trim().to_owned());
    let hosts: Vec<String> = hosts.collect();
    if hosts.iter().all(is_host) {
        return Ok(hosts);
    }
    Err("expected hosts, such as \"signal.example.com,*.example.com\"".to_owned())
}

pub(super) fn sort(item: &Item) -> Parsed<String> {
    match text(item)? {
        "" | "-" => Err("expected the name of a property, such as name or -name".to_owned()),
        key => Ok(key.to_owned()),
    }
}

pub(super) fn headers(item: &Item) -> Parsed<Vec<GatewayHeader>> {
    let table = item.as_table_like();
    let table = table.ok_or_else(|| mismatch("a table", item))?;
    let mut headers: Vec<GatewayHeader> = Vec::new();
    for (name, item) in table.iter() {
        let failed = |message: String| format!("{}: {message}", mask_keys(&escape(name)));
        let header = text(item).and_then(|value| GatewayHeader::new(name, value));
        let header = header.map_err(failed)?;
        let is_same = |other: &GatewayHeader| other.name.eq_ignore_ascii_case(name);
        if headers.iter().any(is_same) {
            return Err(failed("this header appears twice".to_owned()));
        }
        headers.push(header);
    }
    Ok(headers)
}

pub(super) fn parameter(item: &Item) -> Parsed<String> {
    let name = text(item)?;
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !b"&=#?%+".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_allowed) {
        return Ok(name.to_owned());
    }
    Err("expected the name of a query parameter".to_owned())
}

pub(super) fn template(item: &Item) -> Parsed<String> {
    let template = text(item)?;
    if template.is_empty() || template.matches("{property}").count() == 1 {
        return Ok(template.to_owned());
    }
    Err(r#"expected a text that contains {property} once, such as "filter[{property}]", or "" to send no filters"#.to_owned())
}

pub(super) fn number(item: &Item) -> Parsed<u64> {
    let number = item
        .as_integer()
        .ok_or_else(|| mismatch("a whole number", item))?;
    u64::try_from(number).map_err(|_| "expected a number that is not negative".to_owned())
}

fn text(item: &Item) -> Parsed<&str> {
    item.as_str()
        .ok_or_else(|| mismatch("a string in quotes", item))
}

fn mismatch(expected: &str, item: &Item) -> String {
    format!("expected {expected}, found: {}", item.type_name())
}

#[cfg(test)]
mod tests {
    use toml_edit::{Item, Value};

    use super::check_profile_name;
    use crate::config::all_settings;

    /// Checks a value written as TOML, or that of a variable that no file has.
    fn check(name: &str, toml: &str) -> Result<(), String> {
        let setting = all_settings::ALL
            .iter()
            .find(|setting| setting.name() == name);
        let value: Value = toml.parse().unwrap();
        setting.unwrap().check(&Item::Value(value))
    }

    #[test]
    fn each_setting_accepts_its_values_alone() {
        for (name, good, bad) in [
            (
                "default_profile",
                &[r#""a-B_3""#][..],
                &[r#""424242 1""#, r#""""#, "424242"][..],
            ),
            (
                "secret_key",
                &[r#""sk_1""#],
                &["424242", r#"" ""#, r#""424242 1""#],
            ),
            (
                "secret_key_file",
                &[r#""~/key""#],
                &[r#""""#, r#""\u0000424242""#],
            ),
            (
                "secret_key_command",
                &[r#"["pass", "show"]"#],
                &[
                    r#""pass 424242""#,
                    "[]",
                    r#"["a", 424242]"#,
                    r#"["", "424242"]"#,
                ],
            ),
            ("secret_key_origin", &[r#""https://x""#], &[r#""424242""#]),
            (
                "api_url",
                &[r#""https://x""#],
                &[r#""http://424242.example""#],
            ),
            ("ca_file", &[r#""ca.pem""#], &["[424242]"]),
            ("request_timeout", &[r#""5s""#], &["424242", r#""424242""#]),
            (
                "access",
                &[r#""read""#, r#""full""#],
                &[r#""424242""#, r#""Full""#],
            ),
            (
                "namespace",
                &[r#""6f2c1b1e-0000-4000-8000-000000000001""#],
                &[r#""424242""#],
            ),
            (
                "output",
                &[r#""json""#, r#""_id""#],
                &[r#""424242""#, "1", r#""ansible""#],
            ),
            (
                "columns",
                &[r#""name, screens.0.w""#],
                &[r#""424242,""#, r#""""#, r#"["a"]"#],
            ),
            (
                "webclient_url",
                &[
                    r#""https://x.example/r.js?v=1""#,
                    r#""http://127.0.0.1:4000/r.js""#,
                ],
                &[
                    r#""http://424242.example/r.js""#,
                    r#""https://424242@x.example/r.js""#,
                    r#""https://x.example/r.js#424242""#,
                    r#""data:424242""#,
                    "424242",
                ],
            ),
            (
                "webclient_hosts",
                &[r#""a.example:8443, *.b.example""#],
                &[
                    r#""424242""#,
                    r#""*""#,
                    r#""a.example; script-src 424242""#,
                    r#""""#,
                ],
            ),
            ("journal", &["true", "false"], &["424242", r#""424242""#]),
            ("sort", &[r#""-name""#], &[r#""-""#, r#""""#]),
            (
                "headers",
                &[r#"{ CF-Access-Client-Id = "a b" }"#, "{}"],
                &[
                    "424242",
                    "{ X = 424242 }",
                    r#"{ X = " 424242" }"#,
                    r#"{ X = "" }"#,
                    r#"{ X = "424242é" }"#,
                    r#"{ "X Y" = "424242" }"#,
                    r#"{ Authorization = "424242" }"#,
                    r#"{ content-TYPE = "424242" }"#,
                    r#"{ X = "424242", x = "424242" }"#,
                ],
            ),
            ("wire.page", &[r#""p""#], &[r#""424242&b""#, r#""""#]),
            ("wire.limit", &[r#""l""#], &[r#""""#]),
            ("wire.first_page", &["0"], &["-424242", r#""1""#]),
            (
                "wire.filter",
                &[r#""f[{property}]""#, r#""""#],
                &[r#""424242""#, r#""{property}{property}""#],
            ),
            (
                "read_only",
                &[r#""1""#, r#""YES""#, r#""No""#],
                &[r#""2""#, r#""on""#, r#"" 1""#, r#""yep""#],
            ),
            ("no_input", &[r#""true""#], &[r#""424242""#]),
            ("config", &[r#""c.toml""#], &[r#""""#]),
        ] {
            for toml in good {
                assert_eq!(check(name, toml), Ok(()), "{name} {toml}");
            }
            for toml in bad {
                let error = check(name, toml).unwrap_err();
                assert!(!error.contains("424242"), "{name}: {error}");
            }
        }
        assert_eq!(all_settings::ALL.len(), 24, "each setting has a row above");
    }

    #[test]
    fn names_are_plain() {
        for (name, good) in [
            ("production", true),
            ("a-B_3", true),
            ("", false),
            ("a.b", false),
            ("a b", false),
            ("ü", false),
        ] {
            assert_eq!(check_profile_name(name).is_ok(), good, "{name}");
        }
    }
}
