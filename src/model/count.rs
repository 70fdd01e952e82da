//! Numbers in sentences.

/// Returns a number with its noun, such as `1 computer` or `2 computers`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
