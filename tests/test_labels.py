from __future__ import annotations

from rdflib import SKOS, Graph, URIRef

from kg.history.comparison import KINDS as CHANGE_KINDS
from kg.labels import CHANGES, JUDGEMENTS, KINDS, STATES
from kg.palette import DARK, LIGHT, style_sheet
from kg.resources import resource
from kg.views.kinds import KINDS as SHAPES


def luminance(color: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_states_and_judgements_are_called_as_the_vocabulary_calls_them() -> None:
    graph = Graph().parse(resource("ontology", "concepts.ttl"))
    for scheme, labels in (("status", STATES), ("judgement", JUDGEMENTS)):
        space = f"https://w3id.org/taskkg/{scheme}/"
        for code, label in labels.items():
            names = {
                str(name.language): str(name).lower()
                for name in graph.objects(URIRef(space + code), SKOS.prefLabel)
                if hasattr(name, "language")
            }
            assert names == {"zh": label.zh, "en": label.en}, code
        known = {str(iri) for iri in graph.subjects(SKOS.prefLabel) if str(iri).startswith(space)}
        assert {iri.removeprefix(space) for iri in known} == set(labels)


def test_each_kind_of_change_and_of_thing_has_a_name() -> None:
    assert tuple(CHANGES) == CHANGE_KINDS
    assert [shape.name for shape in SHAPES] == list(KINDS)


def test_text_can_be_read_on_its_ground_in_both_themes() -> None:
    for colors in (LIGHT, DARK):
        for ink in ("ink", "quiet", "accent"):
            assert contrast(colors[ink], colors["paper"]) >= 4.5
            assert contrast(colors[ink], colors["soft"]) >= 4.5
        assert contrast(colors["on-accent"], colors["accent"]) >= 4.5
        # Delayed tasks stand out from the background, ongoing ones do not.
        assert contrast(colors["delayed"], colors["paper"]) > contrast(
            colors["ongoing"], colors["paper"]
        )


def test_levels_of_strength_grow_darker_on_light_ground_and_lighter_on_dark() -> None:
    light = [luminance(LIGHT[f"level-{number}"]) for number in range(1, 6)]
    dark = [luminance(DARK[f"level-{number}"]) for number in range(1, 6)]
    assert light == sorted(light, reverse=True)
    assert dark == sorted(dark)


def test_the_style_sheet_has_all_colours_of_both_themes() -> None:
    sheet = style_sheet()
    light, _, dark = sheet.partition("prefers-color-scheme: dark")
    for name, color in LIGHT.items():
        assert f"--{name}: {color};" in light
        assert DARK[name] == color or f"--{name}: {DARK[name]};" in dark
