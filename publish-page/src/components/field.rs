use leptos::prelude::*;

/// A text field with its label and a hint.
#[component]
pub(crate) fn Field(
    /// What is asked.
    label: Signal<&'static str>,
    /// What it is good for, or an example.
    hint: Signal<&'static str>,
    /// The text.
    value: Signal<String>,
    /// Called with a new text when the field is left.
    on_change: impl Fn(String) + 'static,
) -> impl IntoView {
    // Leptos writes a property whenever its signal runs: what is being typed would be lost when
    // another setting changes.
    let value = Memo::new(move |_| value.get());
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="text" prop:value=value on:change=move |event| on_change(event_target_value(&event).trim().to_owned())/>
            <small>{hint}</small>
        </label>
    }
}
