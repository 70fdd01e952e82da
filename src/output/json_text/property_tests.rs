use arbtest::arbtest;
use serde_json::Value;

use super::{compact, indent_pieces};
use crate::model::json_reader::tokens;
use crate::model::samples;

fn long(json: &str, level: usize) -> String {
    let mut text = String::new();
    let Ok(()) = indent_pieces(json, level, |piece| {
        text.push_str(piece);
        Ok::<(), std::convert::Infallible>(())
    });
    text
}

fn texts(json: &str) -> Vec<&str> {
    tokens(json).map(|(_, token)| token).collect()
}

#[test]
fn the_tokens_stay_the_same() {
    arbtest(|u| {
        let json = samples::json(u, 4)?;
        let level = u.int_in_range(0..=3)?;
        let all = texts(&json);
        assert_eq!(texts(&compact(&json)), all);
        assert_eq!(texts(&long(&json, level)), all);
        // Tokens have no white space between them, and between them there is nothing else.
        assert_eq!(compact(&json), all.concat());
        Ok(())
    });
}

#[test]
fn a_layout_laid_out_again_is_the_same() {
    arbtest(|u| {
        let json = samples::json(u, 4)?;
        let (shortest, longest) = (compact(&json), long(&json, 0));
        assert_eq!(
            (compact(&shortest), compact(&longest)),
            (shortest.clone(), shortest.clone())
        );
        assert_eq!(
            (long(&shortest, 0), long(&longest, 0)),
            (longest.clone(), longest)
        );
        Ok(())
    });
}

#[test]
fn plain_values_are_laid_out_as_serde_json_does() {
    arbtest(|u| {
        // Values that serde_json can hold, spelt as it spells them.
        let Ok(value) = serde_json::from_str::<Value>(&samples::json(u, 4)?) else {
            return Ok(());
        };
        let spelt = value.to_string();
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        assert_eq!(compact(&pretty), spelt);
        assert_eq!(long(&spelt, 0), pretty);
        let deeper = pretty.replace('\n', "\n    ");
        assert_eq!(long(&spelt, 2), deeper);
        Ok(())
    });
}
