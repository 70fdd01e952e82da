//! `completions`: each shell's script is the committed one.

use std::path::Path;

use crate::support::Session;

const SHELLS: [(&str, &str); 5] = [
    ("bash", "reemo.bash"),
    ("zsh", "_reemo"),
    ("fish", "reemo.fish"),
    ("powershell", "_reemo.ps1"),
    ("elvish", "reemo.elv"),
];

#[test]
fn the_committed_scripts_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    let mut stale = Vec::new();
    for (shell, file) in SHELLS {
        let printed = Session::new().run(["completions", shell]).take_stdout();
        let committed = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
        if printed != committed {
            stale.push(format!(
                "cargo run --quiet -- completions {shell} > completions/{file}"
            ));
        }
    }
    assert!(
        stale.is_empty(),
        "the definitions have changed since; make the scripts anew:\n{}",
        stale.join("\n")
    );
}

#[test]
fn no_config_and_no_key_is_needed() {
    let session = Session::new().config("default_profile = \n");
    assert!(
        session
            .run("completions bash")
            .take_stdout()
            .contains("_reemo()")
    );
    assert_eq!(
        session.run("completions bash --json").take_stdout(),
        session.run("completions bash").take_stdout()
    );
}

#[test]
fn an_unknown_shell_is_a_usage_error() {
    Session::new().run("completions tcsh --json").fails_with(
        "usage",
        2,
        "invalid value 'tcsh' for '<SHELL>'\n\
             - possible values: bash, elvish, fish, powershell, zsh\n\
             hint: did you mean zsh? see: reemo completions --help",
    );
}

/// Where bash is there, it takes its script and completes from it.
#[cfg(unix)]
#[test]
fn bash_completes_from_its_script() {
    let session = Session::new();
    let script = session.run("completions bash").take_stdout();
    let session = session.file("reemo.bash", &script);
    let ask = ". ./reemo.bash; COMP_WORDS=(reemo computers re); COMP_CWORD=2; _reemo reemo re computers; \
               printf '%s\\n' \"${COMPREPLY[@]}\"";
    let bash = std::process::Command::new("bash")
        .args(["-c", ask])
        .current_dir(session.path(""))
        .output();
    let Ok(output) = bash else {
        eprintln!("skipped: there is no bash here");
        return;
    };
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "reserve\nrename\n",
        "{output:?}"
    );
}
