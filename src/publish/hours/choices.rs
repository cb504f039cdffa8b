//! All readings of a text, one after the other.
//!
//! Where the grammar leaves a choice, the reading code calls [`Choices::pick`]. It runs once for
//! each combination of answers, so that no rule has to enumerate the combinations.

/// With more runs than this a text counts as ambiguous.
const MOST_RUNS: usize = 256;

/// The answers of one run, and how many there were to choose from.
#[derive(Default)]
pub(super) struct Choices {
    made: Vec<(usize, usize)>,
    next: usize,
}

impl Choices {
    /// One of `0..count`, another one in each run.
    pub(super) fn pick(&mut self, count: usize) -> usize {
        if self.next == self.made.len() {
            self.made.push((0, count));
        }
        let (answer, _) = self.made[self.next];
        self.next += 1;
        answer
    }

    /// Whether there are answers that have not been given yet; the next run gives them.
    fn advance(&mut self) -> bool {
        self.next = 0;
        while let Some((answer, count)) = self.made.pop() {
            if answer + 1 < count {
                self.made.push((answer + 1, count));
                return true;
            }
        }
        false
    }
}

/// The results of `read` for all combinations of its choices; `None` if there are too many.
pub(super) fn all<T>(mut read: impl FnMut(&mut Choices) -> T) -> Option<Vec<T>> {
    let mut choices = Choices::default();
    let mut results = Vec::new();
    loop {
        if results.len() == MOST_RUNS {
            return None;
        }
        results.push(read(&mut choices));
        if !choices.advance() {
            return Some(results);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_is_read_once_also_where_one_choice_opens_another() {
        let read = |choices: &mut Choices| match choices.pick(2) {
            0 => (0, choices.pick(3)),
            _ => (1, 0),
        };
        assert_eq!(all(read), Some(vec![(0, 0), (0, 1), (0, 2), (1, 0)]));
    }

    #[test]
    fn too_many_combinations_are_none() {
        assert_eq!(
            all(|choices| (0..9).map(|_| choices.pick(2)).sum::<usize>()),
            None
        );
    }
}
