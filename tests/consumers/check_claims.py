"""Claim and ClaimReview, by extruct from a page that carries them, and by documented rules.

No validator that knows ClaimReview can be installed: Google's is a service, those on npm know
Review and Rating only. What Google's page on fact checks requires is checked here.
"""

import json
from pathlib import Path

from harness import expect, package, reads
from sample import Sample


def _extracted(path: Path) -> list[dict]:
    """What extruct finds in a page with the file as its script."""
    import extruct

    script = path.read_text(encoding="utf-8")
    script_element = f'<script type="application/ld+json">{script}</script>'
    page = f"<!DOCTYPE html><html><body>{script_element}<p>after</p></body></html>"
    found = extruct.extract(page, syntaxes=["json-ld"], uniform=False)["json-ld"]
    expect("found in the page", found, [json.loads(script)])
    [root] = found
    expect("context", root["@context"], "https://schema.org")
    return root.get("@graph", [root])


def _text_of(annotation, sample: Sample) -> str:
    return annotation.attributes.get("plain_text") or sample.words(annotation)


@reads("claims", by=package("extruct"))
def claims(sample: Sample, folder: Path) -> None:
    [path] = folder.glob("*.claims.jsonld")
    article, *found = _extracted(path)
    expect("type of the article", article["@type"], "NewsArticle")
    assert article["@id"].startswith("ni:///sha-256;"), article["@id"]
    expect("types", [claim["@type"] for claim in found], ["Claim"] * len(found))
    expect(
        "texts", [claim["text"] for claim in found], [_text_of(it, sample) for it in _worth_a_check(sample)]
    )
    for claim in found:
        expect("appearance", claim["appearance"], {"@id": article["@id"]})
        expect("rating", [key for key in claim if "ating" in key], [])
        if author := claim.get("author"):
            assert author["@type"] in {"Person", "Organization"} and author["name"], author


def _worth_a_check(sample: Sample) -> list:
    """Statements to check that are not the reporter's, without those that lie in another."""
    statements = [
        it
        for it in sample.annotations
        if it.label in {"CLAIM", "ALLEGATION"}
        and it.attributes.get("check_worthiness", "check") == "check"
        and it.attributes.get("source_type") != "reporter"
    ]

    def lies_in(inner, outer) -> bool:
        return inner is not outer and outer.start <= inner.start and inner.end <= outer.end

    return [it for it in statements if not any(lies_in(it, other) for other in statements)]


@reads("claimreview", by=package("extruct"))
def claim_review(sample: Sample, folder: Path) -> None:
    paths = sorted(folder.glob("*.jsonld"))
    # The verdict that tests/data is made with is on a statement of one sample.
    expect("number of files", len(paths), 2 if sample.name == "annotated" else 0)
    for path in paths:
        [review] = _extracted(path)
        expect("type", review["@type"], "ClaimReview")
        assert review["url"].startswith("https://"), review["url"]
        assert review["author"]["@type"] in {"Organization", "Person"} and review["author"]["name"], review[
            "author"
        ]
        [allegation] = [it for it in sample.annotations if it.label == "ALLEGATION"]
        expect("claimReviewed", review["claimReviewed"], _text_of(allegation, sample))
        rating = review["reviewRating"]
        expect("type of the rating", rating["@type"], "Rating")
        expect("verdict", rating["alternateName"], "Non prouvé </script>")
        numbers = {"ratingValue", "bestRating", "worstRating"} & set(rating)
        assert len(numbers) in {0, 3}, "a rating has its scale or no number"
        claim = review["itemReviewed"]
        expect("type of the claim", claim["@type"], "Claim")
        expect("author of the claim", claim["author"], {"@type": "Person", "name": "Autorités kazakhes"})
        expect("appearance", claim["appearance"]["url"], "https://presse.example/kazakhstan")
