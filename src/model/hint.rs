//! What to try next after an error: text, with commands in it.
//!
//! A command is kept as its words until it is rendered. Only then is it known which profile it is for, and only words can
//! be quoted for a shell: a finished sentence can't be taken apart again.

use std::borrow::Cow;

/// Text and commands, in the order in which they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hint(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(Cow<'static, str>),
    Command(CommandLine),
}

impl Hint {
    /// Starts a hint with text.
    pub(crate) fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self::default().text(text)
    }

    /// Adds text as it is, spaces included.
    #[must_use]
    pub(crate) fn text(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.0.push(Part::Text(text.into()));
        self
    }

    /// Adds a command.
    #[must_use]
    pub(crate) fn command(mut self, command: CommandLine) -> Self {
        self.0.push(Part::Command(command));
        self
    }

    /// Returns the hint as one line. `profile` is the one that was chosen for this run by a flag or a variable: every
    /// command that belongs to a profile names it, so that a pasted command acts where the failed one did.
    pub(crate) fn render(&self, profile: Option<&str>) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => Cow::Borrowed(&**text),
                Part::Command(command) => Cow::Owned(command.render(profile)),
            })
            .collect()
    }
}

impl From<&'static str> for Hint {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Hint {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<CommandLine> for Hint {
    fn from(command: CommandLine) -> Self {
        Self::default().command(command)
    }
}

/// A command of this program, which can be pasted into a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommandLine {
    profile: ProfileFlag,
    words: Vec<Cow<'static, str>>,
}

/// Which profile a command names.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ProfileFlag {
    /// The one that was chosen for this run, if any was.
    Chosen,
    /// This one, whatever was chosen.
    Fixed(String),
    /// None: the command is the same in all profiles.
    Omitted,
}

impl CommandLine {
    /// Starts a command for the chosen profile. `words` are separated by spaces: `computers list`.
    pub(crate) fn reemo(words: &'static str) -> Self {
        Self {
            profile: ProfileFlag::Chosen,
            words: words.split_whitespace().map(Cow::Borrowed).collect(),
        }
    }

    /// Adds one word, whatever characters it has.
    #[must_use]
    pub(crate) fn arg(mut self, word: impl Into<Cow<'static, str>>) -> Self {
        self.words.push(word.into());
        self
    }

    /// Names this profile, whichever one was chosen.
    #[must_use]
    pub(crate) fn in_profile(mut self, name: impl Into<String>) -> Self {
        self.profile = ProfileFlag::Fixed(name.into());
        self
    }

    /// Names no profile.
    #[must_use]
    pub(crate) fn in_any_profile(mut self) -> Self {
        self.profile = ProfileFlag::Omitted;
        self
    }

    fn render(&self, chosen: Option<&str>) -> String {
        let profile = match &self.profile {
            ProfileFlag::Chosen => chosen,
            ProfileFlag::Fixed(name) => Some(name.as_str()),
            ProfileFlag::Omitted => None,
        };
        let flag = profile.into_iter().flat_map(|name| ["--profile", name]);
        let words = self.words.iter().map(|word| &**word);
        let mut line = "reemo".to_owned();
        for word in flag.chain(words) {
            line.push(' ');
            line.push_str(&shell_quote(word));
        }
        line
    }
}

/// Quotes a word for a POSIX shell if necessary.
#[cfg(not(windows))]
fn shell_quote(word: &str) -> Cow<'_, str> {
    // Fails only on a NUL, which can't be in an argument.
    shlex::try_quote(word).unwrap_or(Cow::Borrowed(word))
}

/// Quotes a word for PowerShell if necessary. Between single quotes, only these are special.
#[cfg(windows)]
fn shell_quote(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./\\:=+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(format!("'{}'", word.replace('\'', "''")))
    }
}

#[cfg(test)]
mod tests {
    use super::{CommandLine, Hint};

    #[test]
    fn commands_name_the_chosen_profile_and_text_is_left_alone() {
        let hint = Hint::new("did you mean reemo kiosk? see ")
            .command(CommandLine::reemo("computers list"))
            .text("; to try: ")
            .command(CommandLine::reemo("computers list").in_profile("sandbox"))
            .text(", ")
            .command(CommandLine::reemo("computers list --help").in_any_profile());
        assert_eq!(
            hint.render(Some("corp")),
            "did you mean reemo kiosk? see reemo --profile corp computers list; to try: reemo --profile sandbox \
             computers list, reemo computers list --help"
        );
        assert_eq!(
            hint.render(None),
            "did you mean reemo kiosk? see reemo computers list; to try: reemo --profile sandbox computers list, \
             reemo computers list --help"
        );
    }

    #[cfg(not(windows))]
    #[test]
    fn words_are_quoted_where_a_shell_would_read_them_otherwise() {
        for (word, expected) in [
            ("id:3f2504e0-4f89-41d3-9a0c-0305e82c3301", None),
            ("https://api.example.com/v1", None),
            ("two words", Some("'two words'")),
            ("$(id)", Some("'$(id)'")),
            ("`id`", Some("'`id`'")),
            ("it's", Some("\"it's\"")),
            ("~", Some("'~'")),
            ("a;b", Some("'a;b'")),
            ("", Some("''")),
        ] {
            let rendered = Hint::from(CommandLine::reemo("computers get").arg(word)).render(None);
            assert_eq!(
                rendered,
                format!("reemo computers get {}", expected.unwrap_or(word))
            );
            let read_back = shlex::split(&rendered).unwrap();
            assert_eq!(read_back, ["reemo", "computers", "get", word]);
        }
        let in_odd_profile = CommandLine::reemo("auth login").in_profile("a b");
        assert_eq!(
            Hint::from(in_odd_profile).render(None),
            "reemo --profile 'a b' auth login"
        );
    }
}
