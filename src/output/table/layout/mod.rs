//! The widths of columns. Where the terminal is too narrow, texts are cut first, then ids are shortened, then columns are
//! dropped from the right. Of those that are kept, what can't be cut goes before texts do, and ids go last.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::output::rows::Fit;

/// Blanks between columns.
pub(in crate::output) const GAP: usize = 2;
/// The width of a shortened id: the first group of a UUID's digits.
const SHORT_ID: usize = 8;
/// Texts are not cut to fewer columns than this while there is anything else to give up.
const MIN_TEXT: usize = 12;

/// A column before it is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::output) struct Natural {
    /// The width of its widest cell.
    pub width: usize,
    pub fit: Fit,
    /// Whether it is kept where other columns are dropped.
    pub is_kept: bool,
}

/// A column that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::output) struct Fitted {
    /// Its place among all columns.
    pub place: usize,
    pub width: usize,
}

/// Returns the columns that are shown.
pub(in crate::output) fn fit(natural: &[Natural], terminal: Option<usize>) -> Vec<Fitted> {
    let whole = || {
        let fitted = |(place, column): (usize, &Natural)| Fitted {
            place,
            width: column.width,
        };
        natural.iter().enumerate().map(fitted).collect()
    };
    let Some(terminal) = terminal else {
        return whole();
    };
    let mut shown: Vec<(usize, Natural)> = natural.iter().copied().enumerate().collect();
    if let Some(fitted) = squeeze(&shown, MIN_TEXT, terminal) {
        return fitted;
    }
    // The first of several ids is whole as long as it can be.
    for place in (0..shown.len()).rev() {
        let column = &mut shown[place].1;
        if column.fit == Fit::Shorten {
            column.width = column.width.min(SHORT_ID);
            if let Some(fitted) = squeeze(&shown, MIN_TEXT, terminal) {
                return fitted;
            }
        }
    }
    drop_columns(&mut shown, MIN_TEXT, terminal, |column| !column.is_kept)
        .or_else(|| {
            drop_columns(&mut shown, SHORT_ID, terminal, |column| {
                column.fit == Fit::Whole
            })
        })
        .or_else(|| {
            drop_columns(&mut shown, SHORT_ID, terminal, |column| {
                column.fit != Fit::Shorten
            })
        })
        .or_else(|| drop_columns(&mut shown, SHORT_ID, terminal, |_| true))
        .unwrap_or_else(|| {
            let narrow = |(place, column): &(usize, Natural)| Fitted {
                place: *place,
                width: column.width.min(terminal.max(1)),
            };
            shown.iter().take(1).map(narrow).collect()
        })
}

/// Drops the columns that may go from the right, until the others fit. At least one column is left.
fn drop_columns(
    shown: &mut Vec<(usize, Natural)>,
    min_text: usize,
    terminal: usize,
    may_go: impl Fn(&Natural) -> bool,
) -> Option<Vec<Fitted>> {
    // There are gaps even between empty columns, so of a million columns most can be dropped at once.
    let fixed = shown.iter().filter(|(_, column)| !may_go(column)).count();
    let mut allowed = (terminal / GAP + 1).saturating_sub(fixed);
    shown.retain(|(_, column)| {
        let stays = !may_go(column) || allowed > 0;
        allowed -= usize::from(stays && may_go(column));
        stays
    });
    loop {
        if let Some(fitted) = squeeze(shown, min_text, terminal) {
            return Some(fitted);
        }
        let last = shown.iter().rposition(|(_, column)| may_go(column))?;
        if shown.len() == 1 {
            return None;
        }
        shown.remove(last);
    }
}

/// Cuts texts to the greatest width that lets all columns fit, but not below `min_text`.
fn squeeze(shown: &[(usize, Natural)], min_text: usize, terminal: usize) -> Option<Vec<Fitted>> {
    let cut = |column: &Natural, level: usize| match column.fit {
        Fit::Cut => column.width.min(level),
        Fit::Shorten | Fit::Whole => column.width,
    };
    let room = terminal.checked_sub(GAP * shown.len().saturating_sub(1))?;
    let taken = |level: usize| -> usize {
        let widths = shown.iter().map(|(_, column)| cut(column, level));
        widths.sum()
    };
    if taken(min_text) > room {
        return None;
    }
    let level = (min_text..=terminal.max(min_text))
        .rev()
        .find(|level| taken(*level) <= room)?;
    let mut spare = room - taken(level);
    let fitted = shown.iter().map(|(place, column)| {
        let extra = usize::from(cut(column, level + 1) > cut(column, level) && spare > 0);
        spare -= extra;
        Fitted {
            place: *place,
            width: cut(column, level) + extra,
        }
    });
    Some(fitted.collect())
}

/// Returns the columns that a text takes, which has no control characters.
pub(crate) fn width_of(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// Splits a text into lines of a width, behind a blank or a punctuation mark where there is one in the line's second half.
pub(in crate::output) fn wrap(text: &str, width: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let mut is_first = true;
    std::iter::from_fn(move || {
        if rest.is_empty() && !is_first {
            return None;
        }
        is_first = false;
        let (line, next) = rest.split_at(end_of_line(rest, width));
        rest = next;
        Some(line)
    })
}

/// Returns where the first line of a text ends.
fn end_of_line(text: &str, width: usize) -> usize {
    let mut taken = 0;
    let mut last_break = None;
    for (at, character) in text.char_indices() {
        taken += character.width().unwrap_or(0);
        if taken > width && at > 0 {
            return last_break.unwrap_or(at);
        }
        if matches!(character, ' ' | ',' | ';' | '-' | '/') && taken > width / 2 {
            last_break = Some(at + character.len_utf8());
        }
    }
    text.len()
}

/// Returns the text cut to a width, ending in `…` if it was cut.
pub(crate) fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if width_of(text) <= width {
        return Cow::Borrowed(text);
    }
    // An emoji of several characters is not as wide as all of them together, so the width is that of a whole prefix.
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let longer = ends.partition_point(|end| width_of(&text[..*end]) < width);
    let end = longer.checked_sub(1).map_or(0, |place| ends[place]);
    let mut short = text[..end].to_owned();
    // An emoji that was cut in two joins nothing.
    short.truncate(short.trim_end_matches('\u{200d}').len());
    short.push('…');
    Cow::Owned(short)
}

#[cfg(test)]
mod property_tests;

#[cfg(test)]
mod tests {
    use super::{Natural, cut, fit, wrap};
    use crate::output::rows::Fit;

    const NAME: Natural = column(30, Fit::Cut, true);
    const HOSTNAME: Natural = column(20, Fit::Cut, false);
    const IP: Natural = column(13, Fit::Whole, false);
    const STATUS: Natural = column(7, Fit::Whole, true);
    const ID: Natural = column(36, Fit::Shorten, true);

    const fn column(width: usize, fit: Fit, is_kept: bool) -> Natural {
        Natural {
            width,
            fit,
            is_kept,
        }
    }

    fn fitted(natural: &[Natural], terminal: usize) -> Vec<(usize, usize)> {
        let shown = fit(natural, Some(terminal));
        shown
            .iter()
            .map(|column| (column.place, column.width))
            .collect()
    }

    #[test]
    fn texts_are_cut_then_ids_shortened_then_columns_dropped() {
        let computer = [NAME, HOSTNAME, IP, STATUS, ID];
        for (terminal, shown) in [
            (120, &[(0, 30), (1, 20), (2, 13), (3, 7), (4, 36)][..]),
            (100, &[(0, 18), (1, 18), (2, 13), (3, 7), (4, 36)]),
            (88, &[(0, 12), (1, 12), (2, 13), (3, 7), (4, 36)]),
            (80, &[(0, 24), (1, 20), (2, 13), (3, 7), (4, 8)]),
            (60, &[(0, 12), (1, 12), (2, 13), (3, 7), (4, 8)]),
            (50, &[(0, 15), (1, 14), (3, 7), (4, 8)]),
            (40, &[(0, 21), (3, 7), (4, 8)]),
            (27, &[(0, 8), (3, 7), (4, 8)]),
            (26, &[(0, 16), (4, 8)]),
            (17, &[(4, 8)]),
            (5, &[(4, 5)]),
        ] {
            assert_eq!(fitted(&computer, terminal), shown, "{terminal}");
        }
        let whole = fit(&computer, None);
        assert!(
            whole
                .iter()
                .zip(computer)
                .all(|(shown, column)| shown.width == column.width)
        );
    }

    #[test]
    fn a_column_that_is_wider_than_the_terminal_is_cut() {
        assert_eq!(fitted(&[column(30, Fit::Whole, false)], 20), [(0, 20)]);
        assert_eq!(
            fitted(&[column(0, Fit::Cut, false); 4], 3),
            [(0, 0), (1, 0)]
        );
        assert_eq!(fitted(&[IP, ID], 8), [(1, 8)]);
        // The old and the new name say more than that a computer would be renamed.
        assert_eq!(
            fitted(&[column(12, Fit::Whole, true), NAME, NAME, ID], 40),
            [(1, 14), (2, 14), (3, 8)]
        );
        assert_eq!(fitted(&[ID, ID], 10), [(0, 8)]);
        assert_eq!(fitted(&[ID, ID], 50), [(0, 36), (1, 8)]);
    }

    #[test]
    fn wrapping_loses_nothing_and_prefers_the_ends_of_words() {
        for (text, width, lines) in [
            ("", 4, &[""][..]),
            ("abcd", 4, &["abcd"]),
            ("abcdef", 4, &["abcd", "ef"]),
            ("one two three", 8, &["one two ", "three"]),
            ("0852a677-b6c1-4fa0", 12, &["0852a677-", "b6c1-4fa0"]),
            ("東京都", 4, &["東京", "都"]),
            ("東京", 1, &["東", "京"]),
        ] {
            let wrapped: Vec<&str> = wrap(text, width).collect();
            assert_eq!(wrapped, lines, "{text:?} at {width}");
        }
    }

    #[test]
    fn cutting_counts_columns_not_bytes() {
        assert_eq!(cut("Zürich", 6), "Zürich");
        assert_eq!(cut("Zürich", 4), "Zür…");
        assert_eq!(cut("東京都", 4), "東…");
        let hearts = "\u{2764}\u{fe0f}".repeat(3);
        assert_eq!(cut(&hearts, 6), hearts);
        assert_eq!(cut(&hearts, 4), "\u{2764}\u{fe0f}\u{2764}…");
    }
}
