//! Changes the model, which is a signal: whatever changes of it is rendered.

use leptos::prelude::*;

use crate::browser;
use crate::browser::task::spawn;
use crate::dataset::ShellStatus;
use crate::ui::lazy::Name;
use crate::ui::model::Model;

/// A handle on the model; the other files of this folder add what it can do.
#[derive(Clone, Copy)]
pub(super) struct Controller {
    pub(super) model: RwSignal<Model, LocalStorage>,
}

impl Controller {
    pub(super) fn new(model: Model) -> Self {
        Self {
            model: RwSignal::new_local(model),
        }
    }

    /// Reads the model without subscribing to it.
    pub(super) fn with<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        read(&self.model.read_untracked())
    }

    /// Changes the model.
    pub(super) fn update(self, change: impl FnOnce(&mut Model)) {
        let focused = browser::page::focused_link();
        let shown_answer = self.with_runtime(|runtime| {
            runtime.focused = focused;
            runtime.shown_answer.take()
        });
        let mut model = self.model.write();
        model.note_first_answer(shown_answer);
        change(&mut model);
    }

    /// Remembers the first answer that was rendered, for the next decision.
    pub(super) fn note_shown(self, answer: Option<String>) {
        self.with_runtime(|runtime| runtime.shown_answer = answer);
    }

    /// Changes something in the model that nothing on the screen depends on.
    pub(super) fn update_silently(self, change: impl FnOnce(&mut Model)) {
        self.model.update_untracked(change);
    }

    /// Gives the focus back to a link whose row was rendered anew.
    pub(super) fn keep_focus(self) {
        let focused = self.with_runtime(|runtime| std::mem::take(&mut runtime.focused));
        if !focused.is_empty() && browser::page::has_no_focus() {
            browser::page::focus_link(&focused);
        }
    }

    /// Fetches the modules that the screen needs.
    pub(super) fn fetch_modules(self) {
        for name in self.with(Model::modules_wanted) {
            self.fetch_module(name);
        }
    }

    /// Fetches a module that is neither loaded nor pending.
    fn fetch_module(self, name: Name) {
        self.update_silently(|model| model.modules.set_pending(name));
        spawn(async move {
            let content = name.fetch().await;
            self.update(|model| {
                if content.is_err() && Name::of_language(model.language()) == Some(name) {
                    model.dataset_state.sync.page = ShellStatus::Incomplete;
                }
                model.modules.put(name, content);
            });
        });
    }
}
