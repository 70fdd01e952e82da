use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use unicode_width::UnicodeWidthStr;

use super::{GAP, Natural, cut, fit};
use crate::model::samples;
use crate::model::sanitize::escape;

#[test]
fn columns_never_exceed_the_terminal() {
    arbtest(|u| {
        let column = |u: &mut Unstructured<'_>| {
            let widest = if u.ratio(1, 9)? { 3000 } else { 50 };
            Ok(Natural {
                width: u.int_in_range(0..=widest)?,
                whole: u.ratio(1, 4)?,
            })
        };
        let natural = (0..u.int_in_range(0..=9)?)
            .map(|_| column(u))
            .collect::<Result<Vec<_>>>()?;
        let terminal = u.int_in_range(1..=200)?;
        let shown = fit(&natural, Some(terminal));
        let taken: usize = shown.iter().map(|(_, width)| width + GAP).sum();
        assert!(
            taken.saturating_sub(GAP) <= terminal,
            "{natural:?} in {terminal}: {shown:?}"
        );
        assert_eq!(
            shown.is_empty(),
            natural.is_empty(),
            "{natural:?} in {terminal}"
        );
        assert!(shown.is_sorted_by(|one, next| one.0 < next.0), "{shown:?}");
        for (place, width) in &shown {
            assert!(
                *width <= natural[*place].width.max(terminal),
                "{natural:?} in {terminal}: {shown:?}"
            );
            assert!(
                !natural[*place].whole || *width == natural[*place].width || shown.len() == 1,
                "{shown:?}"
            );
        }
        // All is shown whole where there is room, and only there.
        let whole: Vec<(usize, usize)> = natural
            .iter()
            .enumerate()
            .map(|(place, column)| (place, column.width))
            .collect();
        let wanted: usize = whole.iter().map(|(_, width)| width + GAP).sum();
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
