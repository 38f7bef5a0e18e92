//! Days of the calendar, and dates as annotators write them: ISO 8601 of any precision, and
//! durations.
//!
//! The arithmetic is Howard Hinnant's (“chrono-compatible low-level date algorithms”).

/// The milliseconds of a day.
pub const DAY_MS: u64 = 86_400_000;

/// Year, month and day of a day counted from 1 January 1970.
pub fn civil_of_day(day: u64) -> (u64, u64, u64) {
    // Counted from 1 March 0000, so that a leap day ends its year; an era is 400 years.
    let shifted = day + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day_of_month)
}

/// The day counted from 1 January 1970. `None` before it and for a day that the month has not.
pub fn day_of_civil(year: u64, month: u64, day: u64) -> Option<u64> {
    let year_from_march = year.checked_sub(u64::from(month <= 2))?;
    let (era, year_of_era) = (year_from_march / 400, year_from_march % 400);
    let month_from_march = (month + 9) % 12;
    let of_year = (153 * month_from_march + 2) / 5 + day.checked_sub(1)?;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    let counted = (era * 146_097 + of_era).checked_sub(719_468)?;
    (civil_of_day(counted) == (year, month, day)).then_some(counted)
}

/// The day of a time in milliseconds since 1970, in UTC: `2026-11-26`.
pub fn day_of_time(time_ms: u64) -> String {
    let (year, month, day) = civil_of_day(time_ms / DAY_MS);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Whether a text is a date of any precision (`2022`, `2022-02`, `2022-02-14`, `2022-W06`,
/// `2022-02-14T18:30`, with or without seconds and zone) of a day that there is.
pub fn is_date(text: &str) -> bool {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let is_day = match parts.as_slice() {
        [year] => number(year, 4).is_some(),
        [year, week] if week.starts_with('W') => {
            number(year, 4).is_some() && number(&week[1..], 2).is_some_and(|week| (1..=53).contains(&week))
        }
        [year, month] => {
            number(year, 4).is_some() && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        }
        [year, month, day] => match (number(year, 4), number(month, 2), number(day, 2)) {
            // Days before 1970 are days too: the calendar repeats after 400 years.
            (Some(year), Some(month), Some(day)) => day_of_civil(year % 400 + 2_000, month, day).is_some(),
            _ => false,
        },
        _ => false,
    };
    is_day && time.is_none_or(|time| parts.len() == 3 && is_time_of_day(time))
}

/// Whether a text is a duration (`P30Y`, `P1Y2M`, `P2W`, `PT36H`), as ISO 8601 and TIMEX3 have it.
pub fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (days, time) = match rest.split_once('T') {
        Some((days, time)) => (days, Some(time)),
        None => (rest, None),
    };
    let is_empty = days.is_empty() && time.is_none();
    !is_empty && has_units(days, "YMWD") && time.is_none_or(|time| !time.is_empty() && has_units(time, "HMS"))
}

/// Whether a text is a date, a duration, or two dates with `/` between (an interval).
pub fn is_date_value(text: &str) -> bool {
    let is_interval = text.split_once('/').is_some_and(|(from, to)| is_date(from) && is_date(to));
    is_date(text) || is_duration(text) || is_interval
}

/// Numbers, each with one of `units` behind it, in their order.
fn has_units(text: &str, units: &str) -> bool {
    let mut left = units;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let Some(unit) = rest[digits..].chars().next() else { return false };
        let Some(place) = left.find(unit) else { return false };
        if digits == 0 {
            return false;
        }
        left = &left[place + 1..];
        rest = &rest[digits + unit.len_utf8()..];
    }
    true
}

fn is_time_of_day(time: &str) -> bool {
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(place) => time.split_at(place),
        None => (time, ""),
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let is_clock = match parts.as_slice() {
        [hour] => is_below(hour, 24),
        [hour, minute] => is_below(hour, 24) && is_below(minute, 60),
        [hour, minute, second] => {
            let second = second.split_once('.').map_or(*second, |(second, _)| second);
            is_below(hour, 24) && is_below(minute, 60) && is_below(second, 61)
        }
        _ => false,
    };
    let is_zone = match zone.split_at_checked(1) {
        None => true,
        Some(("Z", rest)) => rest.is_empty(),
        Some((_, rest)) => {
            rest.split_once(':').is_some_and(|(hour, minute)| is_below(hour, 24) && is_below(minute, 60))
        }
    };
    is_clock && is_zone
}

fn is_below(text: &str, max: u64) -> bool {
    number(text, 2).is_some_and(|number| number < max)
}

/// The number of exactly `width` digits.
fn number(text: &str, width: usize) -> Option<u64> {
    let is_digits = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
