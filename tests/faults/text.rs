//! Foreign text: what could drive a terminal, deceive a reader, break a parser or lose a digit.

use crate::answers::{json, page, rows, typed};
use crate::server::Server;
use crate::support::{KEY, Row, Session, id};
use crate::table::{each, fault, prove, told};

/// Text that must never reach a terminal as it is.
const DANGEROUS: [(&str, &str); 22] = [
    ("colour", "\u{1b}[31mred"),
    ("clear screen", "\u{1b}[2J\u{1b}[H"),
    ("title", "\u{1b}]0;owned\u{7}"),
    (
        "link, OSC 8",
        "\u{1b}]8;;https://evil.example\u{1b}\\click\u{1b}]8;;\u{1b}\\",
    ),
    ("clipboard, OSC 52", "\u{1b}]52;c;ZXZpbA==\u{7}"),
    ("device control", "\u{1b}P$q\u{1b}\\"),
    ("C1 CSI", "\u{9b}31m"),
    ("C1 OSC", "\u{9d}52;c;ZXZpbA==\u{9c}"),
    ("bell, backspace", "ok\u{7}\u{8}\u{8}no"),
    ("carriage return", "safe\rOFFLINE"),
    ("new lines", "one\ntwo\r\nthree"),
    ("tab", "a\tb"),
    ("right to left", "\u{202e}gnp.exe"),
    ("isolates", "\u{2066}x\u{2069}"),
    ("zero width", "pc\u{200b}-\u{200d}1\u{feff}"),
    ("line separator", "a\u{2028}b\u{2029}c"),
    ("tags", "pc\u{e0041}\u{e007f}"),
    ("soft hyphen and fillers", "p\u{ad}c\u{3164}\u{115f}"),
    ("blanks", "pc\u{2800}\u{1d159}\u{16fe4}"),
    ("private use", "\u{e000}\u{f8ff}\u{f0000}\u{10fffd}"),
    (
        "format characters of higher planes",
        "\u{110bd}\u{13430}\u{1bca0}\u{1d173}\u{e0001}\u{e0020}\u{e01ef}",
    ),
    ("noncharacters", "\u{fdd0}\u{ffff}\u{1fffe}"),
];

/// Whether no dangerous character is on the screen, apart from the ends of lines.
fn is_harmless(text: &str) -> bool {
    let is_invisible = |c: char| {
        matches!(c, '\u{ad}' | '\u{115f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(c, '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{ffff}')
            || matches!(
                c,
                '\u{110bd}'
                    | '\u{13430}'
                    | '\u{16fe4}'
                    | '\u{1bca0}'
                    | '\u{1d159}'
                    | '\u{1d173}'
                    | '\u{1fffe}'
            )
            || c >= '\u{e0000}'
    };
    !text
        .chars()
        .any(|c| c != '\n' && c.is_control() || is_invisible(c))
}

#[test]
fn names_are_harmless_in_every_format() {
    each(
        &DANGEROUS,
        |(name, _)| (*name).to_owned(),
        |(_, text)| {
            let row = Row::new(1, text, "OFFLINE")
                .text("hostname", text)
                .text("site", text);
            let server = Server::acting(vec![page(
                std::slice::from_ref(&row),
                ",\"total\":1,\"limit\":9",
            )]);
            let session = Session::new().api(&server.url()).key(KEY);
            for format in ["table", "wide", "json", "jsonl"] {
                let printed = session
                    .run(["computers", "list", "-o", format])
                    .take_stdout();
                assert!(is_harmless(&printed), "{format}: {printed:?}");
                if format == "jsonl" {
                    let value: serde_json::Value = serde_json::from_str(&printed).unwrap();
                    assert_eq!(value["name"], *text, "the value is unchanged");
                } else if format == "table" {
                    assert_eq!(printed.lines().count(), 2, "{printed:?}");
                }
            }
            let csv = session.run("computers list -o csv").take_stdout();
            assert!(is_harmless(&csv.replace(['\r', '\t'], "")), "{csv:?}");
            let server = Server::acting(vec![json(200, row.json())]);
            let session = Session::new().api(&server.url()).key(KEY);
            let described = session.run(["computers", "get", &id(1)]).take_stdout();
            assert!(is_harmless(&described), "{described:?}");
            // Where several fit, an error names them.
            let two = [row.clone(), Row::new(2, text, "OFFLINE")];
            let server = Server::acting(vec![page(&two, ",\"total\":2,\"limit\":9")]);
            let session = Session::new().api(&server.url()).key(KEY);
            let mut outcome = session
                .run(["computers", "get", &format!("name:{text}")])
                .code(5);
            let told = outcome.take_stderr();
            assert!(is_harmless(&told), "{told:?}");
        },
    );
}

#[test]
fn words_of_the_server_are_harmless() {
    each(
        &DANGEROUS,
        |(name, _)| (*name).to_owned(),
        |(_, text)| {
            let quoted = serde_json::to_string(text).unwrap();
            let header: String = text
                .chars()
                .filter(|c| !matches!(c, '\u{0}'..='\u{1f}' | '\u{7f}'))
                .collect();
            let head = format!(
                "X-Request-Id: {header}\r\nLocation: /{header}\r\nContent-Type: text/{header}\r\n"
            );
            for (act, code) in [
                (json(400, format!("{{\"error\":{quoted}}}")), 5),
                (typed(500, "text/plain", text), 7),
                (typed(502, "text/html", format!("<title>{text}</title>")), 7),
                (crate::answers::headed(302, &head, ""), 7),
                (crate::answers::headed(200, &head, "no JSON"), 7),
            ] {
                let server = Server::acting(vec![act]);
                let session = Session::new().api(&server.url()).key(KEY);
                for words in [
                    "computers list --retries 0 -vv",
                    "computers list --retries 0 -vv --json",
                ] {
                    let mut outcome = session.run(words);
                    let told = outcome.take_stderr();
                    assert!(is_harmless(&told), "{told:?}");
                    outcome.ends(code);
                }
            }
        },
    );
}

/// A key that a server echoes behind escapes is the key all the same, once they are decoded.
#[test]
fn a_key_behind_escapes() {
    let hidden: String = KEY
        .chars()
        .map(|c| format!("\\u{:04x}", u32::from(c)))
        .collect();
    let partly = KEY.replacen('_', "\\u005f", 1);
    for text in [hidden, partly] {
        let row = Row::new(1, "x", "OFFLINE").raw("name", &format!("\"it is {text}!\""));
        for (act, code) in [
            (
                page(std::slice::from_ref(&row), ",\"total\":1,\"limit\":9"),
                0,
            ),
            (json(400, format!("{{\"error\":\"bad key {text}\"}}")), 5),
        ] {
            let server = Server::acting(vec![act]);
            let session = Session::new().api(&server.url()).key(KEY);
            for format in ["table", "wide", "json", "jsonl", "csv"] {
                let mut outcome = session.run(["computers", "list", "-o", format, "-vv"]);
                let printed = outcome.take_stdout() + &outcome.take_stderr();
                assert!(
                    !printed.contains(&text) && printed.contains("sk_…"),
                    "{printed}"
                );
                outcome.ends(code);
            }
        }
    }
}

const NOT_TEXT: &str = "invalid response from the API: it is not UTF-8 text";

#[test]
fn bytes_that_are_no_text() {
    let one = crate::answers::envelope(&rows([1]), ",\"total\":1,\"limit\":9");
    let with = |bytes: &[u8]| {
        json(
            200,
            [
                b"{\"computers\":[{\"id\":\"1\",\"name\":\"",
                bytes,
                b"\"}],\"total\":1,\"limit\":9}",
            ]
            .concat(),
        )
    };
    let utf16: Vec<u8> = one.encode_utf16().flat_map(u16::to_be_bytes).collect();
    prove(&[
        fault("invalid UTF-8", vec![with(b"\xff\xfe")], 7, NOT_TEXT, "GET"),
        fault("Latin-1", vec![with(b"caf\xe9")], 7, NOT_TEXT, "GET"),
        fault(
            "an overlong slash",
            vec![with(b"\xc0\xaf")],
            7,
            NOT_TEXT,
            "GET",
        ),
        fault(
            "an encoded surrogate",
            vec![with(b"\xed\xa0\x80")],
            7,
            NOT_TEXT,
            "GET",
        ),
        fault(
            "invalid UTF-8 is final, whatever the retries",
            vec![with(b"\xff")],
            7,
            NOT_TEXT,
            "GET",
        )
        .words("computers list"),
        fault(
            "UTF-16",
            vec![json(200, utf16)],
            7,
            "invalid response from the API: it is not valid JSON (line 1, column 1)",
            "GET",
        ),
        fault(
            "a byte order mark",
            vec![json(200, format!("\u{feff}{one}"))],
            0,
            "",
            "GET",
        )
        .stdout(id(1) + "\n"),
        fault(
            "a NUL in the text",
            vec![with(b"a\0b")],
            7,
            "invalid response from the API: it is not valid JSON (line 1, column 33)",
            "GET",
        ),
        fault("a NUL, escaped", vec![with(b"a\\u0000b")], 0, "", "GET")
            .words("computers list -o table --columns name --no-headers")
            .stdout("a\\u{0}b\n"),
        fault(
            "lone surrogates, escaped",
            vec![with(b"a\\ud800b")],
            0,
            "",
            "GET",
        )
        .words("computers list -o jsonl")
        .stdout("{\"id\":\"1\",\"name\":\"a\\ud800b\"}\n"),
        fault(
            "lone surrogates, shown",
            vec![with(b"a\\udfffb")],
            0,
            "",
            "GET",
        )
        .words("computers list --columns name --no-headers")
        .stdout("a\u{fffd}b\n"),
        fault(
            "lone surrogates, in csv",
            vec![with(b"\\ude00a\\ud83d\\ud83d\\ude00\\n")],
            0,
            "",
            "GET",
        )
        .words("computers list -o csv --columns name --no-headers")
        .stdout("\"\u{fffd}a\u{fffd}😀\n\"\r\n"),
        fault(
            "lone surrogates, filtered",
            vec![with(b"a\\udfffb")],
            0,
            "",
            "GET",
        )
        .words("computers list -o id --filter name~^a.b$")
        .stdout("1\n"),
        fault(
            "a lone surrogate as a name beside the list",
            vec![json(
                200,
                one.replace(",\"total\"", ",\"\\ud800\":1,\"total\""),
            )],
            0,
            "",
            "GET",
        )
        .stdout(id(1) + "\n"),
    ]);
}

#[test]
fn depth_and_numbers() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let with = |value: &str| {
        json(
            200,
            format!("{{\"computers\":[{{\"id\":\"1\",\"x\":{value}}}],\"total\":1,\"limit\":9}}"),
        )
    };
    let line = |value: &str| format!("{{\"id\":\"1\",\"x\":{value}}}\n");
    let digits = "1".repeat(5000);
    let kept = |name, value: &str| {
        fault(name, vec![with(value)], 0, "", "GET")
            .words("computers list -o jsonl")
            .stdout(line(value))
    };
    prove(&[
        fault(
            "a depth bomb",
            vec![json(200, "[".repeat(1 << 20))],
            7,
            "invalid response from the API: its JSON is nested more than 64 levels deep (at byte 64)",
            "GET",
        ),
        fault(
            "a depth bomb of objects",
            vec![json(200, "{\"a\":".repeat(1 << 18))],
            7,
            "invalid response from the API: its JSON is nested more than 64 levels deep (at byte 320)",
            "GET",
        ),
        fault(
            "a row that is nested too deep",
            vec![with(&nested(64))],
            7,
            "invalid response from the API: a row of its list is nested more than 64 levels deep",
            "GET",
        ),
        fault(
            "a depth bomb beside the list",
            vec![json(
                200,
                format!("{{\"z\":{},\"computers\":[]}}", nested(100_000)),
            )],
            0,
            "",
            "GET GET GET",
        ),
        fault(
            "a depth bomb in an error",
            vec![json(400, nested(100_000))],
            5,
            "the API rejected the request (status 400)",
            "GET GET GET GET GET",
        ),
        kept("nested as deep as may be", &nested(63)),
        kept("a huge number", "1e400"),
        kept("a long number", &digits),
        kept("a long fraction", &format!("0.{digits}")),
        kept("a number of many zeros", "1.000000000000000000000000"),
        kept("minus nought", "-0.0"),
        kept("an exponent without an end", &format!("1e{digits}")),
        kept("duplicate keys", "{\"a\":1,\"a\":2,\"a\":3}"),
        kept("an empty key", "{\"\":\"\"}"),
        fault(
            "a number that is none",
            vec![with("NaN")],
            7,
            "invalid response from the API: it is not valid JSON (line 1, column 29)",
            "GET",
        ),
        fault(
            "a leading nought",
            vec![with("01")],
            7,
            "invalid response from the API: it is not valid JSON (line 1, column 30)",
            "GET",
        ),
    ]);
}

/// An id goes into a URL: only a UUID is ever sent there, whatever a server calls its computers.
#[test]
fn an_id_that_is_no_uuid_goes_into_no_url() {
    for wicked in [
        "../admin",
        "1?x=",
        "%2e%2e",
        "",
        "1/connect",
        "http://evil.example/",
    ] {
        let row = Row::new(1, "pc-1", "OFFLINE").text("id", wicked);
        let server = Server::acting(vec![page(&[row], ",\"total\":1,\"limit\":9")]);
        let session = Session::new().api(&server.url()).key(KEY);
        for words in [
            "computers delete pc-1 --yes",
            "computers rename pc-1 new",
            "computers connect pc-1",
        ] {
            told(
                &session,
                words,
                7,
                "the API returned a computer whose id is not a UUID, so it cannot be requested",
                "",
            );
        }
        assert_eq!(server.methods(), "GET GET GET");
        assert!(
            server
                .seen()
                .iter()
                .all(|asked| asked.target.starts_with("/v1/computers?"))
        );
    }
}
