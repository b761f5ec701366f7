"""What pages load of `workbench/static`."""

import re
from pathlib import Path

import pytest

from workbench.web import create_app

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "workbench" / "static"


@pytest.mark.parametrize("path", ["/", "/terms/print"])
def test_a_page_loads_every_style_sheet_in_the_order_of_the_cascade(desk, path):
    page = create_app(desk.path, {"TESTING": True}).test_client().get(path).text
    sheets = re.findall(r'href="/static/(css/[\w/]+\.css)\?', page)
    assert sheets[:3] == ["css/tokens.css", "css/base.css", "css/components.css"]
    assert sorted(sheets[3:]) == sorted(str(sheet.relative_to(STATIC)) for sheet in STATIC.glob("css/pages/*.css"))


def test_every_script_that_a_page_names_is_there():
    templates = "".join(page.read_text("utf-8") for page in (ROOT / "templates").rglob("*.html"))
    scripts = re.findall(r"filename='([^']+\.js)'", templates)
    assert scripts
    assert [script for script in scripts if not (STATIC / script).is_file()] == []


def test_one_module_knows_what_an_input_method_is_doing():
    """Its keys are no shortcuts: whoever listens for keys asks it, by `onKey`."""
    scripts = [script for script in STATIC.rglob("*.js") if "vendor" not in script.parts]
    asking = [script for script in scripts if re.search(r"\.(isComposing|keyCode)\b", script.read_text("utf-8"))]
    assert asking == [STATIC / "shared" / "composing.js"]
