//! No text is missing in any language, and none asks for what another does not.

use std::collections::BTreeMap;

use super::lang::FOLDER;
use super::{Lang, Words};

type Keys = BTreeMap<String, Vec<String>>;

fn keys(lang: Lang) -> Keys {
    let keys = Words::of(lang).keys();
    let count = keys.len();
    let keys: Keys = keys.into_iter().collect();
    assert_eq!(keys.len(), count, "{}: two texts have one key", lang.tag());
    keys
}

/// The keys of some files of a language.
fn of_files(lang: Lang, names: &[&str]) -> Keys {
    let file = |name: &&str| FOLDER.get_file(format!("{}/{name}", lang.tag())).unwrap().contents_utf8().unwrap();
    names.iter().flat_map(|name| super::fluent::keys_in(file(name))).collect()
}

#[test]
fn every_language_has_every_text_and_every_text_the_same_holes() {
    let english = keys(Lang::ENGLISH);
    assert!(english.len() > 10);
    for lang in Lang::all().filter(|lang| *lang != Lang::ENGLISH) {
        // What findings say is kept in English where it is said; `tests/words.rs` holds those files against it.
        let kept_elsewhere =
            |key: &str| of_files(lang, &["findings.ftl", "loader.ftl", "pages.ftl", "rules.ftl"]).contains_key(key);
        let other: Keys = keys(lang).into_iter().filter(|(key, _)| !kept_elsewhere(key)).collect();
        let missing: Vec<&String> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        let unknown: Vec<&String> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{}: missing {missing:?}, unknown {unknown:?}", lang.tag());
        for (key, holes) in &other {
            assert_eq!(Some(holes), english.get(key), "{}: the holes of {key}", lang.tag());
        }
    }
}

#[test]
fn every_file_of_a_language_can_be_read_whole() {
    for folder in FOLDER.dirs() {
        for file in folder.files() {
            let text = file.contents_utf8().unwrap().to_owned();
            let read = fluent_bundle::FluentResource::try_new(text);
            assert!(read.is_ok(), "{}: {:?}", file.path().display(), read.err().map(|(_, errors)| errors));
        }
    }
    for lang in Lang::all() {
        for (key, _) in Words::of(lang).keys() {
            assert!(Words::of(lang).known(&key, &[]).is_some(), "{}: {key} has no text", lang.tag());
        }
    }
}

#[test]
fn a_count_chooses_its_plural_and_a_large_one_its_groups() {
    let french = Words::of(Lang::named("fr").unwrap());
    assert_eq!(french.date("2027-08-01"), "1er août 2027");
    assert_eq!(french.with("date", &[("day", 12_345_u64.into()), ("month", "m".into())]), "12\u{202f}345 m {$year}");
}

#[test]
fn a_figure_keeps_every_digit() {
    let french = Words::of(Lang::named("fr").unwrap());
    let large = "79228162514264337593543950335";
    assert_eq!(french.number(large).replace('\u{202f}', ""), "79228162514264337593543950335");
    let small = "-0.0000000000000000000000000001";
    assert_eq!(french.number(small), "-0,0000000000000000000000000001");
    assert_eq!(Words::english().number("1234.50"), "1 234.50");
    assert_eq!(french.number("1234.50"), "1\u{202f}234,50");
}
