//! Reading XMI, with the TypeSystem.xml beside it where there is one.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use sourcier::sorted::{SortedMap, sort_unique};

use crate::draft::Draft;
use crate::formats::cas::draft::draft_of;
use crate::formats::cas::{Cas, Feature, SOFA_TYPE, Structure, VIEW};
use crate::import::{InFile, Likeness, own_files};
use crate::problems::{ProblemKind, Problems, Remedy};

/// The most packages that are told apart: a file of a hundred layers has a hundred.
const PACKAGE_COUNT_MAX: usize = 1_000;

pub(super) fn recognise(file: &InFile) -> Likeness {
    let start = file.start();
    let is_xmi = start.trim_start().starts_with('<') && start.contains("http://www.omg.org/XMI");
    if is_xmi { Likeness::Certain } else { Likeness::No }
}

pub(super) fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let is_types = |file: &InFile| file.start().contains("<typeSystemDescription");
    let ranges = Ranges::new(files.iter().filter(|file| is_types(file)).filter_map(InFile::utf8));
    let mut drafts = Vec::new();
    for file in own_files(files, |file| recognise(file) == Likeness::Certain, is_types, problems) {
        problems.file.clone_from(&file.path);
        let Some(text) = file.utf8() else {
            problems.add(None, ProblemKind::BadEncoding, file.name(), Remedy::FileLeftOut);
            continue;
        };
        let cas = Parsed::new(text, &ranges, problems).cas(problems);
        drafts.extend(cas.map(|cas| draft_of(cas, &file.path, file.stem(), problems)));
    }
    drafts
}

/// Which features are references and which are truth values, by their names: from the types that
/// came along.
#[derive(Default)]
struct Ranges {
    // Invariant: sorted.
    references: Vec<String>,
    flags: Vec<String>,
    strings: Vec<String>,
}

impl Ranges {
    fn new<'t>(type_systems: impl Iterator<Item = &'t str>) -> Ranges {
        let mut ranges = Ranges::default();
        for text in type_systems {
            let mut reader = Reader::from_str(text);
            let (mut element, mut name, mut in_feature) = (String::new(), String::new(), false);
            while let Ok(event) = reader.read_event() {
                match event {
                    Event::Start(start) => {
                        element = start.local_name().as_ref().to_owned();
                        in_feature = in_feature || element == "featureDescription";
                    }
                    Event::End(end) => {
                        in_feature = in_feature && end.local_name().as_ref() != "featureDescription";
                        element.clear();
                    }
                    Event::Text(text) if in_feature && element == "name" => {
                        name = text.into_inner().into_owned()
                    }
                    Event::Text(text) if in_feature && element == "rangeTypeName" => {
                        ranges.add(&name, &text.into_inner());
                    }
                    Event::Eof => break,
                    _ => {}
                }
            }
        }
        for names in [&mut ranges.references, &mut ranges.flags, &mut ranges.strings] {
            sort_unique(names);
        }
        ranges
    }

    fn add(&mut self, name: &str, range: &str) {
        let set = match range.trim() {
            "uima.cas.Boolean" => &mut self.flags,
            "uima.cas.String" => &mut self.strings,
            "uima.cas.Integer" | "uima.cas.Float" | "uima.cas.Double" | "uima.cas.Long"
            | "uima.cas.Short" | "uima.cas.Byte" => return,
            _ => &mut self.references,
        };
        set.push(name.trim().to_owned());
    }

    fn feature(&self, name: &str, text: String) -> Feature {
        let is_in = |names: &[String]| names.binary_search_by(|other| other.as_str().cmp(name)).is_ok();
        // Names that mean one thing in one type and another in the next are taken as text.
        if is_in(&self.strings) {
            Feature::Value(text.into())
        } else if is_in(&self.flags) && matches!(text.as_str(), "true" | "false") {
            Feature::Value((text == "true").into())
        } else if is_in(&self.references) {
            Feature::References(text.split(' ').filter_map(|id| id.parse().ok()).collect())
        } else {
            Feature::Value(text.into())
        }
    }
}

/// The elements of a file.
#[derive(Default)]
struct Parsed {
    sofas: Vec<Sofa>,
    /// With the ids of their texts.
    structures: Vec<(Option<u64>, Structure)>,
    packages: SortedMap<String, String>,
}

struct Sofa {
    id: Option<u64>,
    is_first: bool,
    text: Option<String>,
}

impl Parsed {
    fn new(text: &str, ranges: &Ranges, problems: &mut Problems) -> Parsed {
        let mut parsed = Parsed::default();
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        let mut depth = 0_usize;
        loop {
            let (element, is_empty) = match reader.read_event() {
                Ok(Event::Start(element)) => (element, false),
                Ok(Event::Empty(element)) => (element, true),
                Ok(Event::End(_)) => {
                    depth = depth.saturating_sub(1);
                    continue;
                }
                Ok(Event::Eof) if depth == 0 => break,
                Err(_) | Ok(Event::Eof) => {
                    problems.add(None, ProblemKind::Malformed, "XML", Remedy::LeftOut);
                    break;
                }
                Ok(_) => continue,
            };
            match depth {
                0 => parsed.add_packages(&element),
                1 => parsed.add(&element, ranges, problems),
                // The members of arrays: nothing that is written here is one.
                _ => {}
            }
            depth += usize::from(!is_empty);
        }
        parsed
    }

    /// `xmlns:custom="http:///webanno/custom.ecore"` is the package `webanno.custom`.
    fn add_packages(&mut self, root: &BytesStart<'_>) {
        for (name, value) in attributes(root).into_iter().take(PACKAGE_COUNT_MAX) {
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                let path = value.strip_prefix("http:///").unwrap_or(&value);
                let package = path.strip_suffix(".ecore").unwrap_or(path).replace('/', ".");
                self.packages.insert(prefix.to_owned(), package);
            }
        }
    }

    fn add(&mut self, element: &BytesStart<'_>, ranges: &Ranges, problems: &mut Problems) {
        let name = element.name();
        let name = name.as_ref().to_owned();
        let (prefix, local) = name.split_once(':').unwrap_or(("", &name));
        let package = self.packages.get(prefix).map_or(prefix, String::as_str);
        let kind = if package.is_empty() { local.to_owned() } else { format!("{package}.{local}") };
        if matches!(kind.as_str(), "uima.cas.NULL" | "uima.cas.View") {
            return;
        }
        let (mut sofa, mut id, mut begin, mut end) = (None, None, None, None);
        let (mut sofa_text, mut is_first) = (None, false);
        let mut features = Vec::new();
        for (name, value) in attributes(element) {
            // A place that is no number is a place outside of the text: it is told with the others.
            let place = || Some(value.parse::<u64>().unwrap_or(u64::MAX));
            match name.as_str() {
                "xmi:id" => id = value.parse().ok(),
                "sofa" => sofa = value.parse().ok(),
                "begin" => begin = place(),
                "end" => end = place(),
                "sofaString" => sofa_text = Some(value),
                "sofaID" => is_first = value == VIEW,
                _ => features.push((name.clone(), ranges.feature(&name, value))),
            }
        }
        if kind == SOFA_TYPE {
            self.sofas.push(Sofa { id, is_first, text: sofa_text });
            return;
        }
        let Some(id) = id else {
            problems.add(None, ProblemKind::Malformed, &kind, Remedy::LeftOut);
            return;
        };
        let span = begin.zip(end).or((begin.is_some() || end.is_some()).then_some((u64::MAX, u64::MAX)));
        self.structures.push((sofa, Structure { id, kind, span, features }));
    }

    /// The text and what is on it. Of several texts, the one of the first view counts.
    fn cas(self, problems: &mut Problems) -> Option<Cas> {
        let mut sofas: Vec<Sofa> = self.sofas.into_iter().filter(|sofa| sofa.text.is_some()).collect();
        if sofas.is_empty() {
            problems.add(None, ProblemKind::Missing, "sofaString", Remedy::FileLeftOut);
            return None;
        }
        let sofa = sofas.swap_remove(sofas.iter().position(|sofa| sofa.is_first).unwrap_or(0));
        let mut cas = Cas { text: sofa.text?, structures: Vec::new() };
        for (own_sofa, structure) in self.structures {
            if own_sofa.is_some() && own_sofa != sofa.id {
                problems.add(None, ProblemKind::Unsupported, &structure.kind, Remedy::LeftOut);
            } else {
                cas.structures.push(structure);
            }
        }
        Some(cas)
    }
}

/// The names and values of attributes. Those that are malformed are passed over.
fn attributes(element: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut attributes = element.attributes();
    // The check for doubles costs the square of their number.
    for attribute in attributes.with_checks(false).flatten() {
        let name = attribute.key.as_ref().to_owned();
        if let Ok(value) = attribute.normalized_value(XmlVersion::default()) {
            found.push((name, value.into_owned()));
        }
    }
    found
}
