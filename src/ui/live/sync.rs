//! Performs what the synchronisation of the dataset ([`DatasetSync`](crate::dataset::DatasetSync)) asks for:
//! requests, storage, another edition on the screen.

use std::sync::Arc;

use leptos::prelude::*;

use super::controller::Controller;
use super::runtime::{EDITION_KEY, WHOLE_KEY};
use crate::browser;
use crate::browser::dataset_store;
use crate::browser::stations;
use crate::browser::task::spawn;
use crate::dataset::{
    Data, Dataset, DatasetState, DatasetSync, Effect, MANIFEST_NAME, ProgrammesEntry, Purpose,
    SyncEvent,
};
use crate::domain::civil::clock_off_minutes;
use crate::ui::model::Model;
use crate::view_model::nearby::cells_needed;

impl Controller {
    /// Takes over what the first answer loaded, and goes on from there.
    pub(super) fn load(self) {
        spawn(async move {
            if self.with(|model| matches!(model.dataset_state.data, Data::Waiting)) {
                // The application was loaded before the dataset, for a tap.
                let first = stations::first().await;
                self.update(|model| model.take_first(first));
            }
            if let Some(dataset) = self.with(|model| model.shown().cloned()) {
                self.listen_to_hosts_of(&dataset);
            }
            let files = browser::early::files();
            // Only what could be read is stored.
            let shown = self.with(|model| {
                let shown = model.shown()?;
                Some((
                    shown.manifest.edition.clone(),
                    model.dataset_state.sync.is_stored,
                ))
            });
            let has_room = shown.is_none() || browser::early::keep().await;
            let stored = match shown {
                Some((edition, false)) => stations::stored_beside(&edition).await,
                Some((_, true)) | None => None,
            };
            let manifest = files.into_iter().find(|file| file.name == MANIFEST_NAME);
            let manifest = manifest.map(|file| file.bytes);
            self.sync(SyncEvent::Opened {
                manifest,
                stored,
                has_room,
            });
            self.fill();
            let storage = dataset_store::storage_kind().await;
            self.update(|model| model.dataset_state.sync.storage = storage);
        });
    }

    /// Lets the synchronisation handle an event.
    pub(super) fn sync(self, event: SyncEvent) {
        let mut effects = Vec::new();
        self.update(|model| {
            effects = self.step(model, |sync, state, now| sync.handle(state, event, now));
        });
        self.perform(effects);
    }

    /// Time has passed: repeats and checks what is due.
    pub(super) fn sync_if_due(self) {
        self.sync_silently(|sync, state, now| sync.handle(state, SyncEvent::Ticked, now));
    }

    /// Starts the next download, if any. Runs after every render.
    pub(super) fn fill(self) {
        let (lacking, lacking_next) = self.with(|model| {
            let next = model.dataset_state.next.as_deref();
            let lacking_next = next.map(|next| model.decide_for(Some(next), cells_needed));
            (
                model.decide_for(None, cells_needed),
                lacking_next.unwrap_or_default(),
            )
        });
        let saves_data = dataset_store::saves_data();
        self.sync_silently(|sync, state, now| {
            sync.fill(state, &lacking, &lacking_next, saves_data, now)
        });
    }

    /// A step that renders nothing by itself: what is rendered changes with its effects.
    fn sync_silently(
        self,
        step: impl FnOnce(&mut DatasetSync, &mut DatasetState, i64) -> Vec<Effect>,
    ) {
        let mut effects = Vec::new();
        self.update_silently(|model| effects = self.step(model, step));
        self.perform(effects);
    }

    fn step(
        self,
        model: &mut Model,
        step: impl FnOnce(&mut DatasetSync, &mut DatasetState, i64) -> Vec<Effect>,
    ) -> Vec<Effect> {
        let now = model.unix_minute;
        self.with_runtime(|runtime| step(&mut runtime.sync, &mut model.dataset_state, now))
    }

    /// Whatever kept the network away may be over: asks again at once.
    pub(super) fn retry(self) {
        self.update(|model| model.modules.forgive());
        self.sync(SyncEvent::Retried);
    }

    fn perform(self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Show(dataset) => self.show(dataset),
                Effect::StorePage => self.register_worker(),
                Effect::CheckPage => self.with_runtime(|runtime| {
                    if let Some(worker) = &runtime.worker {
                        worker.look_for_newer();
                    }
                }),
                Effect::RememberEdition(edition) => {
                    browser::storage::write(EDITION_KEY, &edition);
                }
                Effect::FetchManifest => spawn(self.fetch_manifest()),
                Effect::FetchCells {
                    purpose,
                    dataset,
                    indexes,
                    may_store,
                } => spawn(self.fetch_cells(purpose, dataset, indexes, may_store)),
                Effect::FetchProgrammes { entry, may_store } => {
                    spawn(self.fetch_programmes(entry, may_store));
                }
                Effect::Commit {
                    edition,
                    manifest,
                    over,
                    names,
                    loaded,
                } => spawn(async move {
                    let over = over.as_deref();
                    let outcome = stations::commit(&manifest, over, &names, &loaded).await;
                    self.sync(SyncEvent::Committed { edition, outcome });
                }),
                Effect::CountStored => spawn(async move {
                    let names = dataset_store::names().await;
                    self.sync(SyncEvent::Counted(names));
                }),
                Effect::Persist { reload } => spawn(self.persist(reload)),
                Effect::DropLeftovers => spawn(async move {
                    stations::drop_leftovers().await;
                    self.sync(SyncEvent::LeftoversDropped);
                }),
                Effect::ClearStored => {
                    browser::storage::remove(EDITION_KEY);
                    spawn(async move {
                        dataset_store::clear().await;
                        self.sync(SyncEvent::Cleared);
                    });
                }
            }
        }
    }

    /// Shows another edition, or the first.
    fn show(self, dataset: Arc<Dataset>) {
        if self.with(|model| model.shown().is_none()) {
            self.listen_to_hosts_of(&dataset);
        }
        self.update(|model| model.show(dataset));
    }

    /// Listens to the pages that the dataset permits to embed this one.
    fn listen_to_hosts_of(self, dataset: &Dataset) {
        let on_message = move |message: String, accuracy| self.on_host_message(&message, accuracy);
        browser::host::start(&dataset.manifest.embed_origins, on_message);
    }

    async fn fetch_manifest(self) {
        let arrived = stations::load_manifest().await;
        if let Ok(arrived) = &arrived {
            let ahead_minutes = arrived.clock_ahead_ms.and_then(clock_off_minutes);
            self.update(|model| model.clock_ahead_minutes = ahead_minutes);
        }
        let arrived = arrived.map(|arrived| Box::new((arrived.manifest, arrived.bytes)));
        self.sync(SyncEvent::ManifestArrived(arrived));
    }

    async fn fetch_cells(
        self,
        purpose: Purpose,
        dataset: Arc<Dataset>,
        indexes: Vec<usize>,
        may_store: bool,
    ) {
        let arrived = stations::load_cells(&dataset.manifest, &indexes, may_store).await;
        // Cells are added to a dataset that nothing else holds, or it is copied.
        drop(dataset);
        self.sync(SyncEvent::CellsArrived(purpose, arrived));
    }

    async fn fetch_programmes(self, entry: ProgrammesEntry, may_store: bool) {
        let arrived = stations::load_programmes(&entry, may_store).await;
        self.sync(SyncEvent::ProgrammesArrived(arrived));
    }

    async fn persist(self, reload: bool) {
        browser::storage::write(WHOLE_KEY, "yes");
        // Nothing of the model changed, yet more cells are wanted now.
        self.model.notify();
        // Firefox asks the rider.
        dataset_store::persist().await;
        // Without a network the page might not open again.
        if reload && !browser::network::is_offline() {
            browser::location::reload();
        }
    }
}
