//! The functions that an expression can call: jq's own, except those that reach beyond the data.
//!
//! There is no `env`, which would show the key, and no `input`, `debug` or `halt`. Dates, trigonometry, `@html`, `@uri` and
//! `@base64` are left out for their size.

use jaq_core::load::parse;
use jaq_core::load::parse::{Def, Term};
use jaq_core::native::{Fun, bome, run, v};
use jaq_core::{Cv, ValXs};
use jaq_json::read::parse_many;
use jaq_json::{Error, Val};

use crate::output::jq::value::Data;
use crate::output::jq::{regex, value};

/// Definitions of the library that call functions that are left out.
const LEFT_OUT: &str = "stderr debug halt halt_error logb significand pow10 drem nexttoward scalb \
    gamma todate fromdate @html @htmld @uri @urid @base64 @base64d input_line_number env now";

/// The formats that users of `gh --jq` know.
const OWN: &str = r#"
def csv_cell: if isstring then "\"" + (split("\"") | join("\"\"")) + "\"" elif . == null then "" elif . < {} and . >= []
  or . >= {} then error("an array or object can't be a cell of @csv") else tostring end;
def @csv: map(csv_cell) | join(",");
def tsv_cell: if isstring then split("\\") | join("\\\\") | split("\t") | join("\\t") | split("\n") | join("\\n")
  | split("\r") | join("\\r") elif . == null then "" elif . >= [] then error("an array or object can't be a cell of @tsv")
  else tostring end;
def @tsv: map(tsv_cell) | join("\t");
"#;

pub(super) fn definitions() -> impl Iterator<Item = Def<&'static str, Term<&'static str>>> {
    let standard = jaq_std::defs()
        .filter(|definition| LEFT_OUT.split(' ').all(|name| name != definition.name));
    let own = parse(OWN, |parser| parser.defs()).unwrap_or_default();
    jaq_core::defs()
        .chain(standard)
        .chain(jaq_json::defs())
        .chain(own)
}

pub(super) fn functions() -> impl Iterator<Item = Fun<Data>> {
    let standard = jaq_std::base_funs().filter(|(name, ..)| *name != "halt");
    let json = jaq_json::funs().filter(|(name, ..)| *name != "fromjson");
    let own = run::<Data>(("fromjson", v(0), from_json));
    jaq_core::funs()
        .chain(standard)
        .chain(json)
        .chain([own])
        .chain(regex::functions())
}

/// The library's `fromjson`, but with limits on depth and digits.
fn from_json((_, text): Cv<'_, Data>) -> ValXs<'_, Val> {
    let text = match text.try_as_utf8_bytes_owned() {
        Ok(text) => text,
        Err(error) => return bome(Err(error)),
    };
    let fail = |why: String| Error::str(format!("cannot parse a string as JSON: {why}"));
    if let Err(why) = value::check(&String::from_utf8_lossy(&text)) {
        bome(Err(fail(why)))
    } else {
        // After an error the parser would return the same error forever.
        let mut has_failed = false;
        let values: Vec<_> = parse_many(&text)
            .take_while(|value| !std::mem::replace(&mut has_failed, value.is_err()))
            .map(|value| Ok(value.map_err(|error| fail(error.to_string()))?))
            .collect();
        Box::new(values.into_iter())
    }
}
