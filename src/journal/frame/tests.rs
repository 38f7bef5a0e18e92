use super::{Sealing, crc32, seal, unseal};

#[test]
fn the_checksum_is_the_common_one() {
    assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    assert_eq!(seal("123456789"), "cbf43926 123456789");
}

#[test]
fn only_what_was_sealed_comes_out() {
    for body in ["", " ", "a b", "é\u{1F468}\u{200D}\u{1F469}"] {
        assert_eq!(unseal(&seal(body)), Some(body));
    }
    for line in ["", "cbf43926", "cbf43926123456789", "CBF43926 123456789", "+cbf4392 123456789"] {
        assert_eq!(unseal(line), None, "{line}");
    }
}

#[test]
fn pieces_are_sealed_as_the_whole() {
    for pieces in [vec![], vec![""], vec!["1234", "", "5", "6789"], vec!["é", " \u{1F468}"]] {
        let mut sealing = Sealing::default();
        pieces.iter().for_each(|piece| sealing.push(piece));
        assert_eq!(sealing.finish(), seal(&pieces.concat()));
    }
}
