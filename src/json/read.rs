//! Reading JSON (RFC 8259): one pass over the bytes, straight into our values.
//!
//! A native file says the same keys and words ten thousand times: equal short texts of one file share
//! their memory, which is most of what makes opening quick. See docs/decisions/0022.

use std::rc::Rc;

use crate::json::{Map, Member, Number, Value};
use crate::sorted::sort_by;

/// How many lists and objects may lie in each other.
const DEPTH_MAX: usize = 127;

/// Among so many members equal keys are looked for by comparing; among more by sorting.
const FEW_MEMBERS: usize = 32;

/// Texts of at most this many bytes are shared.
const SHARED_LEN_MAX: usize = 40;

/// In shorter JSON nothing is shared.
const SHARED_FROM_BYTES: usize = 16 * 1024;

/// How many texts are remembered; a power of two.
const SHARED_COUNT: usize = 1024;

/// Why a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The first byte that cannot stand where it does; in a text that ends too early, the last.
    pub at_byte: usize,
    pub fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Something that is no JSON.
    Wrong,
    /// The text ends too early.
    CutOff,
    /// Lists or objects in each other, more than a reader should go into.
    TooDeep,
}

type Read<T> = Result<T, SyntaxError>;

/// The one value that a text is, white space around it. O(n log n) for an object of many members, else
/// O(n).
pub fn from_str(json: &str) -> Result<Value, SyntaxError> {
    from_str_to_depth(json, usize::MAX)
}

/// As [`from_str`], but values inside of so many lists and objects come as texts of what is written
/// there. Each of these may be nested as deep as JSON may be by itself.
pub fn from_str_to_depth(json: &str, depth: usize) -> Result<Value, SyntaxError> {
    let shared_count = if json.len() < SHARED_FROM_BYTES { 0 } else { SHARED_COUNT };
    let shared = vec![Rc::from(""); shared_count];
    let mut reader =
        Reader { json, at: 0, depth_left: DEPTH_MAX, is_kept: true, lens: [0; DEPTH_MAX + 1], shared };
    let value = reader.value(depth)?;
    reader.skip_space();
    if reader.at < json.len() { Err(reader.unexpected()) } else { Ok(value) }
}

struct Reader<'j> {
    json: &'j str,
    at: usize,
    /// How many more lists and objects may be opened in each other.
    depth_left: usize,
    /// Whether anything is made of what is read; else it is only looked at.
    is_kept: bool,
    /// How many members the last object had that lay as deep: the next one mostly has as many.
    lens: [u8; DEPTH_MAX + 1],
    /// Texts that were read lately, each in the place that [`shared_place`] gives it.
    shared: Vec<Rc<str>>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn unexpected(&self) -> SyntaxError {
        let fault = if self.at < self.json.len() { Fault::Wrong } else { Fault::CutOff };
        SyntaxError { at_byte: self.at.min(self.json.len().saturating_sub(1)), fault }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Read<()> {
        if self.peek() != Some(byte) {
            return Err(self.unexpected());
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Read<Value> {
        self.skip_space();
        if depth == 0 {
            return self.written();
        }
        match self.peek() {
            Some(b'{') => self.object(depth - 1),
            Some(b'[') => self.list(depth - 1),
            Some(b'"') => self.text().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            _ => Err(self.unexpected()),
        }
    }

    /// What is written here, as a text.
    fn written(&mut self) -> Read<Value> {
        let start = self.at;
        let (depth_left, is_kept) = (self.depth_left, self.is_kept);
        (self.depth_left, self.is_kept) = (DEPTH_MAX, false);
        self.value(usize::MAX)?;
        (self.depth_left, self.is_kept) = (depth_left, is_kept);
        Ok(Value::from(&self.json[start..self.at]))
    }

    fn word(&mut self, word: &str, value: Value) -> Read<Value> {
        word.bytes().try_for_each(|byte| self.expect(byte))?;
        Ok(value)
    }

    fn open(&mut self) -> Read<()> {
        let too_deep = SyntaxError { at_byte: self.at, fault: Fault::TooDeep };
        self.depth_left = self.depth_left.checked_sub(1).ok_or(too_deep)?;
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    /// Goes over the end of a list or an object, or over the comma before what follows. Whether it was
    /// the end.
    fn is_closed(&mut self, end: u8) -> Read<bool> {
        self.skip_space();
        let is_end = self.peek() == Some(end);
        if is_end {
            self.depth_left += 1;
        }
        self.expect(if is_end { end } else { b',' })?;
        Ok(is_end)
    }

    fn list(&mut self, depth: usize) -> Read<Value> {
        self.open()?;
        let mut items = Vec::new();
        let mut is_over = self.peek() == Some(b']') && self.is_closed(b']')?;
        while !is_over {
            let item = self.value(depth)?;
            if self.is_kept {
                items.push(item);
            }
            is_over = self.is_closed(b']')?;
        }
        Ok(Value::Array(items))
    }

    fn object(&mut self, depth: usize) -> Read<Value> {
        self.open()?;
        let len_place = self.depth_left;
        let mut members: Vec<Member> = Vec::with_capacity(usize::from(self.lens[len_place]));
        // A bit for each place of a key: where it is free, the key is new.
        let (mut places, mut has_repeated) = (0_u64, false);
        let mut is_over = self.peek() == Some(b'}') && self.is_closed(b'}')?;
        while !is_over {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected());
            }
            let key = self.text()?;
            self.skip_space();
            self.expect(b':')?;
            let value = self.value(depth)?;
            if self.is_kept {
                let place = 1 << (shared_place(&key) % 64);
                if members.len() < FEW_MEMBERS && places & place != 0 {
                    has_repeated |= members.iter().any(|(other, _)| *other == key);
                }
                places |= place;
                members.push((key, value));
            }
            is_over = self.is_closed(b'}')?;
        }
        if has_repeated || members.len() > FEW_MEMBERS {
            members = last_of_each(members);
        } else {
            self.lens[len_place] = members.len() as u8;
        }
        Ok(Value::Object(Map { members }))
    }

    fn number(&mut self) -> Read<Number> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let is_zero = self.peek() == Some(b'0');
        self.digits()?;
        // No zero stands before other digits.
        if is_zero && self.at - start > 1 && self.json.as_bytes()[self.at - 2].is_ascii_digit() {
            self.at -= 1;
            return Err(self.unexpected());
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let written = &self.json[start..self.at];
        Ok(Number(self.shared(written)))
    }

    /// One digit or more.
    fn digits(&mut self) -> Read<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected()) } else { Ok(()) }
    }

    fn text(&mut self) -> Read<Rc<str>> {
        self.at += 1;
        let mut start = self.at;
        let mut before = String::new();
        loop {
            self.at += plain_len(&self.json.as_bytes()[self.at..]);
            let plain = &self.json[start..self.at];
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    if before.is_empty() {
                        return Ok(self.shared(plain));
                    }
                    before.push_str(plain);
                    return Ok(self.shared(&before));
                }
                Some(b'\\') => {
                    before.push_str(plain);
                    before.push(self.escaped()?);
                    start = self.at;
                }
                _ => return Err(self.unexpected()),
            }
        }
    }

    /// The character that is written as an escape.
    fn escaped(&mut self) -> Read<char> {
        self.at += 1;
        let escaped = match self.peek() {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.escaped_by_number(),
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// What stands behind the backslash of `\u00e9`, or of a pair of such escapes.
    fn escaped_by_number(&mut self) -> Read<char> {
        let mut number = self.escaped_unit()?;
        if (0xD800..0xDC00).contains(&number) {
            self.expect(b'\\')?;
            let second = self.escaped_unit()?;
            if (0xDC00..0xE000).contains(&second) {
                number = 0x1_0000 + ((number - 0xD800) << 10) + (second - 0xDC00);
            }
        }
        // Half of a pair, without the other half.
        let lone = SyntaxError { at_byte: self.at - 1, fault: Fault::Wrong };
        char::from_u32(number).ok_or(lone)
    }

    fn escaped_unit(&mut self) -> Read<u32> {
        self.expect(b'u')?;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            unit = unit * 16 + digit.ok_or_else(|| self.unexpected())?;
            self.at += 1;
        }
        Ok(unit)
    }

    /// A text of our own, which equal ones share.
    fn shared(&mut self, text: &str) -> Rc<str> {
        if !self.is_kept {
            return Rc::default();
        }
        let place = shared_place(text);
        match self.shared.get_mut(place) {
            Some(shared) if text.len() <= SHARED_LEN_MAX => {
                if **shared != *text {
                    *shared = Rc::from(text);
                }
                shared.clone()
            }
            _ => Rc::from(text),
        }
    }
}

/// A number below [`SHARED_COUNT`], from the two ends of a text.
fn shared_place(text: &str) -> usize {
    let bytes = text.as_bytes();
    let len = bytes.len().min(4);
    let number = |bytes: &[u8]| bytes.iter().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
    let (head, tail) = (number(&bytes[..len]), number(&bytes[bytes.len() - len..]));
    let mixed = head.wrapping_mul(0x9E37_79B1) ^ (tail ^ bytes.len() as u32).wrapping_mul(0x85EB_CA6B);
    (mixed >> 16) as usize % SHARED_COUNT
}

/// How many bytes there are before a quote, a backslash or a control character. Eight at a time.
fn plain_len(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH_BITS: u64 = EACH << 7;
    // Sets the high bit of each byte below the limit; above the first of these, maybe others.
    let below = |word: u64, limit: u8| word.wrapping_sub(EACH * u64::from(limit)) & !word;
    let mut chunks = bytes.chunks_exact(8);
    let mut len = 0;
    for chunk in &mut chunks {
        let word = chunk.iter().rev().fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
        let is_equal = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
        let found = (below(word, b' ') | is_equal(b'"') | is_equal(b'\\')) & HIGH_BITS;
        if found != 0 {
            return len + found.trailing_zeros() as usize / 8;
        }
        len += 8;
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..b' ');
    len + chunks.remainder().iter().take_while(|byte| !is_special(byte)).count()
}

/// The members without those whose key comes again. O(n log n).
fn last_of_each(members: Vec<Member>) -> Vec<Member> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    sort_by(&mut order, |left, right| members[*left].0.cmp(&members[*right].0).then(right.cmp(left)));
    order.dedup_by(|earlier, last| members[*earlier].0 == members[*last].0);
    let mut is_last = vec![false; members.len()];
    order.into_iter().for_each(|idx| is_last[idx] = true);
    members.into_iter().zip(is_last).filter_map(|(member, is_last)| is_last.then_some(member)).collect()
}
