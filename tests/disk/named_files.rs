//! Files that the user names: `--id-file` and `--out`.

use crate::scene::Scene;
use crate::steps::{Step, step, whole};
use crate::support::{Peer, Row, Session, id, uid};

const COMMIT: &str = "rename work/.reemo-*.tmp";

#[test]
fn id_file() {
    let peer = Peer::start();
    let session = Session::with(&peer).file("_id", &uid(8));
    let words = format!(
        "computers reserve {} --ensure --force --id-file {}",
        uid(9),
        session.path("_id").display()
    );
    let mut steps = vec![step(
        "open work/_id",
        1,
        "[HOME]/work/_id can't be read: [E]",
    )];
    steps.extend(whole("work/_id", ".reemo-*.tmp"));
    Scene {
        is_public: true,
        ..Scene::new(session, &words, COMMIT, steps)
    }
    .prove();
}

#[test]
fn out() {
    let peer = Peer::with(vec![Row::new(1, "atelier", "ONLINE")]);
    let session = Session::with(&peer).file("computer.json", "{\"token\":\"of yesterday\"}\n");
    let words = format!(
        "computers connect id:{} --out {}",
        id(1),
        session.path("computer.json").display()
    );
    let steps: Vec<Step> = whole("work/computer.json", ".reemo-*.tmp");
    Scene {
        is_thorough: true,
        ..Scene::new(session, &words, COMMIT, steps)
    }
    .prove();
}
