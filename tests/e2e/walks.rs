//! Whatever goes wrong in the middle of a listing, one worker and sixteen tell the same: the same rows, the same exit code,
//! never a part of a `json` array, and never fewer rows without an error.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::thread;

use crate::support::http::Request;
use crate::support::{Fault, Peer, Row, Session, compact, id, lines, pretty};

const SEEDS: u64 = 72;
/// Seeds are tried side by side: most of the time they wait.
const AT_ONCE: u8 = 6;

/// What an API says about the whole beside a page.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hint {
    Nothing,
    Total,
    TotalHeader,
    Pages,
    More,
    Link,
}

/// What goes wrong, at a page in the middle.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mischief {
    Nothing,
    /// The page fails, and not when it is asked for again.
    FailsOnce,
    FailsForGood,
    /// From this page on the total is wrong by so many.
    Lies(i64),
    /// The page is the one before it again.
    Repeats,
    /// The page is empty.
    Hole,
    /// From this page on a row more stands in front: the last row of the page before comes again.
    MovesBack,
    /// From this page on a row less stands in front: one is between the pages.
    MovesUp,
}

/// An API, and what goes wrong at it.
#[derive(Clone, Debug)]
struct Story {
    #[expect(dead_code, reason = "a test that fails tells it")]
    seed: u64,
    count: usize,
    /// The largest page it gives.
    cap: usize,
    hint: Hint,
    mischief: Mischief,
    /// The page that it befalls, from 1: neither the first nor the last.
    at: usize,
    /// How a page fails.
    failure: usize,
}

/// A generator of numbers, the same from the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

impl Story {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let all = [
            Mischief::Nothing,
            Mischief::FailsOnce,
            Mischief::FailsForGood,
            Mischief::Lies(dice.one(&[-30, -1, 1, 7])),
            Mischief::Repeats,
            Mischief::Hole,
            Mischief::MovesBack,
            Mischief::MovesUp,
        ];
        // Each in its turn, so that none is left out by chance.
        let mischief = all[usize::try_from(seed).unwrap() % all.len()];
        let totals = [Hint::Total, Hint::TotalHeader];
        let hint = match mischief {
            // No one can tell that a row is missing where nothing speaks of it.
            Mischief::Lies(_) | Mischief::MovesUp => dice.one(&totals),
            _ => dice.one(&[
                Hint::Nothing,
                Hint::Total,
                Hint::TotalHeader,
                Hint::Pages,
                Hint::More,
                Hint::Link,
            ]),
        };
        let cap = 3 + dice.below(28);
        let pages = 4 + dice.below(12);
        let count = (pages - 1) * cap + 1 + dice.below(cap);
        Story {
            seed,
            count,
            cap,
            hint,
            mischief,
            at: 2 + dice.below(pages - 2),
            failure: dice.below(6),
        }
    }

    fn rows(&self) -> Vec<Row> {
        (1..=self.count)
            .map(|n| Row::new(n, &format!("pc-{n}"), "OFFLINE").raw("n", &format!("{n}.50")))
            .collect()
    }

    /// The rows of a page, as the API gives them, by their places.
    fn page(&self, page: usize, size: usize) -> Vec<usize> {
        let (from, befallen) = ((page - 1) * size, page >= self.at);
        let first = match self.mischief {
            Mischief::Hole if page == self.at => return Vec::new(),
            Mischief::Repeats if page == self.at => from - size,
            Mischief::MovesBack if befallen => from - 1,
            Mischief::MovesUp if befallen => from + 1,
            _ => from,
        };
        (first..self.count.min(first + size)).collect()
    }

    /// The rows that a walk sees before the first page that fails for good, each once.
    fn served(&self) -> Vec<usize> {
        let mut seen = HashSet::new();
        let ends = if self.mischief == Mischief::FailsForGood {
            self.at
        } else {
            self.count + 2
        };
        (1..ends)
            .flat_map(|page| self.page(page, self.cap))
            .filter(|place| seen.insert(*place))
            .collect()
    }

    fn answer(&self, rows: &[Row], request: &Request) -> Fault {
        let query: HashMap<String, String> = request.query().into_iter().collect();
        let page: usize = query["page"].parse().unwrap();
        let size = query["limit"].parse::<usize>().unwrap().min(self.cap);
        let shown: Vec<String> = self
            .page(page, size)
            .into_iter()
            .map(|place| rows[place].json())
            .collect();
        let lie = if let Mischief::Lies(by) = self.mischief {
            by
        } else {
            0
        };
        let total = i64::try_from(self.count).unwrap() + if page >= self.at { lie } else { 0 };
        let more = page * size < self.count;
        let (mut headers, mut beside) = (
            "Content-Type: application/json\r\n".to_owned(),
            String::new(),
        );
        match self.hint {
            Hint::Nothing => {}
            Hint::Total => beside = format!(",\"page\":{page},\"limit\":{size},\"total\":{total}"),
            Hint::TotalHeader => headers += &format!("X-Total-Count: {total}\r\n"),
            Hint::Pages => beside = format!(",\"total_pages\":{}", self.count.div_ceil(size)),
            Hint::More => beside = format!(",\"has_more\":{more}"),
            Hint::Link if more => {
                headers += &format!(
                    "Link: </v1/computers?page={}&limit={size}>; rel=\"next\"\r\n",
                    page + 1
                );
            }
            Hint::Link => headers += "Link: </v1/computers?page=1>; rel=\"first\"\r\n",
        }
        Fault::instead(
            200,
            &headers,
            &format!("{{\"computers\":[{}]{beside}}}", shown.join(",")),
        )
    }

    fn failure(&self) -> Fault {
        match self.failure {
            0 => Fault::answer(500, "text/plain", "no"),
            1 => Fault::instead(503, "Retry-After: 0\r\n", r#"{"error":"down"}"#),
            2 => Fault::instead(429, "Retry-After: 0\r\n", r#"{"error":"slow"}"#),
            3 => Fault::cut("{\"computers\":[{\"id\":\""),
            4 => Fault::Raw(Vec::new()),
            _ => Fault::instead(504, "", ""),
        }
    }

    fn peer(&self) -> Peer {
        let peer = Peer::with(Vec::new());
        let (story, rows, failed) = (self.clone(), self.rows(), Mutex::new(false));
        peer.mishap(move |request, _| {
            let befallen = request
                .query()
                .contains(&("page".to_owned(), story.at.to_string()));
            let fails = match story.mischief {
                Mischief::FailsOnce if befallen => {
                    !std::mem::replace(&mut *failed.lock().unwrap(), true)
                }
                Mischief::FailsForGood => befallen,
                _ => false,
            };
            Some(if fails {
                story.failure()
            } else {
                story.answer(&rows, request)
            })
        });
        peer
    }

    /// What a listing printed, and its exit code.
    fn told(&self, format: &str, workers: usize) -> (String, i32) {
        let peer = self.peer();
        let words = format!("computers list -o {format} --retries 1 --concurrency {workers}");
        let mut outcome = Session::with(&peer).run(&words);
        let (printed, said) = (outcome.take_stdout(), outcome.take_stderr());
        let code = outcome.exit_code();
        outcome.ends(code);
        assert_eq!(
            code != 0,
            said.lines()
                .any(|line| line.contains("error:") || line.starts_with("{\"error\"")),
            "{self:?}: {said}"
        );
        (printed, code)
    }

    fn check(&self) {
        let (json, code) = self.told("json", 1);
        let rows = self.rows();
        let all = format!(
            "[{}]",
            rows.iter().map(Row::json).collect::<Vec<_>>().join(",")
        );
        assert_eq!(
            json,
            if code == 0 {
                pretty(&all) + "\n"
            } else {
                String::new()
            },
            "{self:?}: a part of it, or too much"
        );
        match self.mischief {
            Mischief::Nothing | Mischief::FailsOnce => assert_eq!(code, 0, "{self:?}"),
            Mischief::FailsForGood
            | Mischief::Lies(_)
            | Mischief::Repeats
            | Mischief::Hole
            | Mischief::MovesUp => {
                assert!(matches!(code, 6 | 7), "{self:?}: {code}");
            }
            // Each row came, and where a total says so, that is known.
            Mischief::MovesBack => assert!(matches!(code, 0 | 7), "{self:?}: {code}"),
        }
        let served: String = self
            .served()
            .iter()
            .map(|place| compact(&rows[*place].json()) + "\n")
            .collect();
        let (jsonl, of_jsonl) = self.told("jsonl", 1);
        assert_eq!(of_jsonl, code, "{self:?}");
        assert!(
            served.starts_with(&jsonl),
            "{self:?}: wrong rows, or a wrong order\n{jsonl}"
        );
        assert!(code != 0 || jsonl == served, "{self:?}: rows are missing");
        assert_eq!(
            (json, code),
            self.told("json", 16),
            "{self:?}: json of sixteen"
        );
        assert_eq!(
            (jsonl, code),
            self.told("jsonl", 16),
            "{self:?}: jsonl of sixteen"
        );
    }
}

#[test]
fn one_worker_and_sixteen_tell_the_same() {
    thread::scope(|scope| {
        let of = |first: u64| {
            move || {
                (first..SEEDS)
                    .step_by(usize::from(AT_ONCE))
                    .for_each(|seed| Story::new(seed).check());
            }
        };
        let runs: Vec<_> = (0..AT_ONCE)
            .map(|first| scope.spawn(of(first.into())))
            .collect();
        for run in runs {
            if let Err(panic) = run.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
}

/// A computer is reserved while the fleet is read: page 3 is answered after that, later than the pages behind it. A total
/// that changes proves nothing, even where the rows are as many in the end; but it is not said that computers went away.
#[test]
fn a_growing_fleet_is_not_reported_as_shrinking() {
    let rows: Vec<Row> = (1..=95)
        .map(|n| Row::new(n, &format!("pc-{n}"), "OFFLINE"))
        .collect();
    let peer = Peer::with(Vec::new());
    peer.mishap(move |request, _| {
        let query: HashMap<String, String> = request.query().into_iter().collect();
        let page: usize = query["page"].parse().unwrap();
        let total = if page == 3 || page >= 10 { 95 } else { 94 };
        let shown: Vec<String> = rows[..total]
            .iter()
            .skip((page - 1) * 10)
            .take(10)
            .map(Row::json)
            .collect();
        let body = format!(
            "{{\"computers\":[{}],\"page\":{page},\"limit\":10,\"total\":{total}}}",
            shown.join(",")
        );
        Some(Fault::instead(
            200,
            "Content-Type: application/json\r\n",
            &body,
        ))
    });
    let told = "error: the listing may be incomplete: the API's total changed from 94 computers to 95\n  \
                GET [API]/computers?page=10&limit=1000\n  status: 200\n  seen: 95 computers in 10 pages\n\
                hint: computers may have been added or removed meanwhile; try again\n";
    let all = lines(&(1..=95).map(id).collect::<Vec<_>>());
    Session::with(&peer)
        .run("computers list -o id")
        .stdout(all)
        .stderr(told)
        .code(7);
}
