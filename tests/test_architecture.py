"""Rules of the code base that no single room can check for itself."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from catalog.demo.loading import demo_offers

ROOT = Path(__file__).resolve().parent.parent
OURS = ("bot", "channels", "catalog", "dialogues", "tests")
MODULES = sorted(
    path for room in OURS for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts
)


def test_imports_run_one_way() -> None:
    found = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_three_hundred_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_nothing_names_a_package_index_or_a_path_of_a_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "uv.lock" not in listed
    wrong = ("index" + "-url", "/home/", "/Users/")
    for name in listed:
        path = ROOT / name
        if path.suffix in (".py", ".toml", ".md", ".yaml", ".yml", ".lock") and path.exists():
            text = path.read_text(encoding="utf-8", errors="replace")
            found = [word for word in wrong if word in text]
            assert not found or path == Path(__file__), f"{name} names {found}"


def test_no_code_names_a_category_or_a_product_of_the_demo_shop() -> None:
    """What the demo sells stands in its own files: code that knew it would serve no other shop."""
    ids = {id_ for product, category, _ in demo_offers() for id_ in (product, category)}
    assert {"borse", "siena"} <= ids
    code = [path for path in MODULES if path.parts[len(ROOT.parts)] != "tests"]
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path in code
        if not path.name.startswith("test_") and not path.is_relative_to(ROOT / "catalog/demo")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in ids
    ]
    assert not named
