//! What expressions make of a value, and what is said of those that can't.

use jaq_json::Val;

use super::program::Program;
use super::value;

const COMPUTER: &str = r#"{"name":"PAR-WS-01","ratio":1.10,"serial":12345678901234567890123,"screens":[{"w":1920},{"w":2560}],"tags":["a,b","c\"d",null]}"#;

/// The results, a line each; `!` and the message where it fails.
fn results(expression: &str, json: &str) -> String {
    let filter: Program = expression
        .parse()
        .unwrap_or_else(|wrong| panic!("{expression}: {wrong}"));
    let mut lines = Vec::new();
    let run = filter.run(value::read(json), &mut |result: Val| {
        lines.push(value::write(&result)?);
        Ok(())
    });
    lines.extend(run.err().map(|why| format!("! {why}")));
    lines.join("\n")
}

#[test]
fn the_usual_expressions() {
    for (expression, wanted) in [
        (".", COMPUTER),
        (".ratio, .serial", "1.10\n12345678901234567890123"),
        (".serial + 1", "12345678901234567890124"),
        (".ratio * 2", "2.2"),
        ("[.screens[].w] | add / length", "2240"),
        (".screens | map(.w) | @csv", r#""1920,2560""#),
        (".tags | @csv", r#""\"a,b\",\"c\"\"d\",""#),
        (
            "[\"a\\tb\", 1.10, null, true] | @tsv",
            r#""a\\tb\t1.10\t\ttrue""#,
        ),
        ("keys", r#"["name","ratio","screens","serial","tags"]"#),
        ("to_entries[0]", r#"{"key":"name","value":"PAR-WS-01"}"#),
        (
            "select(.name | test(\"^par\"; \"i\")) | .name",
            r#""PAR-WS-01""#,
        ),
        (".name | [scan(\"[A-Z]+\")]", r#"["PAR","WS"]"#),
        (
            ".name | capture(\"(?<site>[A-Z]+)-(?<kind>[A-Z]+)\")",
            r#"{"site":"PAR","kind":"WS"}"#,
        ),
        (
            ".name | sub(\"-(?<kind>[A-Z]+)-\"; \"/\\(.kind)/\")",
            r#""PAR/WS/01""#,
        ),
        (".name | gsub(\"-\"; \"_\")", r#""PAR_WS_01""#),
        (".name | split(\"-\")", r#"["PAR","WS","01"]"#),
        (".name | split(\"-[A-Z]+-\"; null)", r#"["PAR","01"]"#),
        (
            ".name | [match(\"S-(0)\").captures[0] | .offset, .length]",
            "[7,1]",
        ),
        (".missing // \"none\"", r#""none""#),
        ("empty", ""),
        ("@json \"x\\(.ratio)\"", r#""x1.10""#),
        ("nan, infinite", "null\n1.7976931348623157e+308"),
        ("\"+1.50\" | tonumber", "1.5"),
    ] {
        assert_eq!(results(expression, COMPUTER), wanted, "{expression}");
    }
}

#[test]
fn what_is_wrong_and_where() {
    for (expression, wanted) in [
        (".a |", "expected a filter at the end"),
        ("", "expected a filter at the end"),
        (".a | | .b", "expected a filter at character 6"),
        (".é)", "expected a token at character 2"),
        (".a)", "expected a token at character 3"),
        (".a .b", ""),
        ("(.a]", "expected ) at character 4"),
        ("[.a", "expected ] at the end"),
        ("\"abc", "expected \" at the end"),
        (
            "\"\\q\"",
            "expected a string escape sequence at character 3",
        ),
        (".a | foo", "there is no filter foo at character 6"),
        (
            "map(1; 2)",
            "there is no filter map with 2 arguments at character 1",
        ),
        ("$x", "there is no variable $x at character 1"),
        ("break $out", "there is no label $out at character 7"),
        ("a::b", "there is no module a at character 1"),
        (
            "env.REEMO_SECRET_KEY",
            "there is no filter env at character 1",
        ),
        ("$ENV", "there is no variable $ENV at character 1"),
        ("input", "there is no filter input at character 1"),
        ("halt", "there is no filter halt at character 1"),
        ("debug", "there is no filter debug at character 1"),
        ("now", "there is no filter now at character 1"),
        (
            "import \"a\" as a; .",
            "nothing can be imported here at character 9",
        ),
        (
            "import \"a\" as $a; $a",
            "nothing can be imported here at character 9",
        ),
        (
            "include \"a\"; .",
            "nothing can be imported here at character 10",
        ),
        ("if . then 1", "expected else or end at the end"),
    ] {
        assert_eq!(
            expression.parse::<Program>().err().unwrap_or_default(),
            wanted,
            "{expression}"
        );
    }
}

#[test]
fn a_failure_names_kinds_and_no_values() {
    for (expression, wanted) in [
        (
            ".ratio | keys",
            "! cannot use a number (1.10) as iterable (array or object)",
        ),
        (".name.x", "! cannot index a string with \"x\""),
        (".screens.w", "! cannot index an array with \"w\""),
        (".name + 1", "! cannot calculate a string + a number (1)"),
        (". - .screens", "! cannot calculate an object - an array"),
        (
            "1, .name - 1",
            "1\n! cannot calculate a string - a number (1)",
        ),
        (
            ".name | fromjson",
            "! cannot parse a string as JSON: byte offset 0: value expected",
        ),
        ("true | length", "! true has no length"),
        ("error(\"no such site\")", "! no such site"),
        ("error({a: 1})", "! the filter failed with an object"),
        (
            ".name | test(\"(\")",
            "! the regex can't be used: found open group without closing ')'",
        ),
        (".name | test(\"a\"; \"z\")", "! a regex has no flag z"),
        (
            "{(1): 2}",
            "! a result has a property whose name is not a string",
        ),
        (
            ".name | tobytes",
            "! a result is bytes, which JSON can't hold",
        ),
        (
            ".screens | @csv",
            "! an array or object can't be a cell of @csv",
        ),
    ] {
        assert_eq!(results(expression, COMPUTER), wanted, "{expression}");
    }
}

#[test]
fn half_a_surrogate_pair_is_no_obstacle() {
    assert_eq!(results(".", r#"{"a":"\ud800"}"#), "{\"a\":\"\u{fffd}\"}");
}
