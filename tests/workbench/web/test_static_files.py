"""What pages load of `workbench/static`."""

import re
import shutil
from pathlib import Path

import pytest

from workbench.web import create_app
from workbench.web.static_files import version_of

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "workbench" / "static"


@pytest.mark.parametrize("path", ["/", "/terms/print"])
def test_a_page_loads_every_style_sheet_in_the_order_of_the_cascade(desk, path):
    page = create_app(desk.path, {"TESTING": True}).test_client().get(path).text
    sheets = re.findall(r'href="/static/v-\w+/(css/[\w/]+\.css)"', page)
    assert sheets[:3] == ["css/tokens.css", "css/base.css", "css/components.css"]
    assert sorted(sheets[3:]) == sorted(str(sheet.relative_to(STATIC)) for sheet in STATIC.glob("css/pages/*.css"))


def test_what_a_page_loads_is_kept_for_ever(desk):
    client = create_app(desk.path, {"TESTING": True}).test_client()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/pairs/").text)
    assert len(addresses) > 10
    for address in addresses:
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert answer.cache_control.immutable
            assert answer.cache_control.max_age == 31_536_000


@pytest.mark.parametrize("folder", ["", "v-0123456789ab/"])
def test_an_address_without_the_present_version_is_asked_for_again(desk, folder):
    client = create_app(desk.path, {"TESTING": True}).test_client()
    address = f"/static/{folder}css/base.css"
    with client.get(address) as answer:
        assert answer.data == (STATIC / "css" / "base.css").read_bytes()
        assert answer.headers["Cache-Control"] == "no-cache"
    with client.get(address, headers={"If-None-Match": answer.headers["ETag"]}) as again:
        assert again.status_code == 304


def test_a_missing_file_is_not_kept(desk):
    client = create_app(desk.path, {"TESTING": True}).test_client()
    answer = client.get(f"/static/v-{version_of(STATIC)}/css/nothing.css")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_version_is_another_after_any_change(tmp_path):
    copy = Path(shutil.copytree(STATIC, tmp_path / "static"))
    versions = [version_of(STATIC), version_of(copy)]
    assert versions[0] == versions[1]
    (copy / "shared" / "dom.js").write_text("export {};", "utf-8")
    versions.append(version_of(copy))
    (copy / "shared" / "dom.js").rename(copy / "shared" / "other.js")
    versions.append(version_of(copy))
    assert len(set(versions)) == 3


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
