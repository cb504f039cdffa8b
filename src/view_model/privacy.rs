//! The privacy sheet: how personal data is used, and who publishes the page. Available before
//! the first use of the position, and offline.

use super::data_age::data_age;
use super::offline::Line;
use super::screen_input::ScreenInput;

/// The day on which these words last changed.
const AS_OF: &str = "2026-11-28";

/// The privacy sheet, line by line.
#[must_use]
#[inline(never)]
pub fn privacy(input: &ScreenInput<'_>) -> Vec<Line> {
    let words = input.words;
    let line = |(label, answer): (&'static str, &str)| Line {
        label,
        answer: answer.to_owned(),
        is_good: true,
    };
    let mut lines: Vec<Line> = words.privacy_facts.iter().copied().map(line).collect();
    if let Some(dataset) = input.dataset() {
        let manifest = &dataset.manifest;
        let publisher = &manifest.publisher;
        let contact = [&publisher.name, &publisher.phone, &publisher.url];
        let contact: Vec<&str> = contact.into_iter().map(String::as_str).collect();
        let contact = contact.join(" ");
        if !contact.trim().is_empty() {
            lines.push(line((words.publisher_fact, contact.trim())));
        }
        let titles = manifest.sources.iter().map(|source| source.title.as_str());
        let mut sources: Vec<&str> = titles.filter(|title| !title.is_empty()).collect();
        let age = data_age(input, dataset).words;
        sources.push(&age);
        lines.push(line((words.sources_fact, &sources.join(" · "))));
    }
    lines.push(line((words.as_of_fact, AS_OF)));
    lines
}
