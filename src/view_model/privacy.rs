//! What happens to the person's data, and who answers for the page: told before
//! the first question, and without a network.

use super::offline::Line;
use super::screen::{Knowledge, Loaded, data_age};

/// The day of the last change of these words.
const AS_OF: &str = "2026-11-28";

/// The page about privacy, line by line.
#[must_use]
#[inline(never)]
pub fn privacy(known: &Knowledge<'_>) -> Vec<Line> {
    let words = known.language.words();
    let line = |(label, answer): (&'static str, &str)| Line {
        label,
        answer: answer.to_owned(),
        is_good: true,
    };
    let mut lines: Vec<Line> = words.privacy_facts.iter().copied().map(line).collect();
    if let Loaded::Ready(dataset) = known.data {
        let manifest = &dataset.manifest;
        let publisher = &manifest.publisher;
        let who = [&publisher.name, &publisher.phone, &publisher.url];
        let who: Vec<&str> = who.into_iter().map(String::as_str).collect();
        let who = who.join(" ");
        if !who.trim().is_empty() {
            lines.push(line((words.publisher_fact, who.trim())));
        }
        let titles = manifest.sources.iter().map(|source| source.title.as_str());
        let mut sources: Vec<&str> = titles.filter(|title| !title.is_empty()).collect();
        let age = data_age(known, dataset).words;
        sources.push(&age);
        lines.push(line((words.sources_fact, &sources.join(" · "))));
    }
    lines.push(line((words.as_of_fact, AS_OF)));
    lines
}
