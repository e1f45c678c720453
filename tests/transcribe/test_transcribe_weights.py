"""Where weights come from, and what is said when they are nowhere."""

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch
import whisper

from qa.errors import ModelMissing, WriteFailed
from qa.settings import Settings
from qa.transcribe.installed import PACKAGES, Package
from qa.transcribe.model import load_model
from qa.transcribe.weights import find_weights
from tests.shared import ROOT
from tests.transcribe.ct2_writer import HEADS, binary, tensors_of, tiny_model, weights_packages

DATA = binary(tensors_of(tiny_model()))
TINY = Package(
    model="ours",
    parts=(("tiny_part1", "model.bin.part1"), ("tiny_part2", "model.bin.part2")),
    settings=("tiny_part1", "config.json"),
    sha256=hashlib.sha256(DATA).hexdigest(),
)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The tiny model as installed packages."""
    folder = tmp_path / "site"
    weights_packages(folder, DATA)
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in ("tiny_part1", "tiny_part2"):
        sys.modules.pop(name, None)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """OpenAI's download, served from this machine: the model ``tiny`` under its checksum."""
    checkpoint = tmp_path / "made.pt"
    torch.save({"dims": vars(tiny_model().dims), "model_state_dict": tiny_model().state_dict()}, checkpoint)
    folder = tmp_path / "served" / hashlib.sha256(checkpoint.read_bytes()).hexdigest()
    folder.mkdir(parents=True)
    checkpoint.rename(folder / "tiny.pt")
    handler = partial(_Quiet, directory=str(tmp_path / "served"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/{folder.name}/tiny.pt"
    monkeypatch.setitem(whisper._MODELS, "tiny", url)
    yield folder / "tiny.pt"
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Keeps the test's output clean."""


def settings(folder: Path, **values: object) -> Settings:
    return Settings(data_dir=folder / "var", **values)


def test_a_path_comes_first(tmp_path: Path, installed: Path) -> None:
    own = tmp_path / "own.pt"
    own.write_bytes(b"checkpoint")
    assert find_weights(settings(tmp_path, model="ours", model_path=own), (TINY,)) == own
    assert not (tmp_path / "var").exists()


def test_a_path_to_nothing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"QA_MODEL_PATH names .*gone\.pt, which is not there"):
        find_weights(settings(tmp_path, model_path=tmp_path / "gone.pt"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "is damaged or is no Whisper checkpoint", id="empty"),
        pytest.param(b"not a model at all", "is damaged or is no Whisper checkpoint", id="text"),
        pytest.param({"weights": 1}, "no Whisper checkpoint", id="another PyTorch file"),
        pytest.param(
            {"dims": {"n_mels": 80}, "model_state_dict": {}}, "no Whisper checkpoint", id="dims too few"
        ),
        pytest.param([1, 2], "no Whisper checkpoint", id="a list"),
    ],
)
def test_a_file_that_is_no_checkpoint(tmp_path: Path, content: object, words: str) -> None:
    path = tmp_path / "own.pt"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        torch.save(content, path)
    with pytest.raises(ModelMissing, match=words) as error:
        load_model(path)
    assert "own.pt" in error.value.message


def test_packages_are_converted_once_with_their_heads(tmp_path: Path, installed: Path) -> None:
    path = find_weights(settings(tmp_path, model="ours"), (TINY,))
    assert path == tmp_path / "var" / "models" / "ours.pt"
    model = load_model(path)
    assert model.alignment_heads.indices().T.tolist() == HEADS
    for key, value in tiny_model().state_dict().items():
        torch.testing.assert_close(model.state_dict()[key], value, rtol=0, atol=0, msg=key)
    first = path.stat()
    assert find_weights(settings(tmp_path, model="ours"), ()) == path
    assert path.stat().st_ino == first.st_ino


def test_a_torn_cache_is_made_anew(tmp_path: Path, installed: Path) -> None:
    path = find_weights(settings(tmp_path, model="ours"), (TINY,))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    find_weights(settings(tmp_path, model="ours"), (TINY,))
    load_model(path)


def test_a_damaged_package_says_reinstall(tmp_path: Path, installed: Path) -> None:
    part = installed / "tiny_part2" / "data" / "model.bin.part2"
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelMissing, match=r"'ours' are damaged .* reinstall tiny_part1, tiny_part2"):
        find_weights(settings(tmp_path, model="ours"), (TINY,))
    assert list((tmp_path / "var" / "models").glob("*.pt")) == []


SCRIPT = """
import sys, time
from pathlib import Path
from qa.settings import Settings
from qa.transcribe.installed import Package
import qa.transcribe.convert as convert
from qa.transcribe.weights import find_weights
import qa.transcribe.weights as weights
folder, ready, sha256 = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
tiny = Package("ours", (("tiny_part1", "model.bin.part1"), ("tiny_part2", "model.bin.part2")),
               ("tiny_part1", "config.json"), sha256)
real = convert.convert
def counted(package, into):
    with (folder / "conversions").open("a") as file:
        file.write("x")
    time.sleep(0.5)
    return real(package, into)
convert.convert = counted
ready.write_text("")
while not (folder / "go").exists():
    time.sleep(0.001)
path = find_weights(Settings(data_dir=folder / "var", model="ours"), (tiny,))
from qa.transcribe.model import load_model
load_model(path)
print(path.stat().st_ino)
"""


def test_two_processes_that_start_together_convert_once(tmp_path: Path, installed: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    paths = f"{ROOT}:{installed}"
    started = [
        subprocess.Popen(
            [*command, str(tmp_path / f"ready{n}"), TINY.sha256],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": paths, "PATH": ""},
        )
        for n in range(2)
    ]
    while not all((tmp_path / f"ready{n}").exists() for n in range(2)):
        assert all(process.poll() is None for process in started)
    (tmp_path / "go").write_text("")
    nodes = [process.communicate(timeout=120)[0].strip() for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert nodes[0] == nodes[1] != ""
    assert (tmp_path / "conversions").read_text() == "x"
    assert [path.name for path in (tmp_path / "var" / "models").iterdir() if path.is_dir()] == []


def test_a_named_model_is_downloaded_with_its_checksum(tmp_path: Path, served: Path) -> None:
    path = find_weights(settings(tmp_path, model="tiny"))
    assert path.read_bytes() == served.read_bytes()
    served.unlink()
    assert find_weights(settings(tmp_path, model="tiny")) == path


def test_a_damaged_download_is_not_kept(tmp_path: Path, served: Path) -> None:
    served.write_bytes(served.read_bytes()[:-1])
    with pytest.raises(ModelMissing, match=r"download of the model 'tiny' .* is damaged") as error:
        find_weights(settings(tmp_path, model="tiny"))
    assert not error.value.permanent
    assert list((tmp_path / "var" / "models").glob("*.pt")) == []


def test_without_a_network_the_sentence_says_what_to_copy_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Quiet)
    url = f"http://127.0.0.1:{server.server_port}/0/small.pt"
    server.server_close()
    monkeypatch.setitem(whisper._MODELS, "small", url)
    with pytest.raises(ModelMissing) as error:
        find_weights(settings(tmp_path, model="small"))
    place = tmp_path / "var" / "models" / "small.pt"
    for part in ("'small'", "gives no answer", url, str(place), "QA_MODEL_PATH"):
        assert part in error.value.message


def test_an_unknown_name_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"'bsae' is unknown: set QA_MODEL to one of .*base.*large-v3"):
        find_weights(settings(tmp_path, model="bsae"))


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(WriteFailed, match="cannot keep the weights of the model 'ours'"):
        find_weights(settings(tmp_path, model="ours"), (TINY,))


def test_the_published_packages_are_known() -> None:
    assert [package.model for package in PACKAGES] == ["base"]
