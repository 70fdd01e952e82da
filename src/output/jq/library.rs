//! What an expression can call: jq's own definitions, but for those that reach outside of the data.
//!
//! There is no `env`, which would show the key, no `input`, no `debug` and no `halt`, which would end the program. Dates,
//! trigonometry, `@html`, `@uri` and `@base64` are left out for their weight.

use jaq_core::load::parse;
use jaq_core::load::parse::{Def, Term};
use jaq_core::native::Fun;

use crate::output::jq::filter::Data;
use crate::output::jq::regex;

/// Definitions of the library that call what there is not.
const LEFT_OUT: [&str; 22] = [
    "stderr",
    "debug",
    "halt",
    "halt_error",
    "logb",
    "significand",
    "pow10",
    "drem",
    "nexttoward",
    "scalb",
    "gamma",
    "todate",
    "fromdate",
    "@html",
    "@htmld",
    "@uri",
    "@urid",
    "@base64",
    "@base64d",
    "input_line_number",
    "env",
    "now",
];

/// The formats that gh's users know from there.
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
    let standard = jaq_std::defs().filter(|definition| !LEFT_OUT.contains(&definition.name));
    let own = parse(OWN, |parser| parser.defs()).unwrap_or_default();
    jaq_core::defs()
        .chain(standard)
        .chain(jaq_json::defs())
        .chain(own)
}

pub(super) fn functions() -> impl Iterator<Item = Fun<Data>> {
    let standard = jaq_std::base_funs().filter(|(name, ..)| *name != "halt");
    jaq_core::funs()
        .chain(standard)
        .chain(jaq_json::funs())
        .chain(regex::functions())
}
