//! All files of a session at one moment: to be put back, and to be compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::Session;
use crate::support::files::{chmod, mode};
use crate::witness::is_drawn;

/// Each file by its path below the session's folder: its mode and its bytes. Locks say nothing and are left out, and so is the
/// journal of changes, which is written whatever becomes of the other files.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tree(BTreeMap<String, (u32, Vec<u8>)>);

impl Tree {
    pub(crate) fn of(session: &Session) -> Self {
        let mut tree = Tree::default();
        tree.collect(session.root(), "");
        tree
    }

    fn collect(&mut self, folder: &Path, below: &str) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                self.collect(&path, &format!("{name}/"));
            } else if path.extension() != Some("lock".as_ref())
                && path.file_name() != Some("journal.jsonl".as_ref())
            {
                self.0.insert(name, (mode(&path), fs::read(&path).unwrap()));
            }
        }
    }

    /// Makes the session's files these and no others.
    pub(crate) fn put_back(&self, session: &Session) {
        for folder in ["config", "state", "work"].map(|name| session.root().join(name)) {
            fs::remove_dir_all(&folder).unwrap();
            fs::create_dir(&folder).unwrap();
        }
        for (name, (mode, bytes)) in &self.0 {
            let path = session.root().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            chmod(&path, *mode);
        }
    }

    /// The tree without temporary files, and how many there were.
    pub(crate) fn tidied(mut self) -> (Self, usize) {
        let all = self.0.len();
        self.0.retain(|name, _| !name.ends_with(".tmp"));
        let temporary = all - self.0.len();
        (self, temporary)
    }

    /// The temporary files whose names nobody knows, so that nobody can remove them later.
    pub(crate) fn drawn(&self) -> usize {
        self.0
            .keys()
            .filter(|name| name.rsplit('/').next().is_some_and(is_drawn))
            .count()
    }

    /// The same files with the same lengths and words; ids and times, which no two runs share, may differ.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let like = |bytes: &[u8]| {
            bytes
                .iter()
                .map(|byte| {
                    if byte.is_ascii_hexdigit() {
                        b'0'
                    } else {
                        *byte
                    }
                })
                .collect::<Vec<_>>()
        };
        let shape = |tree: &Self| {
            tree.0
                .iter()
                .map(|(name, (mode, bytes))| (name.clone(), *mode, like(bytes)))
                .collect::<Vec<_>>()
        };
        shape(self) == shape(other)
    }

    /// Whether no other user can read any of the files.
    pub(crate) fn is_private(&self) -> bool {
        self.0.values().all(|(mode, _)| mode & 0o077 == 0)
    }
}
