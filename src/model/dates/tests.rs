use super::*;

#[test]
fn dates_of_any_precision() {
    for (text, is) in [
        ("2022", true),
        ("2022-02", true),
        ("2022-02-14", true),
        ("1815-06-18", true),
        ("2024-02-29", true),
        ("2023-02-29", false),
        ("1900-02-29", false),
        ("2022-13", false),
        ("2022-00", false),
        ("2022-02-30", false),
        ("2022-W06", true),
        ("2022-W54", false),
        ("2022-02-14T18", true),
        ("2022-02-14T18:30", true),
        ("2022-02-14T18:30:00.5Z", true),
        ("2022-02-14T18:30+01:00", true),
        ("2022-02-14T24:00", false),
        ("2022-02T18:30", false),
        ("22-02-14", false),
        ("2022-2-14", false),
        ("février 2022", false),
        ("", false),
        ("2022-", false),
        ("2022-02-14T", false),
        ("٢٠٢٢", false),
        ("2022-W", false),
        ("2022-é1", false),
    ] {
        assert_eq!(is_date(text), is, "{text:?}");
    }
}

#[test]
fn durations_and_intervals() {
    for (text, is) in [
        ("P30Y", true),
        ("P1Y2M3D", true),
        ("P2W", true),
        ("PT36H", true),
        ("P1DT12H30M", true),
        ("P", false),
        ("PT", false),
        ("P30", false),
        ("PY", false),
        ("P3M1Y", false),
        ("P1é", false),
        ("30Y", false),
        ("2022-01/2022-02", true),
        ("2022-01/", false),
        ("2022", true),
    ] {
        assert_eq!(is_date_value(text), is, "{text:?}");
    }
}

#[test]
fn the_day_of_a_time() {
    assert_eq!(day_of_time(0), "1970-01-01");
    assert_eq!(day_of_time(DAY_MS - 1), "1970-01-01");
    assert_eq!(day_of_time(1_795_651_200_000), "2026-11-26");
}
