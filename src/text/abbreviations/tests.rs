use super::*;

#[test]
fn languages_of_tags() {
    let cases = [
        ("fr", Language::French),
        ("FR-ca", Language::French),
        ("fra", Language::French),
        ("en", Language::English),
        ("en_GB", Language::English),
        ("frr", Language::Other),
        ("", Language::Other),
        ("und", Language::Other),
        ("é", Language::Other),
    ];
    for (tag, expected) in cases {
        assert_eq!(Language::from_tag(tag), expected, "{tag}");
    }
}
