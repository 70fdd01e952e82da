//! Which columns computers and records of changes have, and how each adapts to a narrow terminal.

use crate::api::wire;
use crate::output::{Column, Fit, Format};

/// Returns the columns of computers: those chosen, else the format's own.
pub(crate) fn of_computers(format: Format, chosen: Option<&[String]>) -> Vec<Column> {
    let own = match format {
        Format::Table => "name,hostname,ip,status,id",
        Format::Wide => "name,hostname,ip,status,id,_id",
        _ => "id,_id,name,hostname,ip,status",
    };
    columns(own, chosen, property)
}

/// Returns the columns of records of changes. All but those of the record itself are properties of the computer.
pub(crate) fn of_records(format: Format, chosen: Option<&[String]>) -> Vec<Column> {
    let own = match format {
        Format::Table => "outcome,name,previous_name,new_name,_id,id,error",
        Format::Wide => "outcome,name,previous_name,new_name,hostname,ip,status,_id,id,error",
        _ => "outcome,id,_id,name,hostname,ip,status,error",
    };
    // A table has room for a few words.
    let (error, new_name) = match format {
        Format::Table | Format::Wide => ("reason", "new_name"),
        _ => ("error.message", "request.body.name"),
    };
    let optional = |name: &str, path: &str| Column {
        hides_empty: chosen.is_none(),
        ..Column::new(name, path.into())
    };
    columns(own, chosen, |name| match &*name.to_ascii_lowercase() {
        "outcome" => Column {
            fit: Fit::Whole,
            ..Column::new(name, "outcome".into())
        },
        "error" => optional(name, error),
        "previous_name" => optional(name, "previous_name"),
        "new_name" => optional(name, new_name),
        path if path == "request" || path.starts_with("request.") => optional(name, path),
        _ => {
            let column = property(name);
            Column {
                path: column.path.within("computer"),
                // The `id` of a computer is not known before it is reserved.
                hides_empty: chosen.is_none() && name == "id",
                ..column
            }
        }
    })
}

fn columns(own: &str, chosen: Option<&[String]>, column: impl Fn(&str) -> Column) -> Vec<Column> {
    // A heading is the name in another case.
    let in_any_case = |column: Column| Column {
        path: column.path.in_any_case(),
        is_kept: column.fit == Fit::Shorten,
        ..column
    };
    if let Some(names) = chosen {
        return names.iter().map(|name| in_any_case(column(name))).collect();
    }
    // The columns of the format's own choice that say what a row is about stay in the narrowest terminal.
    let own = own.split(',').map(|name| Column {
        is_kept: matches!(
            name,
            "outcome" | "name" | "new_name" | "status" | "error" | "id"
        ),
        ..column(name)
    });
    own.collect()
}

/// Returns the column of a computer's property.
fn property(name: &str) -> Column {
    let column = Column::new(name, wire::property(name));
    match &*name.to_ascii_lowercase() {
        "id" | "_id" => Column {
            fit: Fit::Shorten,
            ..column
        },
        "ip" => Column {
            fit: Fit::Whole,
            ..column
        },
        name if wire::is_state(name) => Column {
            fit: Fit::Whole,
            green: Some(wire::ONLINE),
            ..column
        },
        _ => column,
    }
}
