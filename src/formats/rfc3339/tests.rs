use crate::formats::rfc3339::{TIME_MS_MAX, read_time, write_time};

fn written(time_ms: u64) -> String {
    let mut out = String::new();
    write_time(&mut out, time_ms);
    out
}

#[test]
fn times_are_written_and_read() {
    let cases = [
        (0, "1970-01-01T00:00:00.000Z"),
        (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (951_868_800_000, "2000-03-01T00:00:00.000Z"),
        (1_644_501_787_250, "2022-02-10T14:03:07.250Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (TIME_MS_MAX, "9999-12-31T23:59:59.999Z"),
    ];
    for (time_ms, text) in cases {
        assert_eq!(written(time_ms), text);
        assert_eq!(read_time(text), Some(time_ms), "{text}");
    }
    assert_eq!(written(u64::MAX), written(TIME_MS_MAX));
}

#[test]
fn every_day_comes_back() {
    for day in (0..2_932_897).step_by(89) {
        let time_ms = day * 86_400_000 + day % 86_400_000;
        assert_eq!(read_time(&written(time_ms)), Some(time_ms), "day {day}");
    }
}

#[test]
fn other_forms_are_read_or_refused() {
    let cases = [
        ("2022-02-10T14:03:07Z", Some(1_644_501_787_000)),
        ("2022-02-10t14:03:07z", Some(1_644_501_787_000)),
        ("2022-02-10 14:03:07.2509999Z", Some(1_644_501_787_250)),
        ("2022-02-10T15:03:07.25+01:00", Some(1_644_501_787_250)),
        ("2022-02-10T08:33:07.25-05:30", Some(1_644_501_787_250)),
        ("2022-02-10T14:02:60Z", Some(1_644_501_780_000)),
        ("1970-01-01T00:30:00+01:00", None),
        ("1969-12-31T23:59:59Z", None),
        ("2022-02-29T00:00:00Z", None),
        ("2022-13-01T00:00:00Z", None),
        ("2022-00-01T00:00:00Z", None),
        ("2022-01-00T00:00:00Z", None),
        ("0000-01-01T00:00:00Z", None),
        ("2022-02-10T24:00:00Z", None),
        ("2022-02-10T14:03:07", None),
        ("2022-02-10T14:03:07.Z", None),
        ("2022-02-10T14:03:07Zz", None),
        ("2022-02-10T14:03:07+0100", None),
        ("2022-02-10", None),
        ("+022-02-10T14:03:07Z", None),
        ("2022-02-10T1é:03:07Z", None),
        ("9999-12-31T23:59:59.999-01:00", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(read_time(text), expected, "{text}");
    }
}
