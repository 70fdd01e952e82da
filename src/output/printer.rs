//! Which format prints rows: the only place that knows them all.

use crate::model::format::Format;
use crate::output::csv::Csv;
use crate::output::describe::Describe;
use crate::output::ids::Ids;
use crate::output::jq::Filtered;
use crate::output::json::{Json, Jsonl};
use crate::output::rows::{RowOptions, Rows};
use crate::output::table::Table;
use crate::output::terminal::Terminal;

impl Terminal {
    /// Starts printing rows in the format asked for.
    pub(crate) fn rows<'terminal>(&'terminal self, view: RowOptions) -> Box<dyn Rows + 'terminal> {
        if let Some(jq) = &self.style().jq {
            return Box::new(Filtered::new(self, jq, &view));
        }
        match self.style().format {
            Format::Table | Format::Wide if view.describe => Box::new(Describe::new(self, view)),
            Format::Table | Format::Wide => Box::new(Table::new(self, view)),
            Format::Json => Box::new(Json::new(self, view.shape)),
            Format::Jsonl => Box::new(Jsonl::new(self)),
            Format::Csv => Box::new(Csv::new(self, view)),
            Format::Id => Box::new(Ids::new(self, &view.id)),
            Format::UnderscoreId => Box::new(Ids::new(self, &view.underscore_id)),
        }
    }
}
