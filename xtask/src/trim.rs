//! Removes unused functions from the module and its glue, and shortens the names of imports:
//! wasm-bindgen's are long, contain digests, and occur in both.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// The name under which the first module imports the glue.
const GLUE: &str = "./web_bg.js";

/// Drops exports, by their names.
pub(crate) fn drop_exports(module: &Path, is_dropped: impl Fn(&str) -> bool) -> Result<()> {
    let mut dropped = 0;
    rewrite(module, |payload, encoded| {
        let Payload::ExportSection(section) = payload else {
            return Ok(false);
        };
        let mut kept = ExportSection::new();
        for export in section.clone() {
            let export = export?;
            if is_dropped(export.name) {
                dropped += 1;
                continue;
            }
            let kind = RoundtripReencoder.export_kind(export.kind)?;
            kept.export(export.name, kind, export.index);
        }
        encoded.section(&kept);
        Ok(true)
    })?;
    ensure!(dropped > 0, "no such exports in {}", module.display());
    Ok(())
}

/// Blanks the paths of source files, which are there only for messages that no phone shows, so
/// that every machine builds the same module.
pub(crate) fn empty_source_names(module: &Path) -> Result<()> {
    let mut bytes = std::fs::read(module).with_context(|| module.display().to_string())?;
    let mut data = 0..0;
    for payload in Parser::new(0).parse_all(&bytes) {
        if let Payload::DataSection(section) = payload? {
            let range = section.range();
            data = usize::try_from(range.start)?..usize::try_from(range.end)?;
        }
    }
    let data = &mut bytes[data];
    let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(byte);
    let mut at = 0;
    while let Some(found) = data[at..].windows(3).position(|end| end == b".rs") {
        let end = at + found + 3;
        let length = data[at..end]
            .iter()
            .rev()
            .take_while(|byte| is_path(byte))
            .count();
        let path = &mut data[end - length..end];
        if path.contains(&b'/') {
            path.fill(0);
        }
        at = end;
    }
    Ok(std::fs::write(module, bytes)?)
}

/// Drops all custom sections: names and relocations, which only the splitter of the rider's page
/// reads.
pub(crate) fn drop_custom_sections(module: &Path) -> Result<()> {
    rewrite(module, |payload, _| {
        Ok(matches!(payload, Payload::CustomSection(_)))
    })
}

/// Gives the imports of the glue short names in the module. Returns the new names by the old.
pub(crate) fn shorten_imports(module: &Path) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    rewrite(module, |payload, encoded| {
        let Payload::ImportSection(section) = payload else {
            return Ok(false);
        };
        let mut renamed = ImportSection::new();
        for import in section.clone().into_imports() {
            let import = import?;
            let entity = RoundtripReencoder.entity_type(import.ty)?;
            if import.module == GLUE {
                let next = short_name(names.len());
                let name = names.entry(import.name.to_owned()).or_insert(next);
                renamed.import(import.module, name, entity);
            } else {
                renamed.import(import.module, import.name, entity);
            }
        }
        encoded.section(&renamed);
        Ok(true)
    })?;
    Ok(names)
}

/// The glue with these names for the functions that the module imports, and without all others.
pub(crate) fn shorten_glue(glue: &str, names: &BTreeMap<String, String>) -> Result<String> {
    let mut kept = String::new();
    let mut found = 0;
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        // wasm-bindgen begins and ends each function on lines of their own.
        let name = line
            .strip_prefix("        __wb")
            .and_then(|rest| rest.split_once(": function"))
            .map(|(name, _)| format!("__wb{name}"));
        let Some(name) = name else {
            kept.push_str(line);
            kept.push('\n');
            continue;
        };
        let mut body = line.to_owned();
        for line in lines.by_ref() {
            body.push('\n');
            body.push_str(line);
            if line == "        }," || line.starts_with("        }, arguments); },") {
                break;
            }
        }
        if let Some(short) = names.get(&name) {
            kept.push_str(&body.replacen(&name, short, 1));
            kept.push('\n');
            found += 1;
        }
    }
    if found != names.len() {
        bail!(
            "{} imports, and the glue has {found} of them: does wasm-bindgen write it otherwise?",
            names.len()
        );
    }
    Ok(kept)
}

/// a, b, … z, aa, ab, …
fn short_name(number: usize) -> String {
    let mut rest = number;
    let mut name = Vec::new();
    loop {
        name.push(b'a' + u8::try_from(rest % 26).unwrap_or(0));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    name.reverse();
    String::from_utf8_lossy(&name).into_owned()
}

/// Rewrites a module. `change` encodes the sections that it changes; the others are copied.
fn rewrite(
    path: &Path,
    mut change: impl FnMut(&Payload<'_>, &mut Module) -> Result<bool>,
) -> Result<()> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let mut encoded = Module::new();
    for payload in Parser::new(0).parse_all(&bytes) {
        let payload = payload?;
        if change(&payload, &mut encoded)? {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let (start, end) = (usize::try_from(range.start)?, usize::try_from(range.end)?);
            let data = &bytes[start..end];
            encoded.section(&RawSection { id, data });
        }
    }
    std::fs::write(path, encoded.finish())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_short_and_differ() {
        let names: BTreeSet<String> = (0..800).map(short_name).collect();
        assert_eq!(names.len(), 800);
        assert_eq!(short_name(0), "a");
        assert_eq!(short_name(26), "aa");
        assert!(names.iter().all(|name| name.len() <= 3));
    }

    #[test]
    fn the_glue_keeps_what_is_imported() {
        let glue = "    const import0 = {\n        __wbg_a_1: function(x) {\n            x();\n        },\n        \
                    __wbg_b_2: function() { return handleError(function () {\n        }, arguments); },\n    };\n";
        let names = BTreeMap::from([("__wbg_b_2".to_owned(), "a".to_owned())]);
        let kept = shorten_glue(glue, &names).expect("found");
        assert_eq!(
            kept,
            "    const import0 = {\n        a: function() { return handleError(function () {\n        }, arguments); },\n    };\n"
        );
        let names = BTreeMap::from([("__wbg_c_3".to_owned(), "a".to_owned())]);
        assert!(shorten_glue(glue, &names).is_err());
    }
}
