//! A command that changes a file, tried with a mishap at each of its steps.

use std::io::Error;

use crate::steps::Step;
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
    /// What the command does from beginning to end.
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

    /// Proves the order of the steps, and what comes of a mishap at each.
    #[track_caller]
    pub(crate) fn prove(&self) {
        if is_forbidden() {
            return;
        }
        let before = Tree::of(&self.session);
        let whole = self.run(None);
        assert_eq!(whole.code, Some(0), "{}", whole.stderr);
        let wanted: Vec<&str> = self.steps.iter().map(|step| step.line.as_str()).collect();
        assert_eq!(whole.log, wanted, "{:#?}", whole.log);
        let after = Tree::of(&self.session);
        assert!(before != after, "the command changes something");
        assert_eq!(
            after.clone().tidied(),
            (after.clone(), 0),
            "nothing is left lying about"
        );

        let steps: Vec<&Step> = self.steps.iter().filter(|step| step.is_on_disk()).collect();
        let commit = steps
            .iter()
            .position(|step| step.line.starts_with(self.commit))
            .unwrap();
        for (place, step) in steps.iter().enumerate() {
            self.killed(
                place,
                KilledBefore,
                &before,
                if place > commit { &after } else { &before },
                &after,
            );
            self.killed(
                place,
                KilledAfter,
                &before,
                if place >= commit { &after } else { &before },
                &after,
            );
            let errors = if self.is_thorough {
                &ERRORS
            } else {
                &ERRORS[place % ERRORS.len()..][..1]
            };
            for &error in errors {
                let done = step.exit == 0 || place > commit;
                self.refused(place, error, &before, if done { &after } else { &before });
            }
        }
    }

    /// The file is the old one or the new one, whole; nobody else can read it; and the same command again makes it new.
    fn killed(&self, place: usize, mishap: Mishap, before: &Tree, wanted: &Tree, after: &Tree) {
        let told = format!("{mishap:?} at {:?}", self.steps_on_disk(place));
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
    fn refused(&self, place: usize, error: i32, before: &Tree, wanted: &Tree) {
        let step = self
            .steps
            .iter()
            .filter(|step| step.is_on_disk())
            .nth(place)
            .unwrap();
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

    fn steps_on_disk(&self, place: usize) -> &str {
        self.steps
            .iter()
            .filter(|step| step.is_on_disk())
            .nth(place)
            .map_or("", |step| &step.line)
    }
}
