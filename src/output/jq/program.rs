//! A jq expression: compiled once, and run over values.

use std::str::FromStr;

use jaq_core::load::{Arena, File, Loader, import};
use jaq_core::{Compiler, Ctx, Vars};
use jaq_json::Val;

use crate::output::jq::value::Data;
use crate::output::jq::{error, library};

/// A compiled expression.
pub(super) struct Program(jaq_core::Filter<Data>);

impl FromStr for Program {
    type Err = String;

    /// The error says what is wrong and where.
    fn from_str(expression: &str) -> Result<Self, String> {
        let arena = Arena::default();
        let file = File {
            code: expression,
            path: (),
        };
        let modules = Loader::new(library::definitions())
            .load(&arena, file)
            .map_err(|wrong| error::load(expression, wrong))?;
        import(&modules, |_| Err("nothing can be imported here".to_owned()))
            .map_err(|wrong| error::load(expression, wrong))?;
        let compiler = Compiler::default().with_funs(library::functions());
        let filter = compiler
            .compile(modules)
            .map_err(|wrong| error::compile(expression, wrong))?;
        Ok(Self(filter))
    }
}

impl Program {
    /// Passes each result to `each` in turn. The error is that of the filter or of `each`.
    pub(super) fn run(
        &self,
        input: Val,
        each: &mut dyn FnMut(Val) -> Result<(), String>,
    ) -> Result<(), String> {
        let context = Ctx::<Data>::new(&self.0.lut, Vars::new([]));
        for result in self.0.id.run((context, input)) {
            each(result.map_err(error::run)?)?;
        }
        Ok(())
    }
}
