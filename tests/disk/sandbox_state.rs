//! The sandbox's state: changed through its API, and by the machines that are played.

use crate::scene::Scene;
use crate::steps::{Step, harmless, step};
use crate::support::{Session, uid};

/// The temporary file.
const TEMP: &str = ".reemo-computers-25.json.tmp";
const FOLDER: &str = "state/reemo/sandbox";
const COMMIT: &str = "rename state/reemo/sandbox/.reemo-computers-25.json.tmp";

/// How a command of the sandbox tells it, and how the API's client does.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    Here,
    ByTheApi,
}

impl Told {
    fn step(self, line: &str, error: &str) -> Step {
        let put = |text: &str, home: &str| {
            text.replace("[STATE]", &format!("{home}{FOLDER}/computers-25"))
                .replace("[TEMP]", &format!("{home}{FOLDER}/{TEMP}"))
        };
        let (line, error) = (put(line, ""), put(error, "[HOME]/"));
        match self {
            Told::Here => step(&line, 1, &error),
            Told::ByTheApi => step(&line, 7, &format!("the API failed: {error}")),
        }
    }

    fn steps(self, lines: &[&str], error: &str) -> Vec<Step> {
        lines.iter().map(|line| self.step(line, error)).collect()
    }

    /// The change is made, but may not last. Read back through the API, it is there.
    fn not_durable(self, done: &str) -> Vec<Step> {
        let lines = [format!("open {FOLDER}"), format!("sync {FOLDER}")];
        let error = format!("[STATE].json is {done}, but a power cut could undo that: [E]");
        let step = |line: &String| match self {
            Told::Here => self.step(line, &error),
            Told::ByTheApi => harmless(line),
        };
        lines.iter().map(step).collect()
    }

    fn locked(self) -> Vec<Step> {
        self.steps(
            &["open [STATE].lock", "lock [STATE].lock"],
            "the lock [STATE].lock can't be taken: [E]",
        )
    }

    fn read(self) -> Step {
        let error = "the sandbox state [STATE].json can't be read: [E]";
        self.step("open [STATE].json", error)
    }

    /// Everything between the lock and the answer.
    fn changed(self, reads: bool) -> Vec<Step> {
        let mut steps = self.locked();
        steps.extend(reads.then(|| self.read()));
        steps.push(self.step("remove [TEMP]", "[TEMP] can't be removed: [E]"));
        let lines = [
            "create [TEMP]",
            "write [TEMP]",
            "mode [TEMP]",
            "sync [TEMP]",
            "rename [TEMP] to [STATE].json",
        ];
        steps.extend(self.steps(&lines, "[STATE].json can't be written: [E]"));
        steps.extend(self.not_durable("written"));
        steps
    }
}

/// A fleet in which one `_id` is reserved, and the `id` of that computer.
fn reserved() -> (Session, String) {
    let session = Session::sandbox();
    let words = format!("computers reserve {} --name kiosk -q -o id", uid(1));
    let id = session.run(words.as_str()).take_stdout();
    (session, format!("id:{}", id.trim_end()))
}

/// A command that reads the computer by its id, once, and then changes it.
fn found_and_changed(words: impl FnOnce(&str) -> String) {
    let (session, computer) = reserved();
    let mut steps = vec![Told::ByTheApi.read()];
    steps.extend(Told::ByTheApi.changed(false));
    let words = format!("{} --retries 0", words(&computer));
    Scene::new(session, &words, COMMIT, steps).prove();
}

#[test]
fn reserve() {
    let steps = Told::ByTheApi.changed(true);
    let words = format!("computers reserve {} --ensure --retries 0", uid(2));
    Scene::new(reserved().0, &words, COMMIT, steps).prove();
}

#[test]
fn the_first_change() {
    let cannot = format!("the folder [HOME]/{FOLDER} can't be created: [E]");
    let lines = [
        &format!("folder {FOLDER}"),
        "folder state/reemo",
        &format!("folder {FOLDER}"),
        "open state/reemo",
        "sync state/reemo",
        "open state",
        "sync state",
    ];
    let mut steps = Told::ByTheApi.steps(&lines, &cannot);
    steps.extend(Told::ByTheApi.changed(false));
    let words = format!("computers reserve {} --ensure --retries 0", uid(2));
    Scene::new(Session::sandbox(), &words, COMMIT, steps).prove();
}

#[test]
fn rename() {
    found_and_changed(|computer| format!("computers rename {computer} accueil"));
}

#[test]
fn delete() {
    found_and_changed(|computer| format!("computers delete {computer} --yes --ignore-missing"));
}

#[test]
fn register() {
    let steps = Told::Here.changed(true);
    let words = format!("sandbox register {}", uid(1));
    Scene {
        is_thorough: true,
        ..Scene::new(reserved().0, &words, COMMIT, steps)
    }
    .prove();
}

#[test]
fn reset() {
    let mut steps = Told::Here.locked();
    for path in ["[TEMP]", "[STATE].json"] {
        let error = format!("{path} can't be removed: [E]");
        steps.push(Told::Here.step(&format!("remove {path}"), &error));
    }
    steps.extend(Told::Here.not_durable("removed"));
    Scene::new(
        reserved().0,
        "sandbox reset",
        "remove state/reemo/sandbox/computers-25.json",
        steps,
    )
    .prove();
}
