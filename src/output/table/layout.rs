//! Making columns fit a terminal: the widest give way first, and where nothing more can be given, the last ones go.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Blanks between columns.
pub(super) const GAP: usize = 2;
/// No column is made narrower than this.
const NARROWEST: usize = 8;

/// The widths of the columns that are shown; fewer than given where not all fit.
pub(super) fn fit(natural: &[usize], terminal: Option<usize>) -> Vec<usize> {
    let Some(terminal) = terminal else { return natural.to_vec() };
    let mut shown = natural.to_vec();
    while !shown.is_empty() {
        let gaps = GAP * (shown.len() - 1);
        let widest = shown.iter().copied().max().unwrap_or(0);
        let at = |level: usize| shown.iter().map(|width| (*width).min(level)).sum::<usize>() + gaps;
        if let Some(level) = (NARROWEST.min(widest)..=widest).rev().find(|level| at(*level) <= terminal) {
            return level_out(&shown, level, terminal - at(level));
        }
        if shown.len() == 1 {
            return vec![terminal.max(1)];
        }
        shown.pop();
    }
    shown
}

/// Cuts every column to `level`; what is left over goes to the first ones that were cut, a blank each.
fn level_out(shown: &[usize], level: usize, spare: usize) -> Vec<usize> {
    let mut spare = spare;
    let widths = shown.iter().map(|width| {
        let extra = usize::from(*width > level && spare > 0);
        spare -= extra;
        (*width).min(level + extra)
    });
    widths.collect()
}

/// Text cut to a width, with a sign that it was.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
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
    short
}

#[cfg(test)]
mod tests {
    use super::{cut, fit};

    #[test]
    fn the_widest_give_way_first_and_the_last_go() {
        assert_eq!(fit(&[20, 10, 36], None), [20, 10, 36]);
        assert_eq!(fit(&[20, 10, 36], Some(70)), [20, 10, 36]);
        assert_eq!(fit(&[20, 10, 36], Some(60)), [20, 10, 26]);
        assert_eq!(fit(&[20, 10, 36], Some(31)), [9, 9, 9]);
        assert_eq!(fit(&[20, 10, 36], Some(20)), [9, 9]);
        assert_eq!(fit(&[20, 10, 36], Some(5)), [5]);
        assert_eq!(fit(&[3, 4], Some(80)), [3, 4]);
    }

    #[test]
    fn cutting_counts_columns_not_bytes() {
        assert_eq!(cut("Zürich", 6), "Zürich");
        assert_eq!(cut("Zürich", 4), "Zür…");
        assert_eq!(cut("東京都", 4), "東…");
    }
}
