//! How filters are sent: a form counts only if a computer's own name lists it, and another name does not.

use crate::api::probe::answer::{Answer, Control, Query};
use crate::api::wire::probes::{FILTERS, NO_SUCH_NAME};

/// A computer that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// What tells it from others.
    pub(super) key: String,
    /// Its name.
    pub(super) name: String,
}

/// How an instance filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FilterVerdict {
    /// By this template.
    Works {
        /// As `wire.filter` writes it.
        template: String,
        /// Whether the beginning of a name is enough. `None` if that is not known.
        is_loose: Option<bool>,
    },
    /// By none of the usual forms.
    Nothing {
        /// Whether the form in force is rejected, and not only ignored.
        is_rejected: bool,
    },
    /// The profile says that nothing is sent.
    Off,
    /// The answers prove nothing.
    Unknown,
}

/// What one form comes to.
enum Form {
    Works,
    Ignored,
    Rejected,
    Unclear,
}

/// Finds the form: the one in force first, then the other usual ones.
pub(super) fn find(
    named: Option<&Named>,
    control: Control,
    in_force: &str,
    ask: &mut dyn FnMut(Query) -> Answer,
) -> FilterVerdict {
    if in_force.is_empty() {
        return FilterVerdict::Off;
    }
    let Some(named) = named else {
        return FilterVerdict::Unknown;
    };
    let (mut is_rejected, mut is_unclear) = (false, control == Control::Unclear);
    let others = FILTERS.into_iter().filter(|other| *other != in_force);
    for template in [in_force].into_iter().chain(others) {
        match form(template, named, ask) {
            Form::Works => {
                let template = template.to_owned();
                let is_loose = is_loose(&template, named, ask);
                return FilterVerdict::Works { template, is_loose };
            }
            Form::Ignored => {}
            Form::Rejected => is_rejected |= template == in_force,
            Form::Unclear => is_unclear = true,
        }
    }
    if is_unclear {
        FilterVerdict::Unknown
    } else {
        FilterVerdict::Nothing { is_rejected }
    }
}

fn query(template: &str, name: &str) -> Query {
    vec![(template.replace("{property}", "name"), name.to_owned())]
}

fn form(template: &str, named: &Named, ask: &mut dyn FnMut(Query) -> Answer) -> Form {
    match ask(query(template, NO_SUCH_NAME)) {
        Answer::Rows(rows) if rows.contains(&named.key) => return Form::Ignored,
        Answer::Rows(_) => {}
        Answer::Rejected => return Form::Rejected,
        Answer::Unclear => return Form::Unclear,
    }
    match ask(query(template, &named.name)) {
        Answer::Rows(rows) if rows.contains(&named.key) => Form::Works,
        // It is taken for the name of a property.
        Answer::Rows(_) => Form::Ignored,
        Answer::Rejected | Answer::Unclear => Form::Unclear,
    }
}

fn is_loose(template: &str, named: &Named, ask: &mut dyn FnMut(Query) -> Answer) -> Option<bool> {
    let half = named.name.chars().count() / 2;
    let beginning: String = named.name.chars().take(half).collect();
    if beginning.trim().is_empty() {
        return None;
    }
    match ask(query(template, &beginning)) {
        Answer::Rows(rows) => Some(rows.contains(&named.key)),
        _ => None,
    }
}
