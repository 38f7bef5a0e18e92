use super::*;

#[test]
fn known_hashes() {
    let cases = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ];
    for (text, expected) in cases {
        assert_eq!(sha256_hex(text), expected, "{text}");
    }
}

#[test]
fn slices_make_the_hash_of_the_whole() {
    let text = "Le 👍 du ministre".repeat(50);
    for len in [1, 3, 63, 64, 65, 10_000] {
        let mut hasher = Hasher::new();
        text.as_bytes().chunks(len).for_each(|slice| hasher.update(slice));
        assert_eq!(hasher.finish_hex(), sha256_hex(&text), "slices of {len}");
    }
}
