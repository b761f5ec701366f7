"""What is imported when: a command and a library load what they need, and no more."""

import subprocess
import sys


def loaded_by(code: str) -> set[str]:
    """The modules that are there when a Python of its own has run some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n' + ' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def of_package(name: str, modules: set[str]) -> list[str]:
    return sorted(module for module in modules if module == name or module.startswith(f"{name}."))


def test_the_memory_loads_no_reader_of_files_and_no_aligner():
    modules = loaded_by("import corpus.memory")
    assert "corpus.bitexts" in modules
    for package in ("corpus.intake", "corpus.alignment", "corpus.samples", "lxml", "pypdfium2"):
        assert of_package(package, modules) == []


def test_the_aligner_loads_no_reader_of_files():
    modules = loaded_by("import corpus.alignment")
    for package in ("corpus.intake", "lxml", "pypdfium2"):
        assert of_package(package, modules) == []
