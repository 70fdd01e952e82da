//! Expected text, made from the server's own text: nothing is parsed and printed again, so no digit can get lost on the way.

/// The JSON text as `jq .` lays it out, with every token as it stands in `raw`.
pub(crate) fn pretty(raw: &str) -> String {
    lay_out(raw, true)
}

/// The JSON text without any white space between tokens.
pub(crate) fn compact(raw: &str) -> String {
    lay_out(raw, false)
}

/// The hint of an error in a csv file that a command reads.
pub(crate) fn csv_hint(told: &str, command: &str) -> String {
    if told.contains("missing column") {
        "the first line must name the columns".to_owned()
    } else {
        format!("reemo computers {command} --help")
    }
}

/// Lines, each ended.
pub(crate) fn lines<T: AsRef<str>>(lines: &[T]) -> String {
    lines
        .iter()
        .map(|line| format!("{}\n", line.as_ref()))
        .collect()
}

/// `"text"` as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// The table of one dry run against the API at `url`, whose columns are as wide as its real text.
pub(crate) fn plan(url: &str, method: &str, path: &str, body: &str) -> String {
    let width = url.len() + path.len();
    let row = format!("{method:<6}  [API]{path}  {body}");
    format!("METHOD  {:<width$}  BODY\n{}\n", "URL", row.trim_end())
}

/// Whether the whole text is as `pattern` says, where `[*]` stands for one character or more of a line.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let Some((before, after)) = pattern.split_once("[*]") else {
        return pattern == text;
    };
    let Some(rest) = text.strip_prefix(before) else {
        return false;
    };
    let line = rest.find('\n').unwrap_or(rest.len());
    rest[..line]
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .any(|end| fits(after, &rest[end..]))
}

/// The text with what no two runs share under a name: pauses, times taken, names of temporary files.
pub(crate) fn steady(text: &str) -> String {
    let text = replaced(text, "trying again in ", " s (", "[N]");
    let text = replaced(&text, " in ", " ms\n", "[N]");
    replaced(&text, ".reemo-", ".tmp", "[N]")
}

/// The text with `name` for what stands between `before` and `after`, where that is short and has no space.
fn replaced(text: &str, before: &str, after: &str, name: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(before) {
        let (kept, behind) = rest.split_at(at + before.len());
        out.push_str(kept);
        rest = behind;
        let end = rest
            .find(after)
            .filter(|end| *end < 8 && !rest[..*end].contains(' '));
        if let Some(end) = end {
            out.push_str(name);
            rest = &rest[end..];
        }
    }
    out + rest
}

fn lay_out(raw: &str, indented: bool) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    let mut rest = raw.trim_start().chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => {
                out.push(c);
                while let Some(inside) = rest.next() {
                    out.push(inside);
                    match inside {
                        '\\' => out.extend(rest.next()),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            '{' | '[' => {
                out.push(c);
                while rest.next_if(char::is_ascii_whitespace).is_some() {}
                if let Some(end) = rest.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(end);
                } else {
                    depth += 1;
                    new_line(&mut out, depth, indented);
                }
            }
            '}' | ']' => {
                depth -= 1;
                new_line(&mut out, depth, indented);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth, indented);
            }
            ':' => out.push_str(if indented { ": " } else { ":" }),
            white if white.is_ascii_whitespace() => {}
            _ => out.push(c),
        }
    }
    out
}

fn new_line(out: &mut String, depth: usize, indented: bool) {
    if indented {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
}
