//! Expected text, made from the server's own text: nothing is parsed and printed again, so no digit can get lost on the way.

/// The JSON text as `jq .` lays it out, with every token as it stands in `raw`.
pub(crate) fn pretty(raw: &str) -> String {
    lay_out(raw, true)
}

/// The JSON text without any white space between tokens.
pub(crate) fn compact(raw: &str) -> String {
    lay_out(raw, false)
}

/// Lines, each ended.
pub(crate) fn lines<T: AsRef<str>>(lines: &[T]) -> String {
    lines.iter().map(|line| format!("{}\n", line.as_ref())).collect()
}

/// `"text"` as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
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
                while rest.next_if(|next| next.is_ascii_whitespace()).is_some() {}
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
