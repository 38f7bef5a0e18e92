//! Numbers as they are written.

use std::rc::Rc;
use std::sync::OnceLock;

/// The largest whole number up to which floats have every one: 2⁵³.
const WHOLE_MAX: u64 = 1 << 53;

/// Whole numbers below this one need no memory of their own: nine digits.
const SHORT_BELOW: u32 = 1_000_000_000;

/// A number as JSON writes it. Equal are those that are written alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(Written);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Written {
    /// Below [`SHORT_BELOW`], in digits without a zero in front: most numbers are places in a text.
    Short(u32),
    /// Any other.
    Long(Rc<str>),
}

/// How fractions are read and written, by whoever can: to do it exactly takes tables of 14 kB, which
/// browsers have.
#[derive(Clone, Copy, Debug)]
pub struct Fractions {
    /// The float that is nearest to a number in JSON.
    pub read: fn(&str) -> f64,
    /// The shortest number in JSON that reads as this finite float.
    pub write: fn(f64) -> String,
}

static FRACTIONS: OnceLock<Fractions> = OnceLock::new();

/// From now on these count. Does nothing when there are some already.
pub fn use_fractions(fractions: Fractions) {
    let _ = FRACTIONS.set(fractions);
}

fn fractions() -> &'static Fractions {
    FRACTIONS.get_or_init(|| Fractions { read: own::read, write: own::write })
}

impl Number {
    /// `written` is a number in JSON.
    pub(super) fn of_written(written: &str) -> Number {
        Number(short_of(written).map_or_else(|| Written::Long(Rc::from(written)), Written::Short))
    }

    /// As JSON writes it.
    pub fn to_written(&self) -> Rc<str> {
        match &self.0 {
            Written::Short(whole) => Rc::from(whole.to_string()),
            Written::Long(written) => written.clone(),
        }
    }

    pub fn write(&self, out: &mut String) {
        match &self.0 {
            Written::Short(whole) => out.push_str(&whole.to_string()),
            Written::Long(written) => out.push_str(written),
        }
    }

    /// `None` where it is no whole number from 0 on, or is written with a decimal point.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Written::Short(whole) => Some(u64::from(*whole)),
            Written::Long(written) => written.parse().ok(),
        }
    }

    /// The nearest float; `None` where that would be infinite.
    pub fn as_f64(&self) -> Option<f64> {
        let written = match &self.0 {
            Written::Short(whole) => return Some(f64::from(*whole)),
            Written::Long(written) => written,
        };
        match written.parse::<i64>() {
            Ok(whole) if whole != 0 && whole.unsigned_abs() <= WHOLE_MAX => Some(whole as f64),
            _ => Some((fractions().read)(written)).filter(|number| number.is_finite()),
        }
    }

    /// The float; `None` for a whole number that a float cannot hold.
    pub fn exact(&self) -> Option<f64> {
        let Written::Long(written) = &self.0 else { return self.as_f64() };
        let digits = written.trim_start_matches('-');
        let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_exact = !is_whole || digits.parse::<u64>().is_ok_and(|whole| whole <= WHOLE_MAX);
        self.as_f64().filter(|_| is_exact)
    }

    /// Whole numbers come out without a decimal point. `None` for what JSON has not: what is no
    /// number, or infinite.
    pub fn of_float(number: f64) -> Option<Number> {
        if !number.is_finite() {
            return None;
        }
        let is_whole = number.fract() == 0.0 && number.abs() <= WHOLE_MAX as f64;
        let written = match () {
            () if number == 0.0 && number.is_sign_negative() => "-0.0".to_string(),
            () if is_whole => (number as i64).to_string(),
            () => (fractions().write)(number),
        };
        Some(Number::of_written(&written))
    }
}

/// The number, where it can be [`Written::Short`].
fn short_of(written: &str) -> Option<u32> {
    let is_short = written.len() <= 9 && matches!(written.as_bytes(), [b'0'] | [b'1'..=b'9', ..]);
    let next = |number: u32, digit: u8| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'));
    if is_short { written.bytes().try_fold(0, next) } else { None }
}

impl From<u64> for Number {
    fn from(number: u64) -> Number {
        match u32::try_from(number) {
            Ok(short) if short < SHORT_BELOW => Number(Written::Short(short)),
            _ => Number(Written::Long(Rc::from(number.to_string()))),
        }
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Number {
        Number::of_written(&number.to_string())
    }
}

/// Whether a text is a number in digits, with a sign, a decimal point or an exponent or without: also
/// in forms that JSON has not, such as `+5`, `.5` and `05`.
pub fn is_decimal(text: &str) -> bool {
    let unsigned = |text: &str| text.strip_prefix(['+', '-']).unwrap_or(text).to_owned();
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    are_digits(&unsigned(mantissa).replacen('.', "", 1)) && are_digits(&unsigned(exponent))
}

/// The nearest float; `None` where the text is no such number, or that would be infinite.
pub fn read_decimal(text: &str) -> Option<f64> {
    is_decimal(text).then(|| (fractions().read)(text)).filter(|number| number.is_finite())
}

#[cfg(not(target_arch = "wasm32"))]
mod own {
    pub fn read(number: &str) -> f64 {
        number.parse().unwrap_or(f64::NAN)
    }

    pub fn write(number: f64) -> String {
        format!("{number:?}")
    }
}

/// The page has given its own by the time that there are numbers.
#[cfg(target_arch = "wasm32")]
mod own {
    pub fn read(_: &str) -> f64 {
        f64::NAN
    }

    pub fn write(_: f64) -> String {
        "null".to_string()
    }
}
