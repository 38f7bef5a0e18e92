//! A small schema, and a person at a keyboard.

use std::rc::Rc;

use crate::edit::commands::choose::{self, choose_at, select};
use crate::edit::commands::run::{Outcome, press, run};
use crate::edit::commands::{
    CommandContext, CommandResult, Snap, annotate, change, ends, entity, link, paragraph,
};
use crate::edit::editor::Editor;
use crate::edit::keymap::{Command, KeyPress};
use crate::edit::notice::{Notice, Refusal};
use crate::edit::state::{Edge, Selection, State};
use crate::edit::transaction::Transaction;
use crate::json::Map;
use crate::model::annotation::{Annotation, Certainty};
use crate::model::document::Document;
use crate::model::ids::{
    AnnotatorId, AttributeKey, DocumentId, EntityId, FieldKey, GroupId, IdSource, LabelId,
};
use crate::model::relation::Relation;
use crate::model::schema::{
    AttributeKind, AttributeType, AttributeValue, Choice, Family, Group, Label, LineStyle, Localized, Schema,
    SpanPolicy, Tier,
};
use crate::text::span::{TextOffset, TextSpan};

pub(crate) const ALLOWED: SpanPolicy = SpanPolicy { overlap: true, nesting: true, discontinuous: true };
pub(crate) const FORBIDDEN: SpanPolicy = SpanPolicy { overlap: false, nesting: false, discontinuous: false };

pub(crate) fn text_value(text: &str) -> AttributeValue {
    AttributeValue::Text(Rc::from(text))
}

fn attribute(key: &str, kind: AttributeKind, default: Option<AttributeValue>) -> AttributeType {
    AttributeType {
        key: AttributeKey::from(key),
        name: Localized::default(),
        help: Localized::default(),
        kind,
        default,
        required: false,
        tier: Tier::V1,
        computed: None,
        is_dated: false,
        shown_if: None,
        extra: Map::new(),
    }
}

fn choices(values: &[&str]) -> AttributeKind {
    let choice = |value: &&str| Choice {
        value: Rc::from(*value),
        name: Localized::default(),
        help: Localized::default(),
        extra: Map::new(),
    };
    AttributeKind::Choice(values.iter().map(choice).collect())
}

fn label(id: &str, group: &str, key: char, attributes: Vec<AttributeType>) -> Label {
    Label {
        id: LabelId::from(id),
        export_name: None,
        group: GroupId::from(group),
        name: Localized::default(),
        short_name: Localized::default(),
        hotkey: Some(key),
        color: Rc::from("#4E79A7"),
        line: LineStyle::Solid,
        tier: Tier::V1,
        retired: false,
        policy: None,
        definition: Localized::default(),
        include: Localized::default(),
        exclude: Localized::default(),
        example: Localized::default(),
        stacks: id == "QUOTE",
        is_entity: group == "entity",
        attributes,
        extra: Map::new(),
    }
}

/// Entities, statements and markers under the keys of the default schema. `evidence` and
/// `attribution` belong to both CLAIM and ALLEGATION, with other defaults; ALLEGATION allows less.
pub(crate) fn schema() -> Schema {
    let text = AttributeKind::Text { len_max: Some(12) };
    let claim = vec![
        attribute("evidence", choices(&["some", "none", "unclear"]), Some(text_value("some"))),
        attribute("attribution", choices(&["named", "anonymous"]), Some(text_value("named"))),
        attribute("topic", text.clone(), None),
        attribute("verified", AttributeKind::Flag, None),
    ];
    let allegation = vec![
        attribute("evidence", choices(&["some", "none"]), Some(text_value("none"))),
        attribute("attribution", choices(&["named", "anonymous"]), Some(text_value("anonymous"))),
        attribute("topic", text, None),
        attribute("gravity", AttributeKind::Number, Some(AttributeValue::Number(0.5))),
        attribute("when", AttributeKind::Date, None),
    ];
    let mention = || vec![attribute("mention", choices(&["name", "pronoun"]), Some(text_value("name")))];
    let group = |id: &str, family| Group {
        id: GroupId::from(id),
        name: Localized::default(),
        family,
        extra: Map::new(),
    };
    Schema {
        id: Rc::from("small"),
        version: Rc::from("1.0.0"),
        name: Localized::default(),
        card: Localized::default(),
        policy: ALLOWED,
        groups: vec![
            group("statement", Family::Tint),
            group("marker", Family::Box),
            group("entity", Family::Underline),
        ],
        labels: vec![
            label("QUOTE", "statement", 'q', vec![attribute("closed", AttributeKind::Flag, None)]),
            label("CLAIM", "statement", 'c', claim),
            label("ALLEGATION", "statement", 'a', allegation),
            label("CUE", "marker", 'm', Vec::new()),
            label("EVIDENCE", "marker", 'j', Vec::new()),
            label("PERSON", "entity", 'p', mention()),
            label("ORG", "entity", 'o', mention()),
            label("PLACE", "entity", 'l', mention()),
            Label { retired: true, ..label("OLD", "entity", 'w', Vec::new()) },
        ],
        relations: Vec::new(),
        document_fields: Vec::new(),
        rules: Vec::new(),
        guidelines: Rc::from(""),
        changes: Vec::new(),
        extra: Map::new(),
    }
}

pub(crate) fn state_of(text: &str) -> State {
    state_under(text, schema())
}

pub(crate) fn state_under(text: &str, schema: Schema) -> State {
    let document = Document::new(DocumentId::from("d1"), Rc::from(text), 1_000);
    State::new(Rc::new(document), Rc::new(schema))
}

/// Someone at work: an editor, a clock, and what the last press led to.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) editor: Editor,
    pub(crate) ids: IdSource,
    pub(crate) time_ms: u64,
    /// How much later each press is. More than a second: nothing joins.
    pub(crate) pace_ms: u64,
    pub(crate) snap: Snap,
    pub(crate) single_keys: bool,
    pub(crate) is_mac: bool,
    /// What the last press gave: nothing, a refusal, a request to the screen.
    pub(crate) answer: String,
    pub(crate) notices: Vec<Notice>,
    /// The transactions with edits, with the focus each met.
    pub(crate) journal: Vec<(crate::edit::state::Focus, Transaction)>,
}

impl Session {
    pub(crate) fn new(state: State) -> Session {
        Session {
            editor: Editor::new(state),
            ids: IdSource::new(7),
            time_ms: 10_000,
            pace_ms: 2_000,
            snap: Snap::Words,
            single_keys: true,
            is_mac: false,
            answer: String::new(),
            notices: Vec::new(),
            journal: Vec::new(),
        }
    }

    pub(crate) fn state(&self) -> &State {
        self.editor.state()
    }

    /// Words as [`Session::act`] understands them, in a row.
    pub(crate) fn run(&mut self, actions: &str) {
        for action in actions.split_whitespace() {
            self.act(action);
        }
    }

    /// A key (`p`, `Shift+c`, `Ctrl+z`, `+`, `Escape`), or one of: `click:words` (their middle),
    /// `drag:words`, `drag:from…to` (both wholly), `back:words` (dragged backwards), `end:words`
    /// and `start:words` (that end of the chosen is dragged behind or before them), `note:text`,
    /// `set:key=value`, `unset:key`, `unsure`, `field:key=value`, `fast`, `slow`, `letters`;
    /// `take:words` (as a link's other end), `unlink`, `relink`, `split`, `dissolve`, `name:text`,
    /// `identifier:text`, `as-of:key=date`, `repair`, `links`, `paragraph:index`.
    /// `_` stands for a space, after `set:`, `unset:` and `as-of:` `␣`.
    pub(crate) fn act(&mut self, action: &str) {
        let (kind, words) = action.split_once(':').unwrap_or((action, ""));
        // Names and values of attributes are written with `_` themselves.
        let is_attribute = matches!(kind, "set" | "unset" | "as-of");
        let words = words.replace(if is_attribute { '␣' } else { '_' }, " ");
        let key_and_value = || words.split_once('=').unwrap_or((&words, ""));
        match kind {
            "fast" => self.pace_ms = 100,
            "slow" => self.pace_ms = 2_000,
            "letters" => self.snap = Snap::Characters,
            "click" => {
                let span = self.find(&words);
                let place = TextOffset(span.start().0 + span.len_bytes() / 2);
                self.command(|state, ctx| Ok(choose_at(state, ctx, place)));
            }
            "drag" | "back" => {
                let (from, to) = words.split_once('…').unwrap_or((&words, &words));
                let (anchor, head) =
                    (self.find(from).start(), self.find_from(self.find(from).start(), to).end());
                let (anchor, head) = if kind == "back" { (head, anchor) } else { (anchor, head) };
                self.command(|state, ctx| Ok(select(state, ctx, Selection { anchor, head })));
            }
            "start" => {
                let (place, snap) = (self.find(&words).start(), self.snap);
                self.command(|state, ctx| ends::set_end(state, ctx, Edge::Start, place, snap));
            }
            "end" => {
                let (place, snap) = (self.find(&words).end(), self.snap);
                self.command(|state, ctx| ends::set_end(state, ctx, Edge::End, place, snap));
            }
            "note" => {
                self.command(|state, ctx| {
                    with_chosen(state, |chosen| change::set_note(state, ctx, &chosen.id, &words))
                });
            }
            "set" | "unset" => {
                let (key, value) = key_and_value();
                let value = (kind == "set").then(|| value_of(value));
                let key = AttributeKey::from(key);
                self.command(|state, ctx| {
                    with_chosen(state, |chosen| change::set_attribute(state, ctx, &chosen.id, &key, value))
                });
            }
            "unsure" => {
                self.command(|state, ctx| {
                    with_chosen(state, |chosen| {
                        change::set_certainty(state, ctx, &chosen.id, Certainty::Unsure)
                    })
                });
            }
            "relabel" => {
                let label = LabelId::from(words.as_str());
                self.command(|state, ctx| annotate::relabel_chosen(state, ctx, &label));
            }
            "field" => {
                let (key, value) = key_and_value();
                let (key, value) = (FieldKey::from(key), text_value(value));
                self.command(|state, ctx| change::set_field(state, ctx, &key, Some(value)));
            }
            _ if self.act_on_links(kind, &words) => {}
            _ => self.press(action),
        }
    }

    /// The actions on links, entities and paragraphs. Whether it was one.
    fn act_on_links(&mut self, kind: &str, words: &str) -> bool {
        match kind {
            // The first relation of the chosen annotation, or its other types by place.
            "unlink" => self.command(|state, ctx| {
                with_relation(state, |relation| link::unlink(state, ctx, &relation.id))
            }),
            "relink" => self.command(|state, ctx| {
                with_relation(state, |relation| {
                    let options = link::other_types(state, relation);
                    let option = options.first().ok_or(Refusal::AlreadyLinked)?;
                    link::relink(state, ctx, &relation.id, option)
                })
            }),
            "take" => {
                let span = self.find(words);
                let place = TextOffset(span.start().0 + span.len_bytes() / 2);
                self.command(|state, ctx| choose::link_at(state, ctx, place));
            }
            "split" => {
                self.command(|state, ctx| with_chosen(state, |chosen| entity::split(state, ctx, &chosen.id)))
            }
            "dissolve" => {
                self.command(|state, ctx| with_entity(state, |id| entity::dissolve(state, ctx, id)))
            }
            "name" => {
                self.command(|state, ctx| with_entity(state, |id| entity::set_name(state, ctx, id, words)))
            }
            "identifier" => self
                .command(|state, ctx| with_entity(state, |id| entity::set_identifier(state, ctx, id, words))),
            "as-of" => {
                let (key, date) = words.split_once('=').unwrap_or((words, ""));
                let key = AttributeKey::from(key);
                self.command(|state, ctx| {
                    with_chosen(state, |chosen| change::set_as_of(state, ctx, &chosen.id, &key, (0, date)))
                });
            }
            "repair" => self.run_command(Command::Repair),
            "links" => self.run_command(Command::ToggleLinks),
            "paragraph" => {
                let paragraph = words.parse().unwrap_or(usize::MAX);
                self.command(|state, ctx| paragraph::cycle(state, ctx, paragraph));
            }
            _ => return false,
        }
        true
    }

    pub(crate) fn press(&mut self, key: &str) {
        let key = KeyPress { is_mac: self.is_mac, ..key_press(key) };
        let single_keys = self.single_keys;
        match self.with_context(|editor, ctx| press(editor, ctx, &key, single_keys)) {
            None => self.answer = "?".to_string(),
            Some(Outcome::Screen { command, .. }) => self.answer = format!("screen {}", command.name()),
            Some(Outcome::Done(result)) => self.settle(result),
        }
    }

    pub(crate) fn run_command(&mut self, command: Command) {
        if let Outcome::Done(result) = self.with_context(|editor, ctx| run(editor, ctx, command, false)) {
            self.settle(result);
        }
    }

    pub(crate) fn command(&mut self, command: impl FnOnce(&State, &mut CommandContext<'_>) -> CommandResult) {
        let result = self.with_context(|editor, ctx| command(editor.state(), ctx));
        self.settle(result);
    }

    pub(crate) fn dispatch(&mut self, transaction: &Transaction) {
        let focus_before = self.state().focus.clone();
        self.editor.dispatch(transaction).unwrap_or_else(|error| panic!("{error:?}: {transaction:#?}"));
        if !transaction.edits.is_empty() {
            self.journal.push((focus_before, transaction.clone()));
        }
    }

    fn with_context<T>(&mut self, run: impl FnOnce(&Editor, &mut CommandContext<'_>) -> T) -> T {
        self.time_ms += self.pace_ms;
        let annotator = AnnotatorId::from("u1");
        let (ids, time_ms, snap) = (&mut self.ids, self.time_ms, self.snap);
        run(&self.editor, &mut CommandContext { time_ms, ids, annotator: &annotator, snap })
    }

    fn settle(&mut self, result: CommandResult) {
        match result {
            Ok(effect) => {
                self.answer.clear();
                self.notices.extend(effect.notice);
                if let Some(transaction) = &effect.transaction {
                    self.dispatch(transaction);
                }
            }
            Err(refusal) => {
                let debug = format!("{refusal:?}");
                let name = debug.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
                self.answer = format!("!{name}");
            }
        }
    }

    fn find(&self, words: &str) -> TextSpan {
        self.find_from(TextOffset(0), words)
    }

    fn find_from(&self, place: TextOffset, words: &str) -> TextSpan {
        let text = &self.state().document.text;
        let found = text[place.to_usize()..].find(words);
        let start = place.to_usize() + found.unwrap_or_else(|| panic!("no {words:?} in {text:?}"));
        TextSpan::new(start.into(), (start + words.len()).into()).expect("words to find")
    }
}

fn with_chosen(state: &State, command: impl FnOnce(&Rc<Annotation>) -> CommandResult) -> CommandResult {
    command(state.chosen().ok_or(Refusal::NothingChosen)?)
}

fn with_relation(state: &State, command: impl FnOnce(&Rc<Relation>) -> CommandResult) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    command(state.relations.of(&chosen.id).next().ok_or(Refusal::NoRelation)?)
}

fn with_entity(state: &State, command: impl FnOnce(&EntityId) -> CommandResult) -> CommandResult {
    let chosen = state.chosen().ok_or(Refusal::NothingChosen)?;
    command(chosen.entity.as_ref().ok_or(Refusal::NoEntity)?)
}

/// `true`, `false`, a number, else a text.
fn value_of(text: &str) -> AttributeValue {
    match (text, text.parse()) {
        ("true" | "false", _) => AttributeValue::Flag(text == "true"),
        (_, Ok(number)) => AttributeValue::Number(number),
        _ => text_value(text),
    }
}

/// A key press on a keyboard of the United States: `Ctrl+Shift+z`, `+`, `ArrowLeft`.
pub(crate) fn key_press(written: &str) -> KeyPress {
    let split =
        written[..written.len() - 1].rfind('+').map(|place| (&written[..place], &written[place + 1..]));
    let (held, key) = split.unwrap_or(("", written));
    let holds = |name: &str| held.split('+').any(|held| held == name);
    let shift = holds("Shift");
    let code = match key.chars().next().filter(|_| key.chars().count() == 1) {
        Some(letter) if letter.is_ascii_alphabetic() => format!("Key{}", letter.to_ascii_uppercase()),
        Some(digit) if digit.is_ascii_digit() => format!("Digit{digit}"),
        Some(_) => String::new(),
        None => key.to_string(),
    };
    let is_letter = code.starts_with("Key");
    KeyPress {
        key: if shift && is_letter { key.to_ascii_uppercase() } else { key.to_string() },
        code,
        ctrl: holds("Ctrl"),
        alt: holds("Alt"),
        shift,
        meta: holds("Meta"),
        is_mac: false,
        is_text: false,
    }
}
