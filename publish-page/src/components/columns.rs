use leptos::prelude::*;
use web_sys::KeyboardEvent;
use yizhan::publish::{Language, fields};

use crate::checked::ColumnLine;
use crate::page::use_desk;

/// What each column was taken for, to be corrected by a choice.
#[component]
pub(crate) fn ColumnsPart() -> impl IntoView {
    let desk = use_desk();
    let say = move |zh, en| desk.text(zh, en);
    let tables = move || desk.found(|found| found.tables.clone());
    view! {
        <section>
            <h2>{say("每一列当作了什么", "What each column was taken for")}</h2>
            {move || tables().into_iter().map(|table| {
                let columns = table.columns.clone();
                let file = table.file.clone();
                view! {
                    <h3>{table.place.clone()}</h3>
                    <table class="columns"><tbody>
                        {columns.into_iter().filter(|column| !column.heading.is_empty()).map(|column| {
                            view! { <ColumnRow file=file.clone() column=column/> }
                        }).collect_view()}
                    </tbody></table>
                }
            }).collect_view()}
        </section>
    }
}

#[component]
fn ColumnRow(
    /// The file.
    file: String,
    /// The column.
    column: ColumnLine,
) -> impl IntoView {
    let desk = use_desk();
    let heading = column.heading.clone();
    let chosen = column.field.clone();
    // With the arrow keys a choice passes over others, which must not lose their columns: it counts
    // when the key Enter is pressed or the choice is left.
    let is_by_key = StoredValue::new(false);
    let passed = StoredValue::new(None::<String>);
    let commit = StoredValue::new(move |field: String| {
        passed.set_value(None);
        desk.set(|settings| settings.set_column(&file, &heading, &field));
    });
    let choose = move |event| {
        let field = event_target_value(&event);
        if is_by_key.get_value() {
            passed.set_value(Some(field));
        } else {
            commit.with_value(|commit| commit(field));
        }
    };
    let leave = move || {
        if let Some(field) = passed.get_value() {
            commit.with_value(|commit| commit(field));
        }
    };
    let press = move |event: KeyboardEvent| {
        is_by_key.set_value(true);
        if event.key() == "Enter" {
            leave();
        }
    };
    let is_used = !chosen.is_empty();
    let by_itself = move || {
        if is_used {
            desk.say("按表头自动认", "as its heading says")
        } else if column.is_personal {
            desk.say("个人信息，不发布", "personal, not published")
        } else {
            desk.say("没有用到", "not used")
        }
    };
    view! {
        <tr class:warning=chosen.is_empty()>
            <th scope="row">{column.name.clone()}</th>
            <td><select aria-label=column.name.clone() on:change=choose on:keydown=press
                on:pointerdown=move |_| is_by_key.set_value(false) on:blur=move |_| leave()>
                <option value="" selected=chosen.is_empty()>{by_itself}</option>
                {fields().into_iter().map(|(key, label)| {
                    // The labels are the template's headings.
                    let in_english = key.replace('_', " ");
                    let label = move || match desk.language.get() {
                        Language::Zh => label.to_owned(),
                        Language::En => format!("{in_english} ({label})"),
                    };
                    view! { <option value=key selected=chosen == key>{label}</option> }
                }).collect_view()}
            </select></td>
        </tr>
    }
}
