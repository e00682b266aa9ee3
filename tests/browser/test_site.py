from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

import kg
from tests.programs import program

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
LOADED = re.compile(r"<(?:script|img|iframe)\b[^>]*?\ssrc=[\"']?([^\s\"'>]+)|<link\b([^>]*)>")
LINKED = re.compile(r"<a\b[^>]*?\shref=[\"']?([^\s\"'>]+)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built in a copy of what it is made of."""
    program("zensical", "pip install 'taskkg[docs]'")
    folder = tmp_path_factory.mktemp("site")
    for name in ("data", "kg", "ontology", "visualizations"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("docs", "scripts"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("CONTRIBUTING.md", "README.md", "README.zh.md", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder)
    command = [sys.executable, "scripts/build_site.py"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "site"


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        for address, link in LOADED.findall(page.read_text(encoding="utf-8")):
            if "canonical" not in link:
                assert "//" not in address + link, page.name


def test_the_links_of_the_site_lead_to_something(site: Path) -> None:
    for page in site.glob("*.html"):
        for link in LINKED.findall(page.read_text(encoding="utf-8")):
            file = unquote(link).partition("#")[0]
            if file and "://" not in file and page.name != "404.html":
                assert (page.parent / file).exists(), (page.name, link)


def test_the_references_are_made_from_the_code(site: Path) -> None:
    library = (site / "reference.html").read_text(encoding="utf-8")
    for name in kg.__all__:
        assert re.search(rf"doc-symbol-function\"></code>\s+kg\.{name}\s", library), name
    ontology = (site / "ontology-reference" / "index.html").read_text(encoding="utf-8")
    assert "SharedTie" in ontology
    assert (site / "ontology-reference" / "diagram.svg").is_file()


def test_a_page_opened_from_the_folder_can_be_searched_without_network(
    site: Path, browser: Browser
) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "guide-planners.zh.html").as_uri())
    assert page.inner_text("h1").startswith("规划人员指南")
    assert page.get_attribute("html", "lang") == "zh-CN"
    assert page.evaluate("document.querySelector('article img').naturalWidth") > 500
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("牵头单位")
    page.get_by_text("Glossary").first.wait_for()
    assert errors == []
    assert {url.partition(":")[0] for url in requests} <= {"file", "data", "blob"}
    context.close()
