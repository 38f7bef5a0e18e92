//! The relations of a row, in all their forms.

use sourcier::json::{Map, Value};
use sourcier::sorted::sort_by;

use crate::draft::{Draft, DraftRelation, SAME_AS, is_same_as};
use crate::formats::text_rows::id_of;
use crate::problems::{ProblemKind, Problems, Remedy};

/// What relations may call a span by, and the id of its annotation.
pub struct Named {
    pub start: u64,
    pub end: u64,
    pub label: String,
    /// The index of the last token, where the row says so.
    pub token_end: Option<u64>,
    pub id: String,
}

pub fn add(draft: &mut Draft, row: &Map, spans: Vec<Named>, line: usize, problems: &mut Problems) {
    let ends = Ends::new(spans);
    for relation in row.get("relations").and_then(Value::as_array).into_iter().flatten() {
        let Some(kind) = ["type", "label"].iter().find_map(|key| id_of(&relation[*key])) else {
            problems.add(Some(line), ProblemKind::Missing, "type", Remedy::LeftOut);
            continue;
        };
        let from =
            ends.find([&relation["from"], &relation["from_id"]], &relation["head_span"], &relation["head"]);
        let to =
            ends.find([&relation["to"], &relation["to_id"]], &relation["child_span"], &relation["child"]);
        let (Some(from), Some(to)) = (from, to) else {
            problems.add(Some(line), ProblemKind::DanglingId, &relation.to_string(), Remedy::LeftOut);
            continue;
        };
        let kind = if is_same_as(&kind) { SAME_AS.to_owned() } else { kind };
        draft.relations.push(DraftRelation { kind, from, to, line: Some(line) });
    }
}

struct Ends {
    /// By start, end and label.
    by_place: Vec<Named>,
    /// Last tokens, and indexes of `by_place`.
    by_token: Vec<(u64, usize)>,
}

impl Ends {
    fn new(mut by_place: Vec<Named>) -> Ends {
        sort_by(&mut by_place, |left, right| key(left).cmp(&key(right)));
        let tokens = by_place.iter().enumerate();
        let mut by_token: Vec<(u64, usize)> =
            tokens.filter_map(|(idx, named)| Some((named.token_end?, idx))).collect();
        sort_by(&mut by_token, Ord::cmp);
        Ends { by_place, by_token }
    }

    /// The end that is named by an id, a span or its last token. An id is not looked up here.
    fn find(&self, ids: [&Value; 2], span: &Value, token: &Value) -> Option<String> {
        if let Some(id) = ids.into_iter().find_map(id_of) {
            return Some(id);
        }
        let label = id_of(&span["label"]).unwrap_or_default();
        if let (Some(start), Some(end)) = (span["start"].as_u64(), span["end"].as_u64()) {
            let wanted = (start, end, label.as_str());
            let found = self.by_place.binary_search_by(|named| key(named).cmp(&wanted));
            return found.ok().map(|idx| self.by_place[idx].id.clone());
        }
        let token = token.as_u64()?;
        let first = self.by_token.partition_point(|(other, _)| *other < token);
        let (_, idx) = self.by_token.get(first).filter(|(other, _)| *other == token)?;
        Some(self.by_place[*idx].id.clone())
    }
}

fn key(named: &Named) -> (u64, u64, &str) {
    (named.start, named.end, &named.label)
}
