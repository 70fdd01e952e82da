//! `man`: manual pages.

use std::process::Command;

use crate::support::Session;

#[test]
fn a_page_has_every_section() {
    let page = Session::new().run("man profile use").take_stdout();
    let text: Vec<&str> = page
        .lines()
        .filter(|line| !line.starts_with(['.', '\'']))
        .collect();
    let headings: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix(".SH "))
        .collect();
    assert_eq!(
        headings,
        [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "\"GLOBAL OPTIONS\"",
            "EXAMPLES",
            "\"EXIT STATUS\"",
            "ENVIRONMENT",
            "FILES",
            "\"SEE ALSO\"",
        ]
    );
    assert_eq!(
        text[..3],
        [
            "reemo\\-profile\\-use \\- Make a profile the default one",
            "\\fBreemo profile use [OPTIONS] <NAME>\\fR",
            "Make a profile the default one.",
        ]
    );
    assert!(page.contains("\n.SH EXAMPLES\n.nf\nreemo profile use production\n.fi\n.SH \"EXIT STATUS\"\n.TP\n\\fB0\\fR\nsuccess\n"));
    assert!(page.ends_with(".SH \"SEE ALSO\"\n\\fBreemo\\fR(1), \\fBreemo\\-profile\\fR(1)\n"));
}

#[test]
fn out_writes_a_page_for_each_command() {
    let session = Session::new();
    let folder = session.root().join("pages");
    session
        .run(["man", "--out", folder.to_str().unwrap()])
        .stdout("");
    let entries = std::fs::read_dir(&folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names[..3],
        ["reemo-api.1", "reemo-auth-login.1", "reemo-auth-logout.1"]
    );
    for name in names {
        let words = name.trim_end_matches(".1").replace('-', " ");
        let written = std::fs::read_to_string(folder.join(&name)).unwrap();
        let words = words.trim_start_matches("reemo").trim();
        session.run(&format!("man {words}")).stdout(&*written);
        is_clean(&name, &folder.join(&name));
    }
}

/// Checks a page with mandoc. Without mandoc it is left out, unless `REEMO_TEST_MANDOC` is set.
fn is_clean(name: &str, page: &std::path::Path) {
    let checked = Command::new("mandoc")
        .args(["-T", "lint", "-W", "warning"])
        .arg(page)
        .output();
    match checked {
        Ok(checked) => assert_eq!(String::from_utf8_lossy(&checked.stdout), "", "{name}"),
        Err(error) if std::env::var_os("REEMO_TEST_MANDOC").is_none() => {
            eprintln!("left out, since mandoc can't be run: {error}");
        }
        Err(error) => panic!("mandoc can't be run: {error}"),
    }
}

#[test]
fn wrong_arguments_are_usage_errors() {
    let session = Session::new();
    for (words, told) in [
        (
            "man computers lst",
            "there is no command \"computers lst\"\nhint: reemo man --help",
        ),
        (
            "man --out . computers",
            "the argument '--out <DIR>' cannot be used with '[COMMAND]...'\nhint: reemo man --help",
        ),
    ] {
        session
            .run(&format!("{words} --json"))
            .fails_with("usage", 2, told);
    }
    let file = session.root().join("file");
    std::fs::write(&file, "").unwrap();
    session
        .run(["man", "--out", file.to_str().unwrap()])
        .stderr("error: the folder [HOME]/file can't be created: File exists (os error 17)\nhint: name another folder with --out\n")
        .code(1);
}
