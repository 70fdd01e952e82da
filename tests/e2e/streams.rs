//! Standard input, output and error that are not as usual: a reader that went away, a closed stream, a terminal.

use crate::support::fleet::large;
use crate::support::{Peer, Session, id, lines, uid};

#[cfg(unix)]
#[test]
fn a_reader_that_went_away_is_quiet() {
    let peer = Peer::with(large(250));
    let session = Session::with(&peer);
    let script = r#"{ "$@"; echo "exit $?" >&2; } | head -n 1"#;
    session
        .run_shell(script, "computers list -o id")
        .stdout(lines(&[id(1)]))
        .stderr("exit 0\n");
    for format in ["table", "wide", "json", "jsonl", "csv"] {
        let script = r#"{ sleep 0.05; "$@"; echo "exit $?" >&2; } | :"#;
        session
            .run_shell(script, ["computers", "list", "-o", format])
            .stderr("exit 0\n");
    }
    session
        .run_shell(r#"{ sleep 0.05; "$@"; echo "exit $?" >&2; } | :"#, "--help")
        .stderr("exit 0\n");
}

/// The reader of a change's record may go; the change is made all the same.
#[cfg(unix)]
#[test]
fn a_change_whose_reader_went_away_is_finished() {
    let peer = Peer::start();
    let script = r#"{ sleep 0.05; "$@"; echo "exit $?" >&2; } | :"#;
    let words = [
        "computers",
        "reserve",
        &uid(70),
        &uid(71),
        &uid(72),
        "-o",
        "jsonl",
    ];
    Session::with(&peer)
        .run_shell(script, words)
        .stderr("exit 0\n");
    assert_eq!(peer.changes().len(), 3);
}

#[cfg(unix)]
#[test]
fn a_closed_standard_input_harms_nothing() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let closed = r#""$@" <&-"#;
    session
        .run_shell(closed, "computers list -o id --limit 1")
        .stdout(lines(&[id(1)]));
    session
        .run_shell(closed, ["computers", "delete", &id(1), "--json"])
        .fails_with(
            "not_confirmed",
            5,
            "deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question",
        );
    session.run_shell(closed, "auth login --json").fails_with(
        "no_credentials",
        3,
        "there is no terminal on which to ask for the key\n\
             hint: pass it on standard input: reemo auth login --secret-key-stdin",
    );
    session
        .run_shell(closed, "auth login --secret-key-stdin --json")
        .fails_with("no_credentials", 3, "the secret key from standard input is empty\n\
             hint: reemo auth login; to try without an account: reemo --profile sandbox computers list");
    assert_eq!(peer.changes(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_closed_standard_error_harms_nothing() {
    let session = Session::with(&Peer::start());
    session
        .run_shell(r#""$@" 2>&-"#, "computers list --nope")
        .code(2);
}

#[cfg(target_os = "linux")]
mod at_a_terminal {
    use crate::support::terminal::Terminal;
    use crate::support::{KEY, Peer, Row, Session, id, uid};

    /// What these words show at a terminal of so many columns.
    fn shown(session: &Session, columns: u16, words: &str) -> String {
        let mut terminal = Terminal::new(columns);
        let child = terminal.start(&session.command(words));
        let (shown, code) = terminal.ends(child);
        assert_eq!(code, Some(0), "{shown}");
        session.told(&shown)
    }

    /// The text without colours.
    fn plain(text: &str) -> String {
        let mut pieces = text.split("\u{1b}[");
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |plain, piece| {
            plain + piece.split_once('m').map_or(piece, |(_, text)| text)
        })
    }

    #[test]
    fn a_wide_terminal_shows_the_whole_table() {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let table = shown(&session, 200, "computers list --color never");
        assert_eq!(table, crate::computers_list_formats::TABLE);
        let coloured = shown(&session, 200, "computers list");
        assert!(coloured.contains("\u{1b}["), "{coloured:?}");
        let trimmed: String = plain(&coloured)
            .lines()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect();
        assert_eq!(trimmed, crate::computers_list_formats::TABLE);
    }

    #[test]
    fn a_narrow_terminal_shows_every_id_and_names_hidden_columns_below() {
        let peer = Peer::start();
        let session = Session::with(&peer);
        assert_eq!(
            shown(&session, 40, "computers list --color never"),
            "NAME        STATUS   ID\n\
             atelier-01  OFFLINE  00000001\n\
             atelier-02  ONLINE   00000002\n\
             double      OFFLINE  00000003\n\
             double      OFFLINE  00000004\n\
             Été ☀       ONLINE   00000005\n\
             reserved    OFFLINE  00000006\n\
             note: the terminal is too narrow for\n\
             \x20 HOSTNAME and IP; choose columns with\n\
             \x20 --columns, or print -o csv\n"
        );
        assert_eq!(
            shown(&session, 60, "computers list --color never --limit 2"),
            "NAME        HOSTNAME    IP        STATUS   ID\n\
             atelier-01  ATELIER-01  10.0.0.1  OFFLINE  00000001\n\
             atelier-02  ATELIER-02  10.0.0.2  ONLINE   00000002\n"
        );
        assert_eq!(
            shown(
                &session,
                40,
                "computers list --color never --columns hostname,_id,id --filter ip=10.0.0.1"
            ),
            "HOSTNAME    _ID       ID\n\
             ATELIER-01  00000001  00000001\n"
        );
        assert_eq!(
            shown(
                &session,
                50,
                "computers list --color never --columns hostname,id --filter ip=10.0.0.1"
            ),
            "HOSTNAME    ID\n\
             ATELIER-01  00000001-1111-4111-8111-1d1d1d1d1d1d\n"
        );
    }

    /// What these words show at a terminal of so many columns, and the exit code.
    fn shown_with_code(session: &Session, columns: u16, words: &str) -> (String, Option<i32>) {
        let mut terminal = Terminal::new(columns);
        let child = terminal.start(&session.command(words));
        let (shown, code) = terminal.ends(child);
        (session.told(&shown), code)
    }

    #[test]
    fn records_keep_an_id_and_a_short_reason_at_40_columns() {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let words = format!(
            "computers delete {} {} --yes --color never -q",
            id(1),
            id(5)
        );
        let (table, code) = shown_with_code(&session, 40, &words);
        assert_eq!(code, Some(8));
        assert!(
            table.starts_with(
                "OUTCOME  NAME        ID        ERROR\n\
                 deleted  atelier-01  00000001\n\
                 refused  Été ☀       00000005  is ONLINE\n"
            ),
            "{table}"
        );
        // What is reserved may have no id yet: then each row shows its _id.
        let words = format!("computers reserve {} {} --color never -q", uid(5), uid(77));
        let (table, code) = shown_with_code(&session, 40, &words);
        assert_eq!(code, Some(8));
        assert!(
            table.starts_with(
                "OUTCOME  _ID       ID        ERROR\n\
                 refused  00000005            HTTP 409\n\
                 created  0000004d  000003ed\n"
            ),
            "{table}"
        );
    }

    #[test]
    fn a_dry_run_of_a_rename_shows_the_new_name_at_40_columns() {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let words = "computers rename ATELIER-01 new-name-of-the-first --dry-run --color never -q";
        assert_eq!(
            shown(&session, 40, words),
            "NAME        NEW_NAME            ID\n\
             atelier-01  new-name-of-the-f…  00000001\n"
        );
    }

    #[test]
    fn the_first_of_two_ids_is_whole_as_long_as_it_can_be() {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let words = format!(
            "computers reserve {} --name kiosk --color never -q",
            uid(70)
        );
        assert_eq!(
            shown(&session, 80, &words),
            format!(
                "OUTCOME  NAME   _ID                                   ID\n\
                 created  kiosk  {}  000003ee\n",
                uid(70)
            )
        );
    }

    #[test]
    fn the_columns_that_a_list_is_for_are_kept_at_40_columns() {
        let config =
            "[profiles.production]\napi_url = \"https://reemo.example/v1\"\naccess = \"read\"\n";
        let session = Session::new().config(config);
        assert_eq!(
            shown(&session, 40, "profile list --color never -q"),
            "NAME        SELECTED  ACCESS\n\
             production  false     read\n\
             sandbox     false     full\n"
        );
        let peer = Peer::start();
        let session = Session::with(&peer);
        assert_eq!(
            shown(
                &session,
                30,
                "computers count --by hostname,ip,status --filter ip=10.0.0.1 --color never -q"
            ),
            "HOSTNAME    IP        COUNT\n\
             ATELIER-01  10.0.0.1  1\n"
        );
    }

    #[test]
    fn a_long_value_of_one_computer_goes_on_below_itself() {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let table = shown(&session, 30, "computers get ATELIER-01 --color never");
        for lines in [
            "id        00000001-1111-4111-\n          8111-1d1d1d1d1d1d\n",
            "screens   [{\"w\":1920,\n          \"h\":1080},{\"w\":2560,\n          \"h\":1440}]\n",
        ] {
            assert!(table.contains(lines), "{table}");
        }
        let is_wide = |line: &&str| line.chars().count() > 30;
        assert_eq!(table.lines().find(is_wide), None, "{table}");
    }

    #[test]
    fn a_difference_goes_on_between_its_words() {
        let peer = Peer::start();
        let session = Session::with(&peer).file("old.csv", &format!("_id,name\n{},new\n", uid(1)));
        assert!(
            shown(&session, 50, "computers diff old.csv --color never")
                .contains("atelier-01\n  id:00000001-1111-4111-8111-1d1d1d1d1d1d  name:\n  \"atelier-01\" -> \"new\"\n")
        );
    }

    #[test]
    fn events_fit_the_terminal() {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let words = "computers watch --initial --count 1 --filter ip=10.0.0.1 --color never -q";
        for (columns, line) in [
            (
                120,
                "2026-11-25T01:23:45Z  appeared  atelier-01  00000001-1111-4111-8111-1d1d1d1d1d1d\n",
            ),
            (60, "2026-11-25T01:23:45Z  appeared  atelier-01  00000001\n"),
            (40, "01:23:45Z  appeared  atelier-…  00000001\n"),
        ] {
            let shown = shown(&session, columns, words);
            let shape = |text: &str| {
                let (time, rest) = text.split_once(' ').unwrap();
                let time = time.replace(|c: char| c.is_ascii_digit(), "0");
                format!("{time} {rest}")
            };
            assert_eq!(shape(&shown), shape(line));
        }
    }

    #[test]
    fn an_emoji_is_shown_as_one_character() {
        let peer = Peer::with(vec![Row::new(1, "👩\u{200d}💻 x\u{200d}y", "ONLINE")]);
        let session = Session::with(&peer);
        assert_eq!(
            shown(
                &session,
                80,
                "computers list --color never --columns name,status"
            ),
            "NAME           STATUS\n👩\u{200d}💻 x\\u{200d}y  ONLINE\n"
        );
    }

    #[test]
    fn only_online_is_coloured_so_that_offline_is_readable_on_any_theme() {
        let peer = Peer::start();
        let session = Session::with(&peer);
        assert_eq!(
            shown(
                &session,
                80,
                "computers list --columns name,status --limit 2"
            ),
            "\u{1b}[1mNAME\u{1b}[0m        \u{1b}[1mSTATUS\u{1b}[0m\n\
             atelier-01  OFFLINE\n\
             atelier-02  \u{1b}[32mONLINE\u{1b}[39m\n"
        );
    }

    #[test]
    fn colour_is_off_for_no_color_and_color_never() {
        for (variable, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
            let peer = Peer::start();
            let session = Session::with(&peer).env(variable, value);
            assert!(
                !shown(&session, 200, "computers list").contains('\u{1b}'),
                "{variable}"
            );
        }
    }

    #[test]
    fn json_at_a_terminal_is_the_same_json() {
        let peer = Peer::start();
        let wanted = crate::support::pretty(&peer.array()) + "\n";
        assert_eq!(
            shown(&Session::with(&peer), 40, "computers list --json"),
            wanted
        );
    }

    /// The note about hidden columns advises `--columns` only where the command has it.
    #[test]
    fn a_narrow_table_advises_only_what_the_command_has() {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let table = shown(&session, 20, "profile list --color never");
        assert_eq!(
            table,
            "NAME     SELECTED\n\
             sandbox  false\n\
             note: the terminal\n\
             \x20 is too narrow for\n\
             \x20 ACCESS; print them\n\
             \x20 with -o csv\n"
        );
    }

    #[test]
    fn login_asks_without_echo() {
        let peer = Peer::start();
        let session = Session::new().api(&peer.url());
        let mut terminal = Terminal::new(200);
        let child = terminal.start(&session.command("auth login --color never"));
        terminal.waits_for("(not shown): ");
        let started = std::time::Instant::now();
        while terminal.echoes() && started.elapsed().as_secs() < 5 {
            std::thread::yield_now();
        }
        assert!(!terminal.echoes());
        terminal.types(&format!("{KEY}\n"));
        let (shown, code) = terminal.ends(child);
        let wanted = "Secret key for [API] (not shown): \nnote: logged in to [API]: stored the key in profile \"default\" in \
                      [HOME]/config/reemo/config.toml\n\
     note: the API accepts the secret key\n\
     note: the listing is readable, a total, state in status\n\
     note: paging is as the settings say\nnext: reemo computers list\n";
        assert_eq!((session.told(&shown).as_str(), code), (wanted, Some(0)));
        assert!(terminal.echoes(), "echo is on again");
        assert!(session.config_text().contains("secret_key = \"[KEY]\""));
    }

    #[test]
    fn ctrl_c_at_the_prompt_gives_the_echo_back() {
        let peer = Peer::start();
        let session = Session::new().api(&peer.url());
        let mut terminal = Terminal::new(200);
        let child = terminal.start(&session.ignoring(&[], "auth login --color never"));
        terminal.waits_for("(not shown): ");
        let started = std::time::Instant::now();
        while terminal.echoes() && started.elapsed().as_secs() < 5 {
            std::thread::yield_now();
        }
        terminal.types("\u{3}");
        let (shown, code) = terminal.ends(child);
        assert_eq!(code, Some(130), "{shown}");
        assert!(terminal.echoes(), "echo is on again");
        assert_eq!(
            (session.config_text().as_str(), peer.connections()),
            ("", 0)
        );
    }

    #[test]
    fn no_input_forbids_the_question() {
        for (session, word) in [
            (Session::new(), "--no-input"),
            (Session::new().env("REEMO_NO_INPUT", "1"), "--color=never"),
        ] {
            let peer = Peer::start();
            let session = session.api(&peer.url()).key(KEY);
            let mut terminal = Terminal::new(200);
            let child =
                terminal.start(&session.command(["computers", "delete", &id(1), "--json", word]));
            let (shown, code) = terminal.ends(child);
            assert!(
                shown.starts_with("{\"error\":{\"code\":\"not_confirmed\"") && code == Some(5),
                "{shown}"
            );
            assert_eq!(peer.connections(), 0);
        }
    }
}
