//! Keys and the commands behind them: one table for the handler, the help and the menus.
//!
//! Label and relation keys come from the schema and are not in the table; the table uses only
//! what every schema leaves free.

use crate::edit::commands::caret::{Motion, TextUnit};
use crate::edit::commands::choose::Direction;
use crate::text::unicode::is_letter;

/// Everything that a person can ask for by key, by menu or in the command list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    NextAnnotation,
    PreviousAnnotation,
    ChooseHere,
    Escape,
    DeleteChosen,
    AddFragment,
    RemoveFragment,
    MoveEnds,
    Inspector,
    CycleMarks,
    /// Draws the relations of all annotations on the screen, or of the chosen one.
    ToggleLinks,
    /// Looks for another mention of the chosen one's entity.
    SameEntity,
    /// The paragraph at the cursor is seen, or has nothing to mark.
    CycleParagraph,
    NextUnseen,
    NextWarning,
    PreviousWarning,
    /// Mends what the check found about the chosen annotation.
    Repair,
    /// Draft, complete, reviewed.
    NextStatus,
    Move(Motion),
    /// Up, down, start and end of a line as the screen shows it.
    MoveLine(LineMotion),
    SelectAll,
    Undo,
    Redo,
    Export,
    Open,
    CommandList,
    Documents,
    /// Asks for a text to be pasted, where no key does it.
    PasteText,
    Help,
    Settings,
    Backup,
    DocumentFields,
    /// To the list of annotations; on a narrow screen, it comes and goes.
    AnnotationList,
    EntityList,
    WarningList,
    Guidelines,
    SchemaEditor,
    /// Adds a label, for the selected words where there are some.
    NewLabel,
    NextDocument,
    PreviousDocument,
    NewVersion,
    RemoveDocument,
    /// Sets or takes the mark that means “look at this again”.
    FlagDocument,
    NewProject,
    EraseEverything,
    SwitchLanguage,
    SwitchTheme,
    LargerText,
    SmallerText,
}

/// A move of the text cursor that needs the lines of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineMotion {
    Up,
    Down,
    Start,
    End,
}

/// Where the help shows a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Marking,
    Choosing,
    Cursor,
    Work,
    View,
}

/// A key as written in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter, whatever the case and layout.
    Letter(char),
    /// A character as typed, with or without Shift.
    Typed(char),
    /// A key by its name in `event.key`.
    Named(&'static str),
}

/// Which other keys are held. `Shift` is free to extend a selection where `Command::extends`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hold {
    #[default]
    Nothing,
    Shift,
    /// Ctrl, or ⌘ on a Mac.
    Primary,
    PrimaryShift,
    /// Ctrl, or ⌥ on a Mac.
    Word,
    /// Alt, or ⌥⌘ on a Mac.
    Sentence,
    /// Alt everywhere.
    Alt,
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    pub command: Command,
    pub section: Section,
    pub keys: &'static [(Hold, Key)],
}

/// A key press as the page reports it, without anything of the DOM.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPress {
    /// `event.key`.
    pub key: String,
    /// `event.code`.
    pub code: String,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
    pub meta: bool,
    /// Whether the computer is a Mac.
    pub is_mac: bool,
    /// Composition or AltGr: the press is text, not a command.
    pub is_text: bool,
}

const fn step(unit: TextUnit, direction: Direction) -> Command {
    Command::Move(Motion { unit, direction })
}

use Direction::{Backward, Forward};
use Hold::{Alt, Nothing, Primary, PrimaryShift, Sentence, Shift, Word};
use Key::{Letter, Named, Typed};

/// The table. The first key of a line is the one shown in menus.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    Binding { command: Command::ChooseHere, section: Section::Choosing, keys: &[(Nothing, Named("Enter"))] },
    Binding { command: Command::NextAnnotation, section: Section::Choosing, keys: &[(Nothing, Typed(';')), (Nothing, Typed('.'))] },
    Binding { command: Command::PreviousAnnotation, section: Section::Choosing, keys: &[(Nothing, Typed(','))] },
    Binding { command: Command::Inspector, section: Section::Choosing, keys: &[(Nothing, Letter('i'))] },
    Binding { command: Command::Escape, section: Section::Choosing, keys: &[(Nothing, Named("Escape"))] },
    Binding { command: Command::MoveEnds, section: Section::Marking, keys: &[(Nothing, Letter('z'))] },
    Binding { command: Command::AddFragment, section: Section::Marking, keys: &[(Nothing, Typed('+'))] },
    Binding { command: Command::RemoveFragment, section: Section::Marking, keys: &[(Nothing, Typed('-'))] },
    Binding { command: Command::DeleteChosen, section: Section::Marking, keys: &[(Nothing, Named("Delete")), (Nothing, Named("Backspace"))] },
    Binding { command: Command::SameEntity, section: Section::Marking, keys: &[(Nothing, Letter('g'))] },
    Binding { command: Command::CycleParagraph, section: Section::Marking, keys: &[(Nothing, Letter('y'))] },
    Binding { command: Command::NextUnseen, section: Section::Choosing, keys: &[(Shift, Letter('y'))] },
    Binding { command: Command::NextWarning, section: Section::Choosing, keys: &[(Nothing, Named("F8"))] },
    Binding { command: Command::PreviousWarning, section: Section::Choosing, keys: &[(Shift, Named("F8"))] },
    Binding { command: Command::Repair, section: Section::Marking, keys: &[] },
    Binding { command: Command::Undo, section: Section::Work, keys: &[(Primary, Letter('z'))] },
    Binding { command: Command::Redo, section: Section::Work, keys: &[(PrimaryShift, Letter('z')), (Primary, Letter('y'))] },
    Binding { command: step(TextUnit::Letter, Backward), section: Section::Cursor, keys: &[(Nothing, Named("ArrowLeft"))] },
    Binding { command: step(TextUnit::Letter, Forward), section: Section::Cursor, keys: &[(Nothing, Named("ArrowRight"))] },
    Binding { command: Command::MoveLine(LineMotion::Up), section: Section::Cursor, keys: &[(Nothing, Named("ArrowUp"))] },
    Binding { command: Command::MoveLine(LineMotion::Down), section: Section::Cursor, keys: &[(Nothing, Named("ArrowDown"))] },
    Binding { command: Command::MoveLine(LineMotion::Start), section: Section::Cursor, keys: &[(Nothing, Named("Home"))] },
    Binding { command: Command::MoveLine(LineMotion::End), section: Section::Cursor, keys: &[(Nothing, Named("End"))] },
    Binding { command: step(TextUnit::Word, Backward), section: Section::Cursor, keys: &[(Word, Named("ArrowLeft"))] },
    Binding { command: step(TextUnit::Word, Forward), section: Section::Cursor, keys: &[(Word, Named("ArrowRight"))] },
    Binding { command: step(TextUnit::Sentence, Backward), section: Section::Cursor, keys: &[(Sentence, Named("ArrowUp"))] },
    Binding { command: step(TextUnit::Sentence, Forward), section: Section::Cursor, keys: &[(Sentence, Named("ArrowDown"))] },
    Binding { command: step(TextUnit::Paragraph, Backward), section: Section::Cursor, keys: &[(Word, Named("ArrowUp"))] },
    Binding { command: step(TextUnit::Paragraph, Forward), section: Section::Cursor, keys: &[(Word, Named("ArrowDown"))] },
    Binding { command: step(TextUnit::Document, Backward), section: Section::Cursor, keys: &[(Primary, Named("Home"))] },
    Binding { command: step(TextUnit::Document, Forward), section: Section::Cursor, keys: &[(Primary, Named("End"))] },
    Binding { command: Command::SelectAll, section: Section::Cursor, keys: &[(Primary, Letter('a'))] },
    Binding { command: Command::CycleMarks, section: Section::View, keys: &[(Nothing, Letter('v'))] },
    Binding { command: Command::ToggleLinks, section: Section::View, keys: &[] },
    Binding { command: Command::CommandList, section: Section::View, keys: &[(Primary, Letter('k'))] },
    Binding { command: Command::Help, section: Section::View, keys: &[(Nothing, Typed('?')), (Nothing, Named("F1"))] },
    Binding { command: Command::Settings, section: Section::View, keys: &[] },
    Binding { command: Command::LargerText, section: Section::View, keys: &[] },
    Binding { command: Command::SmallerText, section: Section::View, keys: &[] },
    Binding { command: Command::SwitchTheme, section: Section::View, keys: &[] },
    Binding { command: Command::SwitchLanguage, section: Section::View, keys: &[] },
    Binding { command: Command::Export, section: Section::Work, keys: &[(Primary, Letter('s'))] },
    Binding { command: Command::Open, section: Section::Work, keys: &[(Primary, Letter('o'))] },
    Binding { command: Command::PasteText, section: Section::Work, keys: &[] },
    Binding { command: Command::Documents, section: Section::Work, keys: &[] },
    Binding { command: Command::NextDocument, section: Section::Work, keys: &[(Alt, Named("PageDown"))] },
    Binding { command: Command::PreviousDocument, section: Section::Work, keys: &[(Alt, Named("PageUp"))] },
    Binding { command: Command::AnnotationList, section: Section::Choosing, keys: &[] },
    Binding { command: Command::EntityList, section: Section::View, keys: &[] },
    Binding { command: Command::WarningList, section: Section::View, keys: &[] },
    Binding { command: Command::Guidelines, section: Section::View, keys: &[] },
    Binding { command: Command::SchemaEditor, section: Section::Work, keys: &[] },
    Binding { command: Command::NewLabel, section: Section::Marking, keys: &[] },
    Binding { command: Command::NextStatus, section: Section::Work, keys: &[] },
    Binding { command: Command::DocumentFields, section: Section::Work, keys: &[] },
    Binding { command: Command::NewVersion, section: Section::Work, keys: &[] },
    Binding { command: Command::Backup, section: Section::Work, keys: &[] },
    Binding { command: Command::FlagDocument, section: Section::Work, keys: &[] },
    Binding { command: Command::NewProject, section: Section::Work, keys: &[] },
    Binding { command: Command::RemoveDocument, section: Section::Work, keys: &[] },
    Binding { command: Command::EraseEverything, section: Section::Work, keys: &[] },
];

impl Command {
    /// Whether Shift with its key extends the selection.
    pub fn extends(self) -> bool {
        matches!(self, Command::Move(_) | Command::MoveLine(_))
    }

    /// Whether its key is a single character, which can be switched off (WCAG 2.1.4).
    pub fn is_character_key(key: &(Hold, Key)) -> bool {
        matches!(key, (Nothing | Shift, Letter(_) | Typed(_)))
    }

    /// The name under which texts and menus know it.
    pub fn name(self) -> &'static str {
        match self {
            Command::NextAnnotation => "next-annotation",
            Command::PreviousAnnotation => "previous-annotation",
            Command::ChooseHere => "choose-here",
            Command::Escape => "escape",
            Command::DeleteChosen => "delete-chosen",
            Command::AddFragment => "add-fragment",
            Command::RemoveFragment => "remove-fragment",
            Command::MoveEnds => "move-ends",
            Command::Inspector => "inspector",
            Command::CycleMarks => "cycle-marks",
            Command::ToggleLinks => "toggle-links",
            Command::SameEntity => "same-entity",
            Command::CycleParagraph => "cycle-paragraph",
            Command::NextUnseen => "next-unseen",
            Command::NextWarning => "next-warning",
            Command::PreviousWarning => "previous-warning",
            Command::Repair => "repair",
            Command::NextStatus => "next-status",
            Command::EntityList => "entity-list",
            Command::WarningList => "warning-list",
            Command::Guidelines => "guidelines",
            Command::SchemaEditor => "schema-editor",
            Command::NewLabel => "new-label",
            Command::Move(motion) => motion.name(),
            Command::MoveLine(LineMotion::Up) => "line-up",
            Command::MoveLine(LineMotion::Down) => "line-down",
            Command::MoveLine(LineMotion::Start) => "line-start",
            Command::MoveLine(LineMotion::End) => "line-end",
            Command::SelectAll => "select-all",
            Command::Undo => "undo",
            Command::Redo => "redo",
            Command::Export => "export",
            Command::Open => "open",
            Command::CommandList => "command-list",
            Command::PasteText => "paste-text",
            Command::Documents => "documents",
            Command::Help => "help",
            Command::Settings => "settings",
            Command::Backup => "backup",
            Command::DocumentFields => "document-fields",
            Command::AnnotationList => "annotation-list",
            Command::NextDocument => "next-document",
            Command::PreviousDocument => "previous-document",
            Command::NewVersion => "new-version",
            Command::RemoveDocument => "remove-document",
            Command::FlagDocument => "flag-document",
            Command::NewProject => "new-project",
            Command::EraseEverything => "erase-everything",
            Command::SwitchLanguage => "switch-language",
            Command::SwitchTheme => "switch-theme",
            Command::LargerText => "larger-text",
            Command::SmallerText => "smaller-text",
        }
    }
}

impl Motion {
    fn name(self) -> &'static str {
        match (self.unit, self.direction) {
            (TextUnit::Letter, Forward) => "letter-forward",
            (TextUnit::Letter, Backward) => "letter-backward",
            (TextUnit::Word, Forward) => "word-forward",
            (TextUnit::Word, Backward) => "word-backward",
            (TextUnit::Sentence, Forward) => "sentence-forward",
            (TextUnit::Sentence, Backward) => "sentence-backward",
            (TextUnit::Paragraph, Forward) => "paragraph-forward",
            (TextUnit::Paragraph, Backward) => "paragraph-backward",
            (TextUnit::Document, Forward) => "document-end",
            (TextUnit::Document, Backward) => "document-start",
        }
    }
}

impl KeyPress {
    /// The Latin letter or digit of the key: `event.key` without regard to Caps Lock, or the
    /// key's place (`event.code`) where the layout gives no Latin letter. Digits go by place, so
    /// that a French keyboard needs no Shift.
    pub fn character(&self) -> Option<char> {
        if let Some(digit) = self.code.strip_prefix("Digit").and_then(|digit| digit.chars().next()) {
            return Some(digit);
        }
        let mut chars = self.key.chars();
        let (first, rest) = (chars.next()?, chars.next());
        if rest.is_none() && first.is_ascii_alphanumeric() {
            return Some(first.to_ascii_lowercase());
        }
        self.letter_by_place().filter(|_| self.is_other_script())
    }

    /// Whether the key gives letters of another script: one, or a ligature of two.
    fn is_other_script(&self) -> bool {
        !self.key.is_empty() && self.key.chars().all(|letter| is_letter(letter) && !is_latin(letter))
    }

    fn letter_by_place(&self) -> Option<char> {
        let letter = self.code.strip_prefix("Key").and_then(|letter| letter.chars().next());
        letter.map(|letter| letter.to_ascii_lowercase())
    }

    /// The punctuation of the key, with or without Shift: as typed, or by its place where the
    /// layout has a letter of another script there.
    fn punctuation(&self) -> Option<char> {
        let mut chars = self.key.chars();
        match (chars.next()?, chars.next()) {
            ('؟', None) => Some('?'),
            ('،', None) => Some(','),
            ('؛', None) => Some(';'),
            _ if self.is_other_script() => match self.code.as_str() {
                "Comma" => Some(','),
                "Period" => Some('.'),
                "Semicolon" => Some(';'),
                _ => None,
            },
            (typed, None) => Some(typed),
            _ => None,
        }
    }

    /// The label key that this press is: a character with nothing but perhaps Shift held. A
    /// letter's place counts as that letter where the layout has punctuation there (`/` and `'`
    /// on a Hebrew keyboard) that no command takes.
    pub fn label_key(&self) -> Option<char> {
        if self.is_text || self.ctrl || self.alt || self.meta {
            return None;
        }
        let is_punctuation = self.key.len() == 1 && self.key.chars().all(|char| char.is_ascii_punctuation());
        self.character().or_else(|| self.letter_by_place().filter(|_| is_punctuation))
    }

    fn matches(&self, (hold, key): (Hold, Key), extends: bool) -> bool {
        let is_key = match key {
            Letter(letter) => self.character() == Some(letter),
            Typed(typed) => self.punctuation() == Some(typed),
            Named(name) => self.key == name,
        };
        is_key && self.holds(hold, extends || matches!(key, Typed(_)))
    }

    fn holds(&self, hold: Hold, any_shift: bool) -> bool {
        let shift_is = |shift: bool| any_shift || self.shift == shift;
        let held = (self.ctrl, self.alt, self.meta);
        let primary = if self.is_mac { (false, false, true) } else { (true, false, false) };
        match hold {
            Nothing => held == (false, false, false) && shift_is(false),
            Shift => held == (false, false, false) && self.shift,
            Primary => held == primary && shift_is(false),
            PrimaryShift => held == primary && self.shift,
            Word => held == (!self.is_mac, self.is_mac, false) && shift_is(false),
            Sentence => held == (false, true, self.is_mac) && shift_is(false),
            Alt => held == (false, true, false) && shift_is(false),
        }
    }
}

/// The command of a key press, and whether it extends the selection.
pub fn command_of(press: &KeyPress) -> Option<(Command, bool)> {
    if press.is_text {
        return None;
    }
    let found = BINDINGS
        .iter()
        .find(|binding| binding.keys.iter().any(|key| press.matches(*key, binding.command.extends())))?;
    Some((found.command, press.shift && found.command.extends()))
}

/// The table's line for a command.
pub fn binding_of(command: Command) -> Option<&'static Binding> {
    BINDINGS.iter().find(|binding| binding.command == command)
}

fn is_latin(letter: char) -> bool {
    matches!(letter, 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

#[cfg(test)]
mod tests;
