//! The documents are what they are said to be.

use crate::{Kind, LABELS, Sample};

const KINDS: [Kind; 5] = [Kind::SMALL, Kind::MIDDLE, Kind::LARGE, Kind::ONE_LINE, Kind::DENSE];

#[test]
fn sizes_and_shares_are_as_said() {
    for kind in KINDS {
        let sample = Sample::new(kind);
        let count = sample.annotations.len();
        assert_eq!(count, kind.annotations(), "{kind:?}");
        let extra = sample.text.len() - kind.size_bytes();
        assert!(extra < 1_000, "{kind:?}: {extra} bytes too many");
        let discontinuous = sample.annotations.iter().filter(|annotation| annotation.fragments.len() > 1);
        let per_cent = 100.0 * discontinuous.count() as f64 / count as f64;
        assert!((2.5..=3.5).contains(&per_cent), "{kind:?}: {per_cent} % are discontinuous");
        let mut reached = 0;
        let overlapping = sample.annotations.iter().filter(|annotation| {
            let is_over = annotation.envelope().start < reached;
            reached = reached.max(annotation.envelope().end);
            is_over
        });
        let per_cent = 100.0 * overlapping.count() as f64 / count as f64;
        assert!((9.0..=11.0).contains(&per_cent), "{kind:?}: {per_cent} % overlap");
        for label in LABELS {
            assert!(sample.annotations.iter().filter(|annotation| annotation.label == label).count() > 50);
        }
        assert!(sample.relations.len() > count / 20 && sample.entities.len() > count / 100, "{kind:?}");
    }
}

#[test]
fn shapes_are_as_said() {
    assert!(Sample::new(Kind::LARGE).paragraphs().len() > 10_000);
    for kind in [Kind::ONE_LINE, Kind::DENSE] {
        let sample = Sample::new(kind);
        assert_eq!((sample.paragraphs().len(), sample.text.contains('\n')), (1, false));
    }
}

#[test]
fn annotations_lie_on_whole_words_of_one_paragraph() {
    let sample = Sample::new(Kind::SMALL);
    for annotation in &sample.annotations {
        let words = &sample.text[annotation.envelope()];
        assert!(!words.contains('\n') && words.trim() == words, "{words:?}");
        for fragment in &annotation.fragments {
            let before = sample.text[..fragment.start].chars().next_back();
            assert!(
                before.is_none_or(|before| !before.is_alphanumeric()),
                "{:?}",
                &sample.text[fragment.clone()]
            );
        }
        assert!(annotation.fragments.windows(2).all(|pair| pair[0].end < pair[1].start));
    }
}

#[test]
fn the_same_kind_gives_the_same_bytes() {
    let json = Sample::new(Kind::SMALL).native_json();
    assert_eq!(json, Sample::new(Kind::SMALL).native_json());
    assert_eq!(json.matches("\"surface\"").count(), 1_000);
}
