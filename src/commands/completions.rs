//! `completions <SHELL>`: generated from the same tree that parses the command line.

use clap_complete::Shell;

use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo completions bash > ~/.local/share/bash-completion/completions/reemo
  reemo completions zsh > ~/.zfunc/_reemo
  reemo completions fish > ~/.config/fish/completions/reemo.fish")]
pub(crate) struct Args {
    /// bash, zsh, fish, powershell or elvish
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

pub(super) fn run(
    args: &Args,
    context: &Context,
    tree: fn() -> clap::Command,
) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut tree(), "reemo", &mut script);
    Ok(context.terminal.data(&script)?)
}
