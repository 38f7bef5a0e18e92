//! Reading JSON (RFC 8259) straight into our values. What the pieces of it are is hifijson's to say; here
//! they become values.
//!
//! A native file says the same keys and words ten thousand times: equal short texts of one file share
//! their memory, which is most of what makes opening quick. See docs/decisions/0022.

use std::rc::Rc;

use hifijson::num::{Lex as _, LexWrite as _};
use hifijson::str::{Error as StrError, Lex as _, LexAlloc as _};
use hifijson::token::Lex as _;
use hifijson::{Read as _, SliceLexer, escape};

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
    let mut reader = Reader::new(json);
    let value = reader.value(depth)?;
    reader.end()?;
    Ok(value)
}

/// Reads as [`from_str`] does, in steps: between two of them the caller can do something else.
pub struct Steps<'j> {
    reader: Reader<'j>,
    /// The outermost object, as far as it was read.
    object: Option<Object>,
    /// The list in it that is being read, with its key.
    list: Option<(Rc<str>, Vec<Value>)>,
}

impl<'j> Steps<'j> {
    pub fn new(json: &'j str) -> Steps<'j> {
        Steps { reader: Reader::new(json), object: None, list: None }
    }

    /// How many bytes were read.
    pub fn at(&self) -> usize {
        self.reader.at()
    }

    /// Goes on by so many members of the outermost object or items of the lists in it. The value, when
    /// all is read.
    pub fn step(&mut self, count: usize) -> Read<Option<Value>> {
        let Some(object) = &mut self.object else {
            if self.reader.lexer.ws_peek() == Some(b'{') {
                self.object = Some(self.reader.open_object()?);
                return Ok(None);
            }
            let value = self.reader.value(usize::MAX)?;
            return self.reader.end().map(|()| Some(value));
        };
        for _ in 0..count {
            if let Some((_, items)) = &mut self.list {
                if self.reader.item(usize::MAX, items)?
                    && let Some((key, items)) = self.list.take()
                {
                    self.reader.put(object, key, Value::Array(items))?;
                }
            } else if object.is_over {
                self.reader.end()?;
                return Ok(self.object.take().map(|object| self.reader.finished(object)));
            } else {
                let key = self.reader.key()?;
                let value = match self.reader.lexer.ws_peek() {
                    Some(b'[') if self.reader.open_list()? => Value::Array(Vec::new()),
                    Some(b'[') => {
                        self.list = Some((key, Vec::new()));
                        continue;
                    }
                    _ => self.reader.value(usize::MAX)?,
                };
                self.reader.put(object, key, value)?;
            }
        }
        Ok(None)
    }
}

struct Reader<'j> {
    json: &'j str,
    lexer: SliceLexer<'j>,
    /// How many more lists and objects may be opened in each other.
    depth_left: usize,
    /// Whether anything is made of what is read; else it is only looked at.
    is_kept: bool,
    /// How many members the last object had that lay as deep: the next one mostly has as many.
    lens: [u8; DEPTH_MAX + 1],
    /// Texts that were read lately, each in the place that [`shared_place`] gives it.
    shared: Vec<Rc<str>>,
}

/// An object that is being read.
struct Object {
    members: Vec<Member>,
    /// A bit for each place of a key: where it is free, the key is new.
    places: u64,
    has_repeated: bool,
    is_over: bool,
    /// Where [`Reader::lens`] has how many members there mostly are.
    len_place: usize,
}

impl<'j> Reader<'j> {
    fn new(json: &'j str) -> Reader<'j> {
        let shared_count = if json.len() < SHARED_FROM_BYTES { 0 } else { SHARED_COUNT };
        Reader {
            json,
            lexer: SliceLexer::new(json.as_bytes()),
            depth_left: DEPTH_MAX,
            is_kept: true,
            lens: [0; DEPTH_MAX + 1],
            shared: vec![Rc::from(""); shared_count],
        }
    }

    /// Nothing may follow.
    fn end(&mut self) -> Read<()> {
        match self.lexer.ws_peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected()),
        }
    }

    /// How far it is, in bytes.
    fn at(&self) -> usize {
        self.json.len() - self.lexer.as_slice().len()
    }

    /// What comes next cannot stand here, or nothing comes.
    fn unexpected(&self) -> SyntaxError {
        let fault = if self.at() < self.json.len() { Fault::Wrong } else { Fault::CutOff };
        SyntaxError { at_byte: self.at().min(self.json.len().saturating_sub(1)), fault }
    }

    fn value(&mut self, depth: usize) -> Read<Value> {
        let next = self.lexer.ws_peek();
        if depth == 0 {
            return self.written();
        }
        match next {
            Some(b'{') => self.object(depth - 1),
            Some(b'[') => self.list(depth - 1),
            Some(b'"') => self.text().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b'n' | b't' | b'f') => match self.lexer.null_or_bool() {
                Some(None) => Ok(Value::Null),
                Some(Some(is)) => Ok(Value::Bool(is)),
                None => Err(self.no_word()),
            },
            _ => Err(self.unexpected()),
        }
    }

    /// `null`, `true` or `false` was begun, and is something else: goes to where it becomes that.
    fn no_word(&mut self) -> SyntaxError {
        let begun = self.json.as_bytes()[self.at() - 1];
        let word = [&b"null"[..], b"true", b"false"].into_iter().find(|word| word[0] == begun);
        for letter in word.into_iter().flatten().skip(1) {
            if self.lexer.peek_next() != Some(*letter) {
                break;
            }
            self.lexer.take_next();
        }
        self.unexpected()
    }

    /// What is written here, as a text.
    fn written(&mut self) -> Read<Value> {
        let start = self.at();
        let (depth_left, is_kept) = (self.depth_left, self.is_kept);
        (self.depth_left, self.is_kept) = (DEPTH_MAX, false);
        self.value(usize::MAX)?;
        (self.depth_left, self.is_kept) = (depth_left, is_kept);
        Ok(Value::from(&self.json[start..self.at()]))
    }

    fn open(&mut self) -> Read<()> {
        let too_deep = SyntaxError { at_byte: self.at(), fault: Fault::TooDeep };
        self.depth_left = self.depth_left.checked_sub(1).ok_or(too_deep)?;
        self.lexer.take_next();
        Ok(())
    }

    /// Goes over the end of a list or an object, or over the comma before what follows. Whether it was
    /// the end.
    fn is_closed(&mut self, end: u8) -> Read<bool> {
        let next = self.lexer.ws_peek();
        if next != Some(end) && next != Some(b',') {
            return Err(self.unexpected());
        }
        self.lexer.take_next();
        self.depth_left += usize::from(next == Some(end));
        Ok(next == Some(end))
    }

    fn list(&mut self, depth: usize) -> Read<Value> {
        let (mut items, mut is_over) = (Vec::new(), self.open_list()?);
        while !is_over {
            is_over = self.item(depth, &mut items)?;
        }
        Ok(Value::Array(items))
    }

    /// Whether the list is over at once.
    fn open_list(&mut self) -> Read<bool> {
        self.open()?;
        Ok(self.lexer.ws_peek() == Some(b']') && self.is_closed(b']')?)
    }

    /// Reads an item. Whether it was the last.
    fn item(&mut self, depth: usize, items: &mut Vec<Value>) -> Read<bool> {
        let item = self.value(depth)?;
        if self.is_kept {
            items.push(item);
        }
        self.is_closed(b']')
    }

    fn object(&mut self, depth: usize) -> Read<Value> {
        let mut object = self.open_object()?;
        while !object.is_over {
            let key = self.key()?;
            let value = self.value(depth)?;
            self.put(&mut object, key, value)?;
        }
        Ok(self.finished(object))
    }

    fn open_object(&mut self) -> Read<Object> {
        self.open()?;
        let len_place = self.depth_left;
        let members = Vec::with_capacity(usize::from(self.lens[len_place]));
        let is_over = self.lexer.ws_peek() == Some(b'}') && self.is_closed(b'}')?;
        Ok(Object { members, places: 0, has_repeated: false, is_over, len_place })
    }

    /// A key, and the colon after it.
    fn key(&mut self) -> Read<Rc<str>> {
        if self.lexer.ws_peek() != Some(b'"') {
            return Err(self.unexpected());
        }
        let key = self.text()?;
        if self.lexer.ws_peek() != Some(b':') {
            return Err(self.unexpected());
        }
        self.lexer.take_next();
        Ok(key)
    }

    /// Puts a member into the object, and goes over what follows it.
    fn put(&mut self, object: &mut Object, key: Rc<str>, value: Value) -> Read<()> {
        if self.is_kept {
            let place = 1 << (shared_place(&key) % 64);
            if object.members.len() < FEW_MEMBERS && object.places & place != 0 {
                object.has_repeated |= object.members.iter().any(|(other, _)| *other == key);
            }
            object.places |= place;
            object.members.push((key, value));
        }
        object.is_over = self.is_closed(b'}')?;
        Ok(())
    }

    fn finished(&mut self, Object { mut members, has_repeated, len_place, .. }: Object) -> Value {
        if has_repeated || members.len() > FEW_MEMBERS {
            members = last_of_each(members);
        } else {
            self.lens[len_place] = members.len() as u8;
        }
        Value::Object(Map { members })
    }

    fn number(&mut self) -> Read<Number> {
        let is_number = match self.is_kept {
            true => match self.lexer.num_string().validated() {
                Ok((written, _)) => return Ok(Number::of_written(written)),
                Err(_) => false,
            },
            false => self.lexer.num_ignore().validate().is_ok(),
        };
        if is_number { Ok(Number::from(0_u64)) } else { Err(self.unexpected()) }
    }

    fn text(&mut self) -> Read<Rc<str>> {
        self.lexer.take_next();
        let read = match self.is_kept {
            true => self.lexer.str_string().map(|text| self.shared(&text)),
            false => self.lexer.str_ignore().map(|()| Rc::default()),
        };
        read.map_err(|error| match error {
            StrError::Eof | StrError::Escape(escape::Error::Eof) => self.unexpected(),
            // The byte that is wrong was taken, as far as it is one.
            _ => SyntaxError { at_byte: self.at().saturating_sub(1), fault: Fault::Wrong },
        })
    }

    /// A text of our own, which equal ones share.
    fn shared(&mut self, text: &str) -> Rc<str> {
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

/// The members without those whose key comes again. O(n log n).
fn last_of_each(members: Vec<Member>) -> Vec<Member> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    sort_by(&mut order, |left, right| members[*left].0.cmp(&members[*right].0).then(right.cmp(left)));
    order.dedup_by(|earlier, last| members[*earlier].0 == members[*last].0);
    let mut is_last = vec![false; members.len()];
    order.into_iter().for_each(|idx| is_last[idx] = true);
    members.into_iter().zip(is_last).filter_map(|(member, is_last)| is_last.then_some(member)).collect()
}
