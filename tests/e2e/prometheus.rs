//! The recipe of docs/fleet.md that exports metrics to Prometheus.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::{Session, lines};

/// Runs the recipe as it is on the page, and checks what it writes with promtool where there is one.
#[test]
fn the_recipe_writes_valid_metrics() {
    let page = include_str!("../../docs/fleet.md");
    let (_, section) = page.split_once("\n## Prometheus\n").unwrap();
    let recipe = section
        .lines()
        .find_map(|line| line.strip_prefix("reemo computers count "))
        .unwrap();
    let words = recipe.strip_suffix(" > reemo.prom").unwrap();
    let metrics = lines(&[
        "# HELP reemo_computers Computers by state.",
        "# TYPE reemo_computers gauge",
        "reemo_computers{status=\"OFFLINE\"} 8",
        "reemo_computers{status=\"ONLINE\"} 17",
    ]);
    let script = format!("\"$1\" computers count {words}");
    Session::sandbox().run_shell(&script, "").stdout(&*metrics);
    let promtool = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut promtool) = promtool else {
        eprintln!("promtool can't be run, so the metrics are compared alone");
        return;
    };
    let mut input = promtool.stdin.take().unwrap();
    input.write_all(metrics.as_bytes()).unwrap();
    drop(input);
    let checked = promtool.wait_with_output().unwrap();
    assert!(checked.status.success(), "{checked:?}");
}
