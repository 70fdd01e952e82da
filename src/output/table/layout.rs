//! Making columns fit a terminal: the widest give way first, and where nothing more can be given, the last ones go.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Blanks between columns.
pub(super) const GAP: usize = 2;
/// No column is made narrower than this.
const NARROWEST: usize = 8;
/// Before columns are made narrower than this, ids go.
const LEGIBLE: usize = 16;

/// A column before it is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Natural {
    /// The width of its widest cell.
    pub width: usize,
    /// Whether it is shown whole or not at all: half an id is of no use.
    pub whole: bool,
}

/// The columns that are shown, each by its place with its width.
pub(super) fn fit(natural: &[Natural], terminal: Option<usize>) -> Vec<(usize, usize)> {
    let mut shown: Vec<(usize, Natural)> = natural.iter().copied().enumerate().collect();
    let Some(terminal) = terminal else {
        return shown
            .into_iter()
            .map(|(place, column)| (place, column.width))
            .collect();
    };
    drop_too_many(&mut shown, terminal);
    while let Some(widest) = shown.iter().map(|(_, column)| column.width).max() {
        let gaps = GAP * (shown.len() - 1);
        let cut = |column: &Natural, level: usize| {
            if column.whole {
                column.width
            } else {
                column.width.min(level)
            }
        };
        let at = |level: usize| {
            shown
                .iter()
                .map(|(_, column)| cut(column, level))
                .sum::<usize>()
                + gaps
        };
        let id = shown.iter().rposition(|(_, column)| column.whole);
        let least = if id.is_some() { LEGIBLE } else { NARROWEST }.min(widest);
        if let Some(level) = highest(least, widest, |level| at(level) <= terminal) {
            let mut spare = terminal - at(level);
            let fitted = shown.iter().map(|(place, column)| {
                let extra = usize::from(!column.whole && column.width > level && spare > 0);
                spare -= extra;
                (*place, cut(column, level + extra))
            });
            return fitted.collect();
        }
        if shown.len() == 1 {
            return vec![(shown[0].0, terminal.max(1))];
        }
        shown.remove(id.unwrap_or(shown.len() - 1));
    }
    Vec::new()
}

/// Where the gaps alone are too wide, columns go as they would one by one: the ids from the end, then the last.
fn drop_too_many(shown: &mut Vec<(usize, Natural)>, terminal: usize) {
    let most = terminal / GAP + 1;
    let mut too_many = shown.len().saturating_sub(most);
    let mut kept = vec![true; shown.len()];
    for (place, (_, column)) in shown.iter().enumerate().rev() {
        if column.whole && too_many > 0 {
            kept[place] = false;
            too_many -= 1;
        }
    }
    let mut kept = kept.into_iter();
    shown.retain(|_| kept.next().unwrap_or_default());
    shown.truncate(most);
}

/// The highest level that fits, where all below one that fits do as well.
fn highest(least: usize, most: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
    if !fits(least) {
        return None;
    }
    let (mut least, mut most) = (least, most);
    while least < most {
        let middle = most - (most - least) / 2;
        if fits(middle) {
            least = middle;
        } else {
            most = middle - 1;
        }
    }
    Some(least)
}

/// The columns that a text takes. It has no control characters any more.
pub(super) fn width_of(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// Text cut to a width, with a sign that it was.
pub(super) fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if width_of(text) <= width {
        return Cow::Borrowed(text);
    }
    let mut short = String::new();
    let mut taken = 0;
    for character in text.chars() {
        let next = character.width().unwrap_or(0);
        if taken + next + 1 > width {
            break;
        }
        taken += next;
        short.push(character);
    }
    short.push('…');
    Cow::Owned(short)
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::{Natural, cut, fit};

    /// Widths, of which those that are never cut are negative.
    fn fitted(widths: &[i32], terminal: Option<usize>) -> Vec<(usize, usize)> {
        let natural = |width: &i32| Natural {
            width: width.unsigned_abs() as usize,
            whole: *width < 0,
        };
        fit(&widths.iter().map(natural).collect::<Vec<_>>(), terminal)
    }

    #[test]
    fn the_widest_give_way_first_and_the_last_go() {
        assert_eq!(fitted(&[20, 10, 36], None), [(0, 20), (1, 10), (2, 36)]);
        assert_eq!(fitted(&[20, 10, 36], Some(70)), [(0, 20), (1, 10), (2, 36)]);
        assert_eq!(fitted(&[20, 10, 36], Some(60)), [(0, 20), (1, 10), (2, 26)]);
        assert_eq!(fitted(&[20, 10, 36], Some(31)), [(0, 9), (1, 9), (2, 9)]);
        assert_eq!(fitted(&[20, 10, 36], Some(20)), [(0, 9), (1, 9)]);
        assert_eq!(fitted(&[20, 10, 36], Some(5)), [(0, 5)]);
        assert_eq!(fitted(&[3, 4], Some(80)), [(0, 3), (1, 4)]);
        assert_eq!(fitted(&[9, -1, 9, -36, 9], Some(6)), [(0, 6)]);
        assert_eq!(fitted(&[0, -0, 0, 0], Some(3)), [(0, 0), (1, 0)]);
        assert_eq!(fitted(&[-1, 0, -1, 0], Some(3)), [(1, 0), (3, 0)]);
    }

    #[test]
    fn an_id_is_whole_or_gone() {
        assert_eq!(fitted(&[20, 7, -36], Some(80)), [(0, 20), (1, 7), (2, 36)]);
        assert_eq!(fitted(&[30, 7, -36], Some(65)), [(0, 18), (1, 7), (2, 36)]);
        assert_eq!(fitted(&[30, 7, -36], Some(60)), [(0, 30), (1, 7)]);
        assert_eq!(
            fitted(&[8, -36, -36, 20], Some(80)),
            [(0, 8), (1, 36), (3, 20)]
        );
        assert_eq!(fitted(&[-36], Some(20)), [(0, 20)]);
    }

    #[test]
    fn cutting_counts_columns_not_bytes() {
        assert_eq!(cut("Zürich", 6), "Zürich");
        assert_eq!(cut("Zürich", 4), "Zür…");
        assert_eq!(cut("東京都", 4), "東…");
    }
}
