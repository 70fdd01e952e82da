//! How to go on after a bulk command that did not finish, so that no hint recommends what does harm.

use crate::model::hint::{CommandLine, Hint};

/// What running the same command again would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rerun {
    /// It makes only the changes that are still to be made. With this flag, if any, those made already count as done.
    Continues(Option<&'static str>),
    /// It generates as many `_id`s as the first time.
    Generates,
    /// It generates new `_id`s for the rows of a file that have none.
    GeneratesForRows,
}

impl Rerun {
    /// Returns how to go on with those that were not started. With those that failed they are `rest`.
    pub(super) fn rest_hint(self, rest: usize) -> Hint {
        match self {
            Self::Continues(flag) => {
                let with = flag.map_or_else(String::new, |flag| format!(" with {flag}"));
                Hint::from(format!(
                    "running the same command again{with} continues where this one ended"
                ))
            }
            Self::Generates => Hint::new("the same command would start over; for the rest: ")
                .command(CommandLine::reemo("computers reserve --count").arg(rest.to_string())),
            Self::GeneratesForRows => Hint::new(
                "the same command would reserve new _ids for all rows without one; \
                 first remove the finished rows from the file",
            ),
        }
    }

    /// Returns how to go on with those that failed, if all were begun.
    pub(super) fn failed_hint(self) -> Hint {
        Hint::new(match self {
            Self::Continues(_) => {
                "the records say why; running the command again for those that failed is safe"
            }
            Self::Generates | Self::GeneratesForRows => {
                "the records say why; reserve those that failed by the _id in their record, \
                 since the same command would generate new ones"
            }
        })
    }
}
