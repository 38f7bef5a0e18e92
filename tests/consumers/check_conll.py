"""CoNLL-2003, IOB2 and BILOU: seqeval in strict mode, which drops chunks that are ill-formed without a
word; NLTK's reader of CoNLL columns; spaCy's converter; doccano's parser of "CoNLL".
"""

from collections import Counter
from pathlib import Path

from doccano_project import doccano_import
from harness import expect, package, reads, the_file
from sample import Sample
from tagging import Sentence, check_tags

_ENDINGS = {"conll2003": ".conll", "iob2": ".iob2", "bilou": ".bilou"}


def _rows(folder: Path) -> list[Sentence]:
    """Token and tag of each line, by sentence, after the rules that all readers have in common."""
    text = the_file(folder, _ENDINGS[folder.parent.name]).read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff") and "\r" not in text and (not text or text.endswith("\n\n")), (
        "form of the file"
    )
    sentences = []
    for block in text.split("\n\n"):
        rows = [
            line.split(" " if folder.parent.name == "conll2003" else "\t")
            for line in block.split("\n")
            if line
        ]
        expect("columns", {len(row) for row in rows} - {4 if folder.parent.name == "conll2003" else 2}, set())
        for row in rows:
            expect("tokens with white space", [row[0]] if row[0].split() != [row[0]] else [], [])
        if rows and rows[0][0] != "-DOCSTART-":
            sentences.append([(row[0], row[-1]) for row in rows])
    return sentences


@reads("conll2003", "iob2", "bilou", by=package("seqeval"))
def seqeval_strict(sample: Sample, folder: Path) -> None:
    expect("text file", the_file(folder, ".txt").read_bytes().decode("utf-8"), sample.text)
    check_tags(_rows(folder), "BILOU" if folder.parent.name == "bilou" else "IOB2", sample)


@reads("conll2003", by=package("nltk"))
def nltk_columns(_sample: Sample, folder: Path) -> None:
    import nltk
    from nltk.corpus.reader.conll import ConllCorpusReader

    # NLTK reads only below the folders of its data.
    nltk.data.path = [str(folder)]
    path = the_file(folder, ".conll")
    reader = ConllCorpusReader(
        str(folder), [path.name], ("words", "pos", "ignore", "chunk"), encoding="utf-8"
    )
    # NLTK takes the line before a document for what it is, and leaves it out.
    found = [[(token, tag) for token, _, tag in sentence] for sentence in reader.iob_sents() if sentence]
    expect("sentences", found, _rows(folder))


@reads("iob2", "bilou", by=package("spacy"))
def spacy_tags(sample: Sample, folder: Path) -> None:
    sentences = _rows(folder)
    tokens = [token for sentence in sentences for token, _ in sentence]
    docs = _spacy_docs(folder, sentences)
    expect("tokens", [token.text for doc in docs for token in doc], tokens)
    places, chunks, first = sample.token_places(tokens), Counter(), 0
    for doc in docs:
        for entity in doc.ents:
            chunks[entity.label_, places[first + entity.start][0], places[first + entity.end - 1][1]] += 1
        first += len(doc)
    expect("entities", chunks, sample.flat_layer())


def _spacy_docs(folder: Path, sentences: list[Sentence]) -> list:
    import spacy
    from spacy.tokens import Doc
    from spacy.training import biluo_tags_to_spans
    from spacy.training.converters import conll_ner_to_docs

    if not sentences:
        return []
    if folder.parent.name == "iob2":
        return list(conll_ner_to_docs(the_file(folder, ".iob2").read_text(encoding="utf-8"), no_print=True))
    vocab, docs = spacy.blank("fr").vocab, []
    for sentence in sentences:
        doc = Doc(vocab, words=[token for token, _ in sentence])
        doc.ents = biluo_tags_to_spans(doc, [tag for _, tag in sentence])
        docs.append(doc)
    return docs


@reads("iob2", "bilou", by="doccano's import of CoNLL", of="doccano")
def doccano_conll(sample: Sample, folder: Path) -> None:
    scheme = folder.parent.name.upper()
    path = the_file(folder, _ENDINGS[folder.parent.name])
    examples, errors = doccano_import(
        path, "CoNLL", "SequenceLabeling", column_data="text", column_label="label", scheme=scheme
    )
    expect("errors", errors, [])
    sentences = _rows(folder)
    expect(
        "texts",
        [example.text for example in examples],
        [" ".join(t for t, _ in sentence) for sentence in sentences],
    )
    found = Counter(
        (label, example.text[start:end]) for example in examples for label, start, end in example.spans
    )
    expected = Counter(
        (label, sample.text[start:end]) for label, start, end in sample.flat_layer().elements()
    )
    # doccano joins tokens with blanks: the words are compared without any.
    expect("spans", _without_white(found), _without_white(expected))


def _without_white(labelled: Counter) -> Counter:
    return Counter((label, "".join(words.split())) for label, words in labelled.elements())
