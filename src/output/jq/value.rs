//! Values from JSON text and back: a number keeps its text on the way.

use jaq_json::{Num, Val, read::parse_single};
use serde_json::value::RawValue;

use crate::model::error::{Error, ErrorKind};
use crate::output::jq::text::mended;

/// Whole numbers below this are printed without a fraction, as jq does.
const WHOLE: f64 = 1e17;

/// Reads valid JSON.
pub(super) fn read(json: &str) -> Result<Val, Error> {
    parse_single(mended(json).as_bytes()).map_err(|error| {
        Error::new(
            ErrorKind::InvalidResponse,
            format!("the API's JSON can't be filtered: {error}"),
        )
    })
}

/// Compact JSON.
pub(super) fn write(value: &Val) -> Result<String, Error> {
    let mut json = String::new();
    append(value, &mut json)?;
    Ok(json)
}

fn append(value: &Val, json: &mut String) -> Result<(), Error> {
    match value {
        Val::Null => json.push_str("null"),
        Val::Bool(truth) => json.push_str(if *truth { "true" } else { "false" }),
        Val::Num(Num::Float(float)) => json.push_str(&number(*float)),
        Val::Num(Num::Dec(text)) if serde_json::from_str::<&RawValue>(text).is_err() => {
            json.push_str(&number(text.parse().unwrap_or(f64::NAN)));
        }
        Val::Num(exact) => json.push_str(&exact.to_string()),
        Val::TStr(bytes) => {
            json.push_str(&serde_json::Value::from(String::from_utf8_lossy(bytes)).to_string())
        }
        Val::BStr(_) => {
            return Err(Error::new(
                ErrorKind::Usage,
                "--jq: a result is bytes, which JSON can't hold",
            ));
        }
        Val::Arr(items) => {
            for (place, item) in items.iter().enumerate() {
                json.push(if place == 0 { '[' } else { ',' });
                append(item, json)?;
            }
            json.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Val::Obj(members) => {
            for (place, (name, member)) in members.iter().enumerate() {
                json.push(if place == 0 { '{' } else { ',' });
                if !matches!(name, Val::TStr(_)) {
                    return Err(Error::new(
                        ErrorKind::Usage,
                        "--jq: a result has a property whose name is no text",
                    ));
                }
                append(name, json)?;
                json.push(':');
                append(member, json)?;
            }
            json.push_str(if members.is_empty() { "{}" } else { "}" });
        }
    }
    Ok(())
}

fn number(float: f64) -> String {
    match float {
        _ if float.is_nan() => "null".to_owned(),
        _ if float.is_infinite() => format!("{:e}", f64::MAX.copysign(float)).replace('e', "e+"),
        _ if float.fract() == 0.0 && float.abs() < WHOLE => format!("{float:.0}"),
        _ => Num::Float(float).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{number, read, write};

    #[test]
    fn what_is_read_is_written_to_the_digit() {
        for json in [
            r#"{"b":1.10,"a":12345678901234567890123,"c":[1e400,-0.0,4e6,0.1E-7],"d":{},"e":[]}"#,
            r#""é\" \\ \n \u0001 😀""#,
            "null",
            "[true,false,[[]]]",
        ] {
            assert_eq!(write(&read(json).unwrap()).unwrap(), json);
        }
    }

    #[test]
    fn what_json_has_no_number_for() {
        for (float, text) in [
            (f64::NAN, "null"),
            (f64::INFINITY, "1.7976931348623157e+308"),
            (f64::NEG_INFINITY, "-1.7976931348623157e+308"),
            (3.0, "3"),
            (-0.0, "-0"),
            (0.1, "0.1"),
            (1e17, "1e17"),
        ] {
            assert_eq!(number(float), text);
        }
    }
}
