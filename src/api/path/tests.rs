//! Typed paths and the URLs that become of them; nothing leads out of the base URL.

use reqwest::Url;

use super::RawPath;
use crate::api::request::Request;

const BASE: &str = "https://reemo.example/v1";

/// The whole URL of a typed path; none where it is refused.
fn url(typed: &str) -> Option<String> {
    let path: RawPath = typed.parse().ok()?;
    let request = Request::read(path.segments, path.query);
    Some(request.url(&Url::parse(BASE).unwrap()).into())
}

#[test]
fn paths_inside() {
    for (typed, below) in [
        ("/", ""),
        ("/computers", "/computers"),
        ("computers", "/computers"),
        ("/computers/", "/computers/"),
        ("/computers/a-b.c~d_e", "/computers/a-b.c~d_e"),
        ("/a b", "/a%20b"),
        ("/a%20b", "/a%20b"),
        ("/a%2520b", "/a%2520b"),
        ("/é/%C3%A9", "/%C3%A9/%C3%A9"),
        ("/a%3Fb%23c", "/a%3Fb%23c"),
        ("/a:b", "/a:b"),
        ("/computers/name:x", "/computers/name:x"),
        ("/...", "/..."),
        ("/a;v=1", "/a;v=1"),
        ("/computers?page=1&limit=2", "/computers?page=1&limit=2"),
        ("/computers?", "/computers"),
        ("?page=1", ""),
        ("/computers?name=a%20b+c%26d", "/computers?name=a+b+c%26d"),
        (
            "/computers?next=https://x/../y",
            "/computers?next=https%3A%2F%2Fx%2F..%2Fy",
        ),
    ] {
        let wanted = (!typed.starts_with('?')).then(|| format!("{BASE}{below}"));
        assert_eq!(url(typed), wanted, "{typed}");
    }
}

#[test]
fn paths_that_lead_elsewhere() {
    for typed in [
        "",
        "//evil.example",
        "///evil.example",
        "//evil.example/v1/computers",
        "https://evil.example",
        "http:evil.example",
        "HTTPS:/evil.example",
        "javascript:x",
        "evil.example:443/x",
        "..",
        "/..",
        "/../v2",
        "../v2",
        "/computers/../../v2",
        "/computers/..",
        "/./computers",
        "/computers/.",
        "/%2e%2e/v2",
        "/.%2E/v2",
        "/%2e/v2",
        "/%252e%252e/v2",
        "/%25252e%25252e/v2",
        "/..;/v2",
        "/..%3bx/v2",
        "/computers%2f..%2f..%2fv2",
        "/a%2Fb",
        "/a%252Fb",
        "\\\\evil.example",
        "/\\evil.example",
        "/a\\..\\b",
        "/a%5c..%5cb",
        "/.\t.",
        "/.\n./v2",
        "/.%09./v2",
        "/.%0a./v2",
        "/%00",
        "/a\u{200b}b",
        "/.\u{202e}.",
        "/a//b",
        "/a//",
        "/computers#x",
        "/computers?a=1#x",
        "/100%",
        "/%zz",
        "/%ff",
        "/a?b=%",
        "/a?b=%ff",
    ] {
        assert_eq!(url(typed), None, "{typed:?}");
    }
}

#[test]
fn whatever_is_typed_stays_below_the_base() {
    let pieces = [
        "..", ".", "/", "%2e", "%2f", "%25", "\\", "%5c", ";", ":", "\t", "%09", "@", "?", "a",
        "é", "%", "//",
    ];
    let mut seed = 7_usize;
    for _ in 0..50_000 {
        let mut typed = String::new();
        for _ in 0..=(seed % 7) {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407)
                ^ (seed >> 33);
            typed.push_str(pieces[(seed >> 20) % pieces.len()]);
        }
        if let Some(url) = url(&typed) {
            let path = Url::parse(&url).unwrap().path().to_owned();
            assert!(path == "/v1" || path.starts_with("/v1/"), "{typed:?} {url}");
            assert_eq!(Url::parse(&url).unwrap().as_str(), url, "{typed:?}");
        }
    }
}
