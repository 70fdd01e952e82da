//! The formats of rows, by name.

use crate::model::format::Format;
use crate::output::csv::{AllCsv, Csv};
use crate::output::describe::Describe;
use crate::output::ids::Ids;
use crate::output::jq::Filtered;
use crate::output::json::{Json, Jsonl};
use crate::output::rows::{RowOptions, Rows, Shape};
use crate::output::table::Table;
use crate::output::terminal::Terminal;

impl Terminal {
    /// Starts printing rows as JSON, whatever the format: a row a line if it is `jsonl`, else as one array.
    pub(crate) fn json_rows(&self) -> Box<dyn Rows + '_> {
        match (&self.style().jq, self.style().format) {
            (Some(jq), _) => {
                let options = RowOptions::new(Shape::Many, Vec::new());
                Box::new(Filtered::new(self, jq, &options))
            }
            (None, Format::Jsonl) => Box::new(Jsonl::new(self)),
            (None, _) => Box::new(Json::new(self, Shape::Many)),
        }
    }

    /// Starts printing rows in the format that was chosen.
    pub(crate) fn rows<'terminal>(
        &'terminal self,
        options: RowOptions,
    ) -> Box<dyn Rows + 'terminal> {
        if let Some(jq) = &self.style().jq {
            return Box::new(Filtered::new(self, jq, &options));
        }
        match self.style().format {
            Format::Table | Format::Wide if options.describes => {
                Box::new(Describe::new(self, options))
            }
            Format::Table | Format::Wide => Box::new(Table::new(self, options)),
            // A listing, the only one that has it, prints an inventory itself.
            Format::Json | Format::Ansible => Box::new(Json::new(self, options.shape)),
            Format::Jsonl => Box::new(Jsonl::new(self)),
            Format::Csv if options.all_columns => Box::new(AllCsv::new(self, options)),
            Format::Csv => Box::new(Csv::new(self, options)),
            Format::Id => Box::new(Ids::new(self, "id", options.ids_in)),
            Format::UnderscoreId => Box::new(Ids::new(self, "_id", options.ids_in)),
        }
    }
}
