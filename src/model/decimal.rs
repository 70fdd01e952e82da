//! Compares JSON numbers exactly by value, whatever their length and notation.

use std::cmp::Ordering;
use std::str::FromStr;

/// The value of a JSON number: `0.d₁d₂d₃… × 10^exponent`, with a sign. `1e3` and `1000.0` are equal, and so are `0` and `-0`.
///
/// Nothing is expanded: `1e999999999` takes no more room than it does as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    is_negative: bool,
    /// The position of the decimal point, counted from before the first digit.
    exponent: i128,
    /// The digits, of which neither the first nor the last is a zero; none for zero.
    digits: Box<str>,
}

impl FromStr for Decimal {
    type Err = ();

    /// Fails on what is not a JSON number. An exponent beyond 38 digits counts as the largest that there is.
    fn from_str(text: &str) -> Result<Self, ()> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return Err(()),
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
            return Err(());
        }
        let all = [whole, fraction].concat();
        let significant = all.trim_start_matches('0');
        let leading_zeros = all.len() - significant.len();
        let digits = significant.trim_end_matches('0');
        if digits.is_empty() {
            return Ok(Self {
                is_negative: false,
                exponent: 0,
                digits: digits.into(),
            });
        }
        Ok(Self {
            is_negative: text.len() > unsigned.len(),
            exponent: exponent
                .saturating_add(whole.len() as i128)
                .saturating_sub(leading_zeros as i128),
            digits: digits.into(),
        })
    }
}

fn parse_exponent(text: &str) -> Result<i128, ()> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(());
    }
    let exponent = digits.parse().unwrap_or(i128::MAX);
    Ok(if text.starts_with('-') {
        -exponent
    } else {
        exponent
    })
}

impl Decimal {
    /// -1, 0 or 1.
    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_size = || {
            // Behind the last digit of the shorter one there are only zeros.
            (self.exponent, &self.digits).cmp(&(other.exponent, &other.digits))
        };
        self.sign().cmp(&other.sign()).then_with(|| {
            if self.is_negative {
                by_size().reverse()
            } else {
                by_size()
            }
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use arbtest::arbtest;

    use super::Decimal;

    fn decimal(text: &str) -> Decimal {
        text.parse()
            .unwrap_or_else(|()| panic!("{text} is a number"))
    }

    #[test]
    fn numbers_are_in_the_order_of_their_values() {
        let ascending = [
            "-1e999999999999",
            "-9007199254740993",
            "-9007199254740992",
            "-1.5",
            "-1.4999999999999999999999",
            "-1e-400",
            "0",
            "1e-999999999999",
            "1e-400",
            "0.1",
            "0.10000000000000000000001",
            "1",
            "9007199254740992",
            "9007199254740993",
            "12345678901234567890123",
            "12345678901234567890123.5",
            "1e400",
            "2e400",
            "1e999999999999",
        ];
        for (place, one) in ascending.iter().enumerate() {
            for (other_place, other) in ascending.iter().enumerate() {
                assert_eq!(
                    decimal(one).cmp(&decimal(other)),
                    place.cmp(&other_place),
                    "{one} and {other}"
                );
            }
        }
    }

    #[test]
    fn spelling_does_not_matter() {
        for spellings in [
            &[
                "0",
                "-0",
                "0.00",
                "-0e5",
                "0E-99999999999999999999999999999999999999999",
            ][..],
            &[
                "1000", "1e3", "1E+3", "1000.0", "0.1e4", "10000e-1", "0001000",
            ],
            &["-0.025", "-25e-3", "-0.0250", "-2.5E-2"],
        ] {
            for spelling in spellings {
                assert_eq!(decimal(spelling), decimal(spellings[0]), "{spelling}");
            }
        }
        let beyond = format!("1e{}", "9".repeat(100));
        assert!(decimal(&beyond) > decimal("9e999"));
    }

    #[test]
    fn other_text_is_no_number() {
        for text in [
            "", "-", "+1", "1.", ".5", "1e", "1e+", "1e1.5", "0x1", "NaN", "1 ", "١",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(()), "{text:?}");
        }
    }

    #[test]
    fn whole_numbers_are_in_the_order_of_integers() {
        arbtest(|u| {
            let (one, other): (i128, i128) = (u.arbitrary()?, u.arbitrary()?);
            let zeros = u.int_in_range(0..=20_u32)?;
            let shift = |number: i128| format!("{number}{}e-{zeros}", "0".repeat(zeros as usize));
            let order = one.cmp(&other);
            assert_eq!(
                decimal(&one.to_string()).cmp(&decimal(&other.to_string())),
                order
            );
            assert_eq!(
                decimal(&shift(one)).cmp(&decimal(&other.to_string())),
                order
            );
            assert_eq!(
                decimal(&shift(one)).cmp(&decimal(&one.to_string())),
                Ordering::Equal
            );
            Ok(())
        });
    }
}
