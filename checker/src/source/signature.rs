//! Says in words how a student's signature differs from the contract's. Two lines of a hundred characters that differ only by
//! `pub` look the same to the person who wrote one of them.

use super::tokens::tokens;

/// A signature, taken apart.
struct Signature {
    /// `pub`, `pub (crate)`, or nothing.
    visible: String,
    is_async: bool,
    /// The name of the first generic parameter, and its bounds.
    generic: Option<(String, Vec<String>)>,
    /// The name and the type of each parameter.
    parameters: Vec<(String, String)>,
    result: String,
}

/// Sentences about the differences in `yours`. Only simple differences are described; the list is empty if a signature can't
/// be read.
pub fn differences(contract: &str, yours: &str) -> Vec<String> {
    let (Some(contract), Some(yours)) = (Signature::of(contract), Signature::of(yours)) else {
        return Vec::new();
    };
    let mut said = Vec::new();
    if yours.visible.is_empty() {
        said.push("It lacks `pub`, so code outside of the file can't call it.".into());
    } else if yours.visible != "pub" {
        said.push(format!("It is `{}`, but the contract has `pub`.", yours.visible));
    }
    // a function that returns `impl Future` is as good as an `async` function
    let returns_a_future = yours.result.contains("Future");
    match (contract.is_async, yours.is_async) {
        (true, false) if !returns_a_future => said.push("It lacks `async`.".into()),
        (false, true) => said.push("It must not be `async`.".into()),
        _ => {}
    }
    let (asked, given) = (contract.parameters.len(), yours.parameters.len());
    let names = |signature: &Signature| -> Vec<String> {
        signature.parameters.iter().map(|(name, _)| format!("`{name}`")).collect()
    };
    let (our_names, their_names) = (names(&contract), names(&yours));
    let in_order = |mut names: Vec<String>| {
        names.sort();
        names
    };
    if our_names != their_names && in_order(our_names.clone()) == in_order(their_names) {
        let order = our_names.join(", ");
        said.push(format!("Its parameters are in another order: the contract has {order}."));
    } else if asked == given {
        for ((name, ours), (_, theirs)) in contract.parameters.iter().zip(&yours.parameters) {
            let theirs = yours.as_in(&contract, theirs);
            let any = theirs.starts_with("impl ") && Some(ours) == contract.generic_name();
            if *ours != theirs && !any {
                said.push(format!("`{name}` is `{theirs}`, but the contract has `{ours}`."));
            }
        }
    } else {
        let n = crate::format::count(given, "parameter");
        said.push(format!("It has {n}, but the contract has {asked}: {}.", our_names.join(", ")));
    }
    let result = yours.as_in(&contract, &yours.result);
    if result != contract.result && !(contract.is_async && returns_a_future) {
        let theirs = if result.is_empty() { "nothing".into() } else { format!("`{result}`") };
        said.push(format!("It returns {theirs}, but the contract has `{}`.", contract.result));
    }
    if let (Some((name, ours)), Some((_, theirs))) = (&contract.generic, &yours.generic) {
        let more: Vec<String> = theirs
            .iter()
            // every generator of the course is `Send`
            .filter(|bound| !ours.contains(bound) && *bound != "Send")
            .map(|bound| format!("`{bound}`"))
            .collect();
        if !more.is_empty() {
            let more = more.join(" and ");
            said.push(format!("It requires {more} of `{name}`, but the contract does not."));
        }
    }
    said
}

impl Signature {
    fn of(text: &str) -> Option<Self> {
        let pieces: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
        let name = pieces.iter().position(|piece| piece == "fn")?;
        let before = &pieces[..name];
        let visible = before.iter().take_while(|piece| !is_keyword(piece));
        let visible = visible.cloned().collect::<Vec<_>>().concat();
        let mut at = name + 2;
        let mut generics = Vec::new();
        if pieces.get(at)? == "<" {
            let end = closing(&pieces, at)?;
            generics = split(&pieces[at + 1..end]);
            at = end + 1;
        }
        let end = closing(&pieces, at)?;
        let parameters = split(&pieces[at + 1..end]).iter().filter_map(|p| parameter(p)).collect();
        let rest = &pieces[end + 1..];
        let place = rest.iter().position(|piece| piece == "where").unwrap_or(rest.len());
        let (result, place) = rest.split_at(place);
        let mut generic = generics.iter().find_map(|one| bounds(one));
        // bounds after `where` count, too
        for (name, more) in
            split(place.get(1..).unwrap_or_default()).iter().filter_map(|b| bounds(b))
        {
            if let Some((own, bounds)) = &mut generic
                && *own == name
            {
                bounds.extend(more);
            }
        }
        Some(Self {
            visible,
            is_async: before.iter().any(|piece| piece == "async"),
            generic,
            parameters,
            result: joined(result.get(2..).unwrap_or_default()),
        })
    }

    fn generic_name(&self) -> Option<&String> {
        self.generic.as_ref().map(|(name, _)| name)
    }

    /// A type of this signature, with the name that `other` gives to the generic parameter.
    fn as_in(&self, other: &Self, kind: &str) -> String {
        let (Some(own), Some(other)) = (self.generic_name(), other.generic_name()) else {
            return kind.into();
        };
        let words = kind.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_');
        words
            .map(|word| {
                let name = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
                if name == own { word.replacen(own.as_str(), other, 1) } else { word.into() }
            })
            .collect()
    }
}

fn is_keyword(piece: &str) -> bool {
    matches!(piece, "async" | "const" | "unsafe" | "fn")
}

/// The index of the bracket that closes the one at `at`.
fn closing(pieces: &[String], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, piece) in pieces.iter().enumerate().skip(at) {
        match piece.as_str() {
            "<" | "(" | "[" => depth += 1,
            // the arrow of a result
            ">" if pieces.get(i.wrapping_sub(1)).is_some_and(|before| before == "-") => {}
            ">" | ")" | "]" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

/// The parts between commas. A comma in brackets does not count.
fn split(pieces: &[String]) -> Vec<Vec<String>> {
    let (mut parts, mut i) = (vec![Vec::new()], 0);
    while i < pieces.len() {
        let end = match pieces[i].as_str() {
            "<" | "(" | "[" => closing(pieces, i).unwrap_or(i),
            _ => i,
        };
        if pieces[i] == "," {
            parts.push(Vec::new());
        } else {
            parts.last_mut().expect("one at least").extend_from_slice(&pieces[i..=end]);
        }
        i = end + 1;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// `mut rng: &mut R` is the name `rng` and the type `&mut R`.
fn parameter(pieces: &[String]) -> Option<(String, String)> {
    let colon = pieces.iter().position(|piece| piece == ":")?;
    Some((pieces[..colon].last()?.clone(), joined(&pieces[colon + 1..])))
}

/// `R: Rng + Send` is the name `R` and two bounds.
fn bounds(pieces: &[String]) -> Option<(String, Vec<String>)> {
    let colon = pieces.iter().position(|piece| piece == ":").unwrap_or(pieces.len());
    let name = pieces[..colon].last()?.clone();
    let bounds = pieces.get(colon + 1..).unwrap_or_default().split(|piece| piece == "+");
    Some((name, bounds.map(joined).filter(|bound| !bound.is_empty()).collect()))
}

/// The pieces as one text. Of a path, only the last name is kept.
fn joined(pieces: &[String]) -> String {
    let mut text = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        if piece == ":" || pieces.get(i + 1).is_some_and(|next| next == ":") {
            continue;
        }
        let word = |text: &str| text.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let gap = word(&text) && piece.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            || text.ends_with(',')
            || piece == "+"
            || text.ends_with('+');
        if gap {
            text.push(' ');
        }
        text.push_str(piece);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::TASKS;

    fn said(task: usize, yours: &str) -> String {
        differences(TASKS[task - 1].signature, yours).join(" ")
    }

    #[test]
    fn simple_differences_are_described_in_words() {
        for (task, yours, words) in [
            (
                1,
                "async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration",
                "It lacks `pub`, so code outside of the file can't call it.",
            ),
            (
                1,
                "pub(crate) async fn wait_random<R: Rng>(rng: R, d: Duration) -> Duration",
                "It is `pub(crate)`, but the contract has `pub`.",
            ),
            (
                1,
                "pub fn wait_random<R: Rng>(rng: R, max_delay: Duration) -> Duration",
                "It lacks `async`.",
            ),
            (
                1,
                "pub async fn wait_random<R: Rng>(rng: &mut R, max_delay: u64) -> u64",
                "`rng` is `&mut R`, but the contract has `R`. `max_delay` is `u64`, but the contract has `Duration`. It returns `u64`, but the contract has `Duration`.",
            ),
            (
                1,
                "pub async fn wait_random<G: Rng + Clone>(rng: &G, d: std::time::Duration)",
                "`rng` is `&R`, but the contract has `R`. It returns nothing, but the contract has `Duration`. It requires `Clone` of `R`, but the contract does not.",
            ),
            (
                1,
                "pub async fn wait_random(max_delay: Duration) -> Duration",
                "It has 1 parameter, but the contract has 2: `rng`, `max_delay`.",
            ),
            (
                1,
                "pub async fn wait_random<R: Rng + SeedableRng>(max_delay: Duration, rng: R) -> Duration",
                "Its parameters are in another order: the contract has `rng`, `max_delay`. It requires `SeedableRng` of `R`, but the contract does not.",
            ),
            (
                4,
                "pub async fn task_wait_random<R: Rng + Send>(rng: R, max_delay: Duration) -> tokio::task::JoinHandle<Duration>",
                "It must not be `async`.",
            ),
            (
                5,
                "pub async fn task_wait_n<R>(rng: &mut R, n: usize, max_delay: Duration) -> Vec<JoinHandle<Duration>> where R: Rng + Send,",
                "It returns `Vec<JoinHandle<Duration>>`, but the contract has `Vec<Duration>`.",
            ),
        ] {
            assert_eq!(said(task, yours), words, "{yours}");
        }
    }

    #[test]
    fn signatures_that_mean_the_same_have_no_differences() {
        for task in TASKS {
            assert_eq!(said(task.number, task.signature), "");
        }
        for yours in [
            "pub async fn wait_random<G>(rng: G, longest: std::time::Duration) -> std::time::Duration where G: Rng",
            "pub async fn wait_random(mut rng: impl Rng, max_delay: Duration) -> Duration",
            "pub fn wait_random<R: Rng>(rng: R, max_delay: Duration) -> impl Future<Output = Duration>",
            "pub async fn wait_random<R: Rng + Send>(rng: R, max_delay: Duration) -> Duration",
            "pub fn (",
        ] {
            assert_eq!(said(1, yours), "", "{yours}");
        }
    }
}
