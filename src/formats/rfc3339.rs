//! Times as files write them: RFC 3339 in UTC with milliseconds (`2022-02-10T14:03:07.250Z`).
//!
//! Written here rather than taken from a crate: it is two short functions over the days of
//! `model::dates`, while the crates for it either read UTC only or bring a calendar along.

use crate::model::dates::{DAY_MS, civil_of_day, day_of_civil};

/// The last millisecond of the year 9999, beyond which RFC 3339 has no form.
pub const TIME_MS_MAX: u64 = 253_402_300_799_999;

/// Appends a time, in milliseconds since 1970 in UTC. One past [`TIME_MS_MAX`] counts as that.
pub fn write_time(out: &mut String, time_ms: u64) {
    let time_ms = time_ms.min(TIME_MS_MAX);
    let (year, month, day) = civil_of_day(time_ms / DAY_MS);
    let of_day_ms = time_ms % DAY_MS;
    let mut time = *b"0000-00-00T00:00:00.000Z";
    let parts = [
        (year, 0, 4),
        (month, 5, 2),
        (day, 8, 2),
        (of_day_ms / 3_600_000, 11, 2),
        (of_day_ms / 60_000 % 60, 14, 2),
        (of_day_ms / 1000 % 60, 17, 2),
        (of_day_ms % 1000, 20, 3),
    ];
    for (number, from, width) in parts {
        let mut rest = number as u32;
        for digit in time[from..from + width].iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    }
    out.extend(time.map(char::from));
}

/// The milliseconds since 1970 in UTC of an RFC 3339 time with any offset and any number of
/// decimals. `None` for anything else, a day that no month has, and times before 1970.
pub fn read_time(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    let is_separated = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')]
        .iter()
        .all(|&(place, separator)| bytes.get(place) == Some(&separator));
    if !is_separated || !matches!(bytes.get(10), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let (year, month, day) = (digits(bytes, 0, 4)?, digits(bytes, 5, 2)?, digits(bytes, 8, 2)?);
    let (hour, minute, second) = (digits(bytes, 11, 2)?, digits(bytes, 14, 2)?, digits(bytes, 17, 2)?);
    // A leap second counts as the start of the next minute.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (decimals_ms, rest) = read_decimals(&bytes[19..])?;
    let offset_minutes = read_zone(rest)?;
    let minutes = i64::try_from(hour * 60 + minute).ok()? - offset_minutes;
    let day_ms = i64::try_from(day_of_civil(year, month, day)? * DAY_MS).ok()?;
    let of_minute_ms = i64::try_from(second * 1000 + decimals_ms).ok()?;
    u64::try_from(day_ms + minutes * 60_000 + of_minute_ms).ok().filter(|&time_ms| time_ms <= TIME_MS_MAX)
}

/// The number of `width` digits at `from`.
fn digits(bytes: &[u8], from: usize, width: usize) -> Option<u64> {
    bytes
        .get(from..from + width)?
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))
}

/// The milliseconds of `.25`, and what follows; later decimals are cut off.
fn read_decimals(bytes: &[u8]) -> Option<(u64, &[u8])> {
    if bytes.first() != Some(&b'.') {
        return Some((0, bytes));
    }
    let len = bytes[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let place =
        |idx: usize| bytes.get(1 + idx).filter(|_| idx < len).map_or(0, |byte| u64::from(byte - b'0'));
    (len > 0).then(|| (place(0) * 100 + place(1) * 10 + place(2), &bytes[1 + len..]))
}

/// Minutes east of UTC.
fn read_zone(bytes: &[u8]) -> Option<i64> {
    let sign = match bytes {
        b"Z" | b"z" => return Some(0),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    let (hours, minutes) = (digits(bytes, 1, 2)?, digits(bytes, 4, 2)?);
    let is_well_formed = bytes.len() == 6 && bytes[3] == b':' && hours < 24 && minutes < 60;
    is_well_formed.then_some(sign * (hours as i64 * 60 + minutes as i64))
}

#[cfg(test)]
mod tests;
