//! Reading aloud.

/// Reads a text in a language, or stops if something is being read.
pub fn read_aloud(text: &str, language: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    // Some WebViews have no speech synthesis.
    let Ok(voice) = window.speech_synthesis() else {
        return;
    };
    if voice.speaking() {
        voice.cancel();
        return;
    }
    if let Ok(utterance) = web_sys::SpeechSynthesisUtterance::new_with_text(text) {
        utterance.set_lang(language);
        voice.speak(&utterance);
    }
}
