//! A command that changes a file, tried with a mishap at each of its steps.

use std::io::Error;

use crate::steps::{Step, harmless, is_of_journal, is_on_disk};
use crate::support::Session;
use crate::tree::Tree;
use crate::witness::Mishap::{self, Fails, KilledAfter, KilledBefore};
use crate::witness::{Witnessed, is_forbidden, run};

/// What a disk says that can't take any more: ENOSPC, EIO, EDQUOT, EROFS.
const ERRORS: [i32; 4] = [28, 5, 122, 30];

pub(crate) struct Scene {
    pub(crate) session: Session,
    pub(crate) words: String,
    pub(crate) stdin: &'static str,
    /// What is reported where a call fails, for each call that the command makes.
    pub(crate) steps: Vec<Step>,
    /// The step by which the new file takes the place of the old one.
    pub(crate) commit: &'static str,
    /// Whether other users may read the file.
    pub(crate) is_public: bool,
    /// Whether each step fails with each error, and not just with the next one. One scene of each room that writes does.
    pub(crate) is_thorough: bool,
}

impl Scene {
    pub(crate) fn new(
        session: Session,
        words: &str,
        commit: &'static str,
        steps: Vec<Step>,
    ) -> Self {
        Scene {
            session,
            words: words.to_owned(),
            stdin: "",
            steps,
            commit,
            is_public: false,
            is_thorough: false,
        }
    }

    /// Proves what comes of a mishap at each call, and that nothing is renamed or removed before it is safe on the disk.
    #[track_caller]
    pub(crate) fn prove(&self) {
        if is_forbidden() {
            return;
        }
        let before = Tree::of(&self.session);
        let whole = self.run(None);
        assert_eq!(whole.code, Some(0), "{}", whole.stderr);
        self.is_durable(&whole.log);
        let after = Tree::of(&self.session);
        assert!(before != after, "the command changes something");
        assert_eq!(
            after.clone().tidied(),
            (after.clone(), 0),
            "nothing is left lying about"
        );

        let lines: Vec<&String> = whole.log.iter().filter(|line| is_on_disk(line)).collect();
        let commit = lines
            .iter()
            .position(|line| line.starts_with(self.commit))
            .unwrap();
        for (place, line) in lines.iter().enumerate() {
            let step = self.step(line);
            let of = |is_done: bool| if is_done { &after } else { &before };
            self.killed(
                place,
                line,
                KilledBefore,
                [&before, of(place > commit), &after],
            );
            self.killed(
                place,
                line,
                KilledAfter,
                [&before, of(place >= commit), &after],
            );
            let errors = if self.is_thorough {
                &ERRORS
            } else {
                &ERRORS[place % ERRORS.len()..][..1]
            };
            for &error in errors {
                let done = step.exit == 0 || place > commit;
                self.refused(place, &step, error, [&before, of(done)]);
            }
        }
    }

    /// The file is the old one or the new one, whole; nobody else can read it; and the same command again makes it new.
    fn killed(&self, place: usize, line: &str, mishap: Mishap, trees: [&Tree; 3]) {
        let [before, wanted, after] = trees;
        let told = format!("{mishap:?} at {line:?}");
        before.put_back(&self.session);
        let killed = self.run(Some((place + 1, mishap)));
        assert_eq!(
            (killed.code, killed.stdout.as_str()),
            (None, ""),
            "{told}: {}",
            killed.stderr
        );
        let left = Tree::of(&self.session);
        assert!(self.is_public || left.is_private(), "{told}: {left:?}");
        // A drawn name is of use to nobody: such a file stays, and it is this user's alone.
        let drawn = left.drawn();
        let (left, temporary) = left.tidied();
        assert!(temporary <= 1 && left.is_like(wanted), "{told}: {left:?}");

        let again = self.run(None);
        assert_eq!(again.code, Some(0), "{told}, and then: {}", again.stderr);
        let (left, temporary) = Tree::of(&self.session).tidied();
        assert!(left.is_like(after), "{told}, and then: {left:?}");
        assert_eq!(temporary, drawn, "{told}: the next command tidies up");
    }

    /// An error and its exit code are told, the old file stands, and nothing is left beside it.
    fn refused(&self, place: usize, step: &Step, error: i32, [before, wanted]: [&Tree; 2]) {
        let system = Error::from_raw_os_error(error);
        let told = format!("{system} at {:?}", step.line);
        before.put_back(&self.session);
        let refused = self.run(Some((place + 1, Fails(error))));
        assert_eq!(refused.code, Some(step.exit), "{told}: {}", refused.stderr);
        let errors: Vec<&str> = refused
            .stderr
            .lines()
            .filter_map(|line| line.strip_prefix("error: "))
            .collect();
        let wanted_errors = if step.exit == 0 {
            vec![]
        } else {
            vec![step.error.replace("[E]", &system.to_string())]
        };
        assert_eq!(errors, wanted_errors, "{told}");
        assert!(
            step.exit == 0 || refused.stdout.is_empty(),
            "{told}: {}",
            refused.stdout
        );
        let left = Tree::of(&self.session);
        if wanted == before {
            assert_eq!(&left, before, "{told}: every byte is as it was");
        } else {
            assert!(left.is_like(wanted), "{told}: {left:?}");
        }
    }

    fn run(&self, mishap: Option<(usize, Mishap)>) -> Witnessed {
        run(&self.session, &self.words, self.stdin, mishap)
    }

    /// What is reported where the call of this line of the log fails.
    fn step(&self, line: &str) -> Step {
        let step = self.steps.iter().find(|step| step.line == line).cloned();
        let of_journal = || is_of_journal(line).then(|| harmless(line));
        step.or_else(of_journal)
            .unwrap_or_else(|| panic!("nothing says what is reported where {line:?} fails"))
    }

    /// A kill does not show what a power cut would: so a temporary file is synced before it is renamed, and its folder after.
    fn is_durable(&self, log: &[String]) {
        let place = |line: &str| log.iter().position(|other| other.starts_with(line));
        let last = |line: &str| log.iter().rposition(|other| other == line);
        let commit = place(self.commit);
        let (call, path) = self.commit.split_once(' ').unwrap();
        let (folder, _) = path.rsplit_once('/').unwrap();
        assert!(last(&format!("sync {folder}")) > commit, "{log:#?}");
        if call == "rename" {
            let synced = place(&format!("sync {path}"));
            assert!(synced.is_some() && synced < commit, "{log:#?}");
        }
    }
}
