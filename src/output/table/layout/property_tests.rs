use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use unicode_width::UnicodeWidthStr;

use super::{Fitted, GAP, Natural, cut, fit};
use crate::model::samples;
use crate::model::sanitize::escape;
use crate::output::rows::Fit;

#[test]
fn columns_fit_any_terminal() {
    arbtest(|u| {
        let column = |u: &mut Unstructured<'_>| -> Result<Natural> {
            Ok(Natural {
                width: u.int_in_range(0..=60)?,
                fit: *u.choose(&[Fit::Cut, Fit::Shorten, Fit::Whole])?,
                is_kept: u.ratio(1, 4)?,
            })
        };
        let natural = (0..u.int_in_range(0..=9)?)
            .map(|_| column(u))
            .collect::<Result<Vec<_>>>()?;
        let terminal = u.int_in_range(1..=200)?;
        let shown = fit(&natural, Some(terminal));
        let taken: usize = shown.iter().map(|column| column.width + GAP).sum();
        let context = format!("{natural:?} in {terminal}: {shown:?}");
        assert!(taken.saturating_sub(GAP) <= terminal, "{context}");
        assert_eq!(shown.is_empty(), natural.is_empty(), "{context}");
        assert!(
            shown.is_sorted_by(|one, next| one.place < next.place),
            "{context}"
        );
        let is_shown = |place: usize| shown.iter().any(|column| column.place == place);
        for Fitted { place, width } in &shown {
            let column = natural[*place];
            assert!(*width <= column.width, "{context}");
            assert!(
                column.fit == Fit::Cut || [column.width, 8].contains(width) || shown.len() == 1,
                "{context}"
            );
        }
        // No id that is kept is dropped while anything else is shown.
        let is_id = |place: &usize| natural[*place].fit == Fit::Shorten && natural[*place].is_kept;
        let ids = (0..natural.len()).filter(is_id);
        let has_other = shown
            .iter()
            .any(|column| natural[column.place].fit != Fit::Shorten);
        assert!(!has_other || { ids }.all(is_shown), "{context}");
        // All is shown whole where there is room, and only there.
        let whole = natural.iter().enumerate().map(|(place, column)| Fitted {
            place,
            width: column.width,
        });
        let whole: Vec<Fitted> = whole.collect();
        let wanted: usize = whole.iter().map(|column| column.width + GAP).sum();
        if wanted.saturating_sub(GAP) <= terminal {
            assert_eq!(shown, whole);
        }
        assert_eq!(fit(&natural, None), whole);
        Ok(())
    });
}

#[test]
fn cut_text_never_exceeds_its_width() {
    arbtest(|u| {
        // As the cells of a table are: without what would drive a terminal.
        let text = escape(&samples::text(u, 30)?).into_owned();
        let width = u.int_in_range(1..=40)?;
        let shown = cut(&text, width);
        assert!(shown.width() <= width, "{text:?} in {width}: {shown:?}");
        match shown.strip_suffix('…') {
            _ if shown == text => {}
            Some(start) => assert!(
                text.starts_with(start) && text.width() > width,
                "{text:?} in {width}: {shown:?}"
            ),
            None => panic!("{text:?} in {width}: {shown:?}"),
        }
        Ok(())
    });
}
