//! The header lines and the cells of WebAnno TSV.

/// What the annotations of a layer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Span,
    Relation,
    /// Spans that follow each other.
    Chain,
}

/// A layer, as a line of the header declares it.
#[derive(Debug)]
pub(super) struct Layer {
    pub kind: Kind,
    /// The name of the type.
    pub name: String,
    /// At least one.
    pub columns: Vec<Column>,
}

#[derive(Debug)]
pub(super) enum Column {
    Feature(String),
    /// The source of a relation, with the type of its ends.
    Source(String),
    /// Roles and targets of slots.
    Slot,
    /// A layer without features has one column all the same.
    Placeholder,
}

impl Layer {
    /// `#T_SP=type|feature|…`.
    pub fn read(line: &str) -> Option<Layer> {
        let (prefix, rest) = line.split_once('=')?;
        let kind = match prefix {
            "#T_SP" => Kind::Span,
            "#T_RL" => Kind::Relation,
            "#T_CH" => Kind::Chain,
            _ => return None,
        };
        let mut fields = rest.split('|').filter(|field| !field.is_empty());
        let name = fields.next()?.to_owned();
        let column = |field: &str| match field.strip_prefix("BT_") {
            Some(base) if kind == Kind::Relation => Column::Source(base.to_owned()),
            _ if kind == Kind::Span && (field.starts_with("ROLE_") || field.contains('.')) => Column::Slot,
            _ => Column::Feature(field.to_owned()),
        };
        let mut columns: Vec<Column> = fields.map(column).collect();
        if columns.is_empty() {
            columns.push(Column::Placeholder);
        }
        Some(Layer { kind, name, columns })
    }

    pub fn has_slots(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Slot))
    }

    /// The type of the ends of a relation.
    pub fn base(&self) -> Option<&String> {
        self.columns.iter().find_map(|column| match column {
            Column::Source(base) => Some(base),
            _ => None,
        })
    }
}

/// One of the values that are stacked in a cell.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Cell {
    /// `None` for an annotation without a value.
    pub value: Option<String>,
    /// From `value[3]`; from `value->2-5` of a chain, with the chain in the upper half.
    pub id: Option<u64>,
    /// From `1-1[3_4]`.
    pub pair: Option<(u64, u64)>,
}

impl Cell {
    pub fn stack(cell: &str) -> Vec<Cell> {
        if cell == "_" {
            return Vec::new();
        }
        let mut cells = Vec::new();
        let mut start = 0;
        for (place, _) in cell.match_indices('|') {
            if !cell[..place].ends_with('\\') {
                cells.push(Cell::read(&cell[start..place]));
                start = place + 1;
            }
        }
        cells.push(Cell::read(&cell[start..]));
        cells
    }

    fn read(text: &str) -> Cell {
        let mut cell = Cell::default();
        let mut value = text;
        if let Some((before, inner)) =
            text.strip_suffix(']').filter(|_| !text.ends_with("\\]")).and_then(|it| it.rsplit_once('['))
        {
            value = before;
            cell.id = inner.parse().ok();
            // What is no id is the id of nothing.
            let id = |id: &str| id.parse().unwrap_or(u64::MAX);
            cell.pair = inner.split_once('_').map(|(from, to)| (id(from), id(to)));
        } else if let Some((before, place)) =
            text.rsplit_once("->").filter(|(before, _)| !before.ends_with('\\'))
        {
            let place = place.split_once('-');
            let place = place.and_then(|(chain, idx)| chain.parse::<u32>().ok().zip(idx.parse::<u32>().ok()));
            if let Some((chain, idx)) = place {
                value = before;
                cell.id = Some(u64::from(chain) << 32 | u64::from(idx));
            }
        }
        cell.value = (value != "*").then(|| unescaped(value));
        cell
    }
}

/// A value without its escapes. What is no escape stays.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(place) = rest.find('\\') {
        out.push_str(&rest[..place]);
        let escaped = &rest[place + 1..];
        let (text, len) = match escaped.chars().next() {
            Some('t') => ("\t", 1),
            Some('n') => ("\n", 1),
            Some('-') if escaped.starts_with("->") => ("->", 2),
            Some('\\' | '[' | ']' | '|' | '_' | ';' | '*') => (&escaped[..1], 1),
            _ => ("\\", 0),
        };
        out.push_str(text);
        rest = &escaped[len..];
    }
    out.push_str(rest);
    out
}

/// A line of text without its escapes; before version 3.2 they were those of Java.
pub(super) fn unescaped_text(line: &str, has_java_escapes: bool) -> String {
    let mut out = String::with_capacity(line.len());
    let mut units: Vec<u16> = Vec::new();
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            flush(&mut units, &mut out);
            out.push(character);
            continue;
        }
        let rest = characters.as_str();
        let code = rest.strip_prefix('u').filter(|_| has_java_escapes).and_then(|digits| digits.get(..4));
        if let Some(unit) = code.and_then(|code| u16::from_str_radix(code, 16).ok()) {
            units.push(unit);
            characters = rest[5..].chars();
            continue;
        }
        flush(&mut units, &mut out);
        match characters.next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('f') => out.push('\u{C}'),
            Some('b') => out.push('\u{8}'),
            Some(control @ ('\0'..='\u{1F}' | '\\')) => out.push(control),
            Some(quote @ ('"' | '\'')) if has_java_escapes => out.push(quote),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    flush(&mut units, &mut out);
    out
}

/// Characters beyond U+FFFF come as two escapes.
fn flush(units: &mut Vec<u16>, out: &mut String) {
    out.push_str(&String::from_utf16_lossy(units));
    units.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_taken_apart() {
        let cell = |value: Option<&str>, id| Cell { value: value.map(str::to_owned), id, pair: None };
        for (text, expected) in [
            ("_", vec![]),
            ("*", vec![cell(None, None)]),
            ("LOC", vec![cell(Some("LOC"), None)]),
            ("*[3]|LOC[4]", vec![cell(None, Some(3)), cell(Some("LOC"), Some(4))]),
            ("a\\|b\\_\\[c\\]", vec![cell(Some("a|b_[c]"), None)]),
            ("a\\\\[7]", vec![cell(Some("a\\"), Some(7))]),
            ("x\\->1-2", vec![cell(Some("x->1-2"), None)]),
            ("*->1-2", vec![cell(None, Some(1 << 32 | 2))]),
            ("", vec![cell(Some(""), None)]),
            ("a\\nb\\q", vec![cell(Some("a\nb\\q"), None)]),
        ] {
            assert_eq!(Cell::stack(text), expected, "{text}");
        }
        assert_eq!(Cell::stack("1-1[3_0]")[0].pair, Some((3, 0)));
        assert_eq!(unescaped_text("a\\tb\\\\n\\r", false), "a\tb\\n\r");
        assert_eq!(unescaped_text("\\ud83d\\udc4d \\u0041", true), "👍 A");
        assert_eq!(unescaped_text("\\u0041", false), "\\u0041");
    }
}
