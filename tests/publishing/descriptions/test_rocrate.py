"""A bundle as an RO-Crate, to ro-crate-py and to the validator of its community."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rocrate.rocrate import ROCrate

from kg.publishing.bundle import publish
from kg.publishing.files import PARTS
from tests.programs import program
from tests.publishing.conftest import GIVEN, contents

CONTEXT = "https://w3id.org/ro/crate/1.2/context"
# As the specification has it, in `docs/_specification/1.2/context.jsonld` (CC0); no test needs a
# network.
STORED = Path(__file__).with_name("ro-crate-1.2-context.jsonld.gz")
NAME = "ro-crate-metadata.json"

# Run by the validator's own Python: its cache gets the context, then it validates offline.
VALIDATE = """
import gzip, io, sys
from pathlib import Path
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from urllib3 import HTTPResponse
from rocrate_validator.cli import cli

stored, url, cache, *arguments = sys.argv[1:]

class Stored(HTTPAdapter):
    def send(self, request, **_):
        body = io.BytesIO(gzip.decompress(Path(stored).read_bytes()))
        kind = {"Content-Type": "application/ld+json"}
        return self.build_response(request, HTTPResponse(body, kind, 200, preload_content=False))

session = CachedSession(cache, backend="sqlite", expire_after=-1)
session.mount(url, Stored())
session.get(url)
session.close()
cli([*arguments, "--offline", "--cache-path", cache])
"""


def document(bundle: Path) -> dict[str, Any]:
    found = json.loads((bundle / NAME).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def entities(bundle: Path) -> dict[str, dict[str, Any]]:
    graph = document(bundle)["@graph"]
    found = {entity["@id"]: entity for entity in graph}
    assert len(found) == len(graph)
    return found


def context() -> dict[str, Any]:
    found = json.loads(gzip.decompress(STORED.read_bytes()))
    assert isinstance(found, dict)
    return found


def issues(bundle: Path, folder: Path, severity: str = "recommended") -> dict[tuple[str, str], str]:
    """What the validator finds: for each severity and entity the message."""
    command = Path(program("rocrate-validator", "PyPI: roc-validator")).resolve()
    report = folder / "report.json"
    told = subprocess.run(
        [
            *(str(command.with_name("python")), "-c", VALIDATE),
            *(str(STORED), CONTEXT, str(folder / "cache")),
            *("--no-interactive", "validate", str(bundle), "--profile-identifier", "ro-crate-1.2"),
            *("--requirement-severity", severity, "--no-paging"),
            *("--output-format", "json", "--output-file", str(report)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.is_file(), told.stdout + told.stderr
    found = json.loads(report.read_text(encoding="utf-8"))["issues"]
    assert told.returncode == (1 if found else 0), told.stdout + told.stderr
    return {(it["severity"], it["violatingEntity"]): it["message"] for it in found}


@pytest.mark.slow
def test_the_validator_finds_no_requirement_that_is_not_met(
    plain_bundle: Path, tmp_path: Path
) -> None:
    # What it recommends besides is not known: the size of the checksums, and the publisher's page
    # and ROR identifier.
    publisher = "https://data.example.org/jianghan/dcat.ttl#publisher"
    assert issues(plain_bundle, tmp_path).keys() == {
        ("RECOMMENDED", "./SHA256SUMS"),
        ("RECOMMENDED", publisher),
    }


@pytest.mark.slow
def test_the_validator_misses_a_date_and_a_file(nasty_bundle: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    shutil.copytree(nasty_bundle, folder)
    (folder / "tables" / "tasks.csv").unlink()
    found = issues(folder, tmp_path, "required")
    messages = " ".join(found.values())
    assert len(found) == 2
    assert "`datePublished`" in messages
    assert "tables/tasks.csv" in messages


def test_rocrate_py_reads_the_dataset_and_its_files(plain_bundle: Path) -> None:
    crate = ROCrate(str(plain_bundle))
    assert crate.version == "1.2"
    root = crate.root_dataset
    assert root["name"] == "江汉区2019年政府工作任务知识图谱"
    assert root["description"].startswith("106项政府工作任务")
    assert root["datePublished"].startswith("2020-01-31")
    assert root["license"]["identifier"] == "CC-BY-4.0"
    assert root["publisher"]["name"] == "江汉区人民政府"
    assert root["publisher"]["contactPoint"]["email"] == "data@example.org"
    assert root["temporalCoverage"] == "2019-01-01/2019-12-31"
    assert root["spatialCoverage"]["identifier"] == "420103"
    title = "江汉区2019年政府工作报告责任事项进展情况（截至2019年10月底）"
    assert root["isBasedOn"]["name"] == title
    action = root["mentions"]
    assert action.type == "CreateAction"
    assert action["object"]["name"] == title
    assert action["instrument"]["name"] == "taskkg"
    assert {file.id for file in action["result"]} == {part.path for part in PARTS}
    files = {entity.id: entity for entity in crate.data_entities}
    assert files["graph.ttl"]["encodingFormat"] == "text/turtle"
    assert files["graph.nt.gz"]["encodingFormat"] == "application/gzip"


def test_all_files_are_listed_with_size_and_checksum(bundle: Path) -> None:
    files = contents(bundle)
    found = entities(bundle)
    listed = [part["@id"] for part in found["./"]["hasPart"]]
    assert sorted(listed) == sorted(files.keys() - {NAME})
    for path in listed:
        assert found[path]["@type"] == "File"
        if path == "SHA256SUMS":
            assert not {"contentSize", "sha256"} & found[path].keys()
            continue
        assert found[path]["contentSize"] == str(len(files[path]))
        assert found[path]["sha256"] == hashlib.sha256(files[path]).hexdigest()


def test_each_name_is_a_term_of_the_context(bundle: Path) -> None:
    terms = context()["@context"]
    assert document(bundle)["@context"] == CONTEXT
    for entity in document(bundle)["@graph"]:
        assert {entity["@type"], *entity.keys() - {"@id", "@type"}} <= terms.keys()


def test_each_reference_leads_to_an_entity(bundle: Path) -> None:
    found = entities(bundle)
    values = [value for entity in found.values() for value in entity.values()]
    several = [value if isinstance(value, list) else [value] for value in values]
    references = {it["@id"] for value in several for it in value if isinstance(it, dict)}
    assert references - found.keys() == {"https://w3id.org/ro/crate/1.2"}
    # Nothing refers to the description itself.
    assert found.keys() - references == {NAME}


def test_what_is_not_known_is_left_out(nasty_bundle: Path) -> None:
    found = entities(nasty_bundle)
    assert "datePublished" not in found["./"]
    assert "ContactPoint" not in {entity["@type"] for entity in found.values()}
    names = {name for entity in found.values() for name in entity}
    assert not {"endTime", "agent", "author", "dateCreated", "dateModified"} & names


def test_the_ontology_keeps_its_own_licence(plain_bundle: Path, nasty_bundle: Path) -> None:
    graph = rdflib.Graph().parse(plain_bundle / "ontology" / "taskkg.ttl")
    (ontology,) = graph.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)
    declared = str(graph.value(ontology, rdflib.DCTERMS.license))
    assert entities(nasty_bundle)["ontology/taskkg.ttl"]["license"] == {"@id": declared}
    # That of the bundle is the same.
    assert "license" not in entities(plain_bundle)["ontology/taskkg.ttl"]


def test_the_same_input_gives_the_same_bytes(nasty_store: Path, tmp_path: Path) -> None:
    for name in "12":
        publish(nasty_store, tmp_path / name, **GIVEN)
    assert (tmp_path / "1" / NAME).read_bytes() == (tmp_path / "2" / NAME).read_bytes()


def test_bundles_from_before_are_bundles_too(nasty_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    publish(nasty_store, folder, **GIVEN)
    sums = folder / "SHA256SUMS"
    lines = sums.read_text(encoding="utf-8").splitlines(keepends=True)
    for name in (NAME, "gbt21063.xml"):
        (folder / name).unlink()
        lines = [line for line in lines if not line.endswith(f"  {name}\n")]
    sums.write_text("".join(lines), encoding="utf-8")
    assert publish(nasty_store, folder, **GIVEN, force=True).backup is None
    assert NAME in contents(folder)
    # Portals get the data: neither catalogue lists the descriptions.
    for name in ("dcat.ttl", "datapackage.json"):
        assert "gbt21063" not in (folder / name).read_text(encoding="utf-8")
        assert NAME not in (folder / name).read_text(encoding="utf-8")
