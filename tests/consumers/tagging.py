"""Labels on tokens, as the formats with one tag a token have them."""

from collections import Counter

from harness import expect
from sample import Sample

# Token and tag.
Sentence = list[tuple[str, str]]


def check_tags(sentences: list[Sentence], scheme: str, sample: Sample) -> None:
    """That seqeval finds the labels of the sample on its words, in its strict mode, which drops chunks
    that are ill-formed without a word. `scheme` is the name of one of seqeval's.
    """
    from seqeval import scheme as schemes
    from seqeval.metrics import classification_report

    tags = [[tag for _, tag in sentence] for sentence in sentences]
    places = sample.token_places([token for sentence in sentences for token, _ in sentence])
    chunks, first = Counter(), 0
    for sentence, entities in zip(
        sentences, schemes.Entities(tags, getattr(schemes, scheme)).entities, strict=True
    ):
        for entity in entities:
            chunks[entity.tag, places[first + entity.start][0], places[first + entity.end - 1][1]] += 1
        first += len(sentence)
    expect("chunks", chunks, sample.flat_layer())
    if chunks:
        options = {"mode": "strict", "scheme": getattr(schemes, scheme), "output_dict": True}
        report = classification_report(tags, tags, **options)
        expect("entities in a report", report["micro avg"]["support"], chunks.total())
