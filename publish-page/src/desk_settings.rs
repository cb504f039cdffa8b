//! What the clerk said, as a `stations.toml` that comes, goes and is forgotten.

use js_sys::Uint8Array;
use leptos::prelude::*;

use crate::browser::{self, Dropped};
use crate::page::Desk;
use crate::settings::Settings;

impl Desk {
    pub(crate) fn read_settings(self, file: &Dropped) {
        let text = String::from_utf8_lossy(&file.bytes.to_vec()).into_owned();
        match Settings::from_text(&text) {
            Ok(settings) => {
                self.settings.set(settings);
                self.is_unproved.set_value(true);
                self.notify(
                    "已读入 stations.toml 里的设置",
                    "The settings of stations.toml are in use",
                );
            }
            Err(cause) => {
                let language = self.language.get_untracked();
                let words = language.say(
                    "看不懂，设置没有改动；请检查引号是不是直的 \"",
                    "is not understood, the settings stay as they were; are its quotation marks straight?",
                );
                self.notice
                    .set(Some(format!("{} {words}: {cause}", file.name)));
            }
        }
    }

    /// Forgets all settings of this machine.
    pub(crate) fn forget_settings(self) {
        let question = self.language.get_untracked().say(
            "清掉记住的设置：发布单位、坐标系、每一列当作了什么。以前下载的 stations.toml 还能拖回来。要清掉吗？",
            "Forget the publisher, the datums and what each column holds? A stations.toml that you downloaded can be dropped again.",
        );
        if !browser::confirms(question) {
            return;
        }
        self.settings.set(Settings::default());
        self.is_unproved.set_value(false);
        self.store_settings();
        self.check();
    }

    /// Downloads the settings, for the tool or another machine.
    pub(crate) fn take_settings(self) {
        let text = self.settings.with_untracked(Settings::to_text);
        browser::download("stations.toml", &Uint8Array::from(text.as_bytes()));
    }
}
