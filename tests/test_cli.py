"""The command line: Chinese throughout, exit codes as designed, nothing lost, nothing in the way of a pipe."""

import io
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

import drafter.build
import drafter.load
from drafter import __version__, markup
from drafter.cli import main
from drafter.errors import OutputError, error
from drafter.write.trace import State, digest, read_trace, state

COMMANDS = ("new", "build", "align", "check", "tasks", "accept", "read", "schema", "doctor", "catalog", "templates")  # fmt: skip
DRAFTER = (sys.executable, "-m", "drafter")
Run = Callable[..., "Said"]


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line of the report."""
        return self.err.rstrip().splitlines()[-1]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process."""

    def command(*arguments: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["drafter", *map(str, arguments)])
        capsys.readouterr()
        code = main()
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return command


@pytest.fixture
def profile(tmp_path: Path, example: Path) -> Path:
    """A copy of the example, with its parent plan."""
    folder = tmp_path / "county"
    shutil.copytree(example.parent, folder)
    return folder / example.name


def changed(profile: Path, *changes: tuple[str, str]) -> Path:
    """The profile with pieces replaced, each of which stands there once."""
    text = profile.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    profile.write_text(text, encoding="utf-8")
    return profile


def unfinished(profile: Path, status: str = "印发") -> Path:
    """The profile without a document number."""
    return changed(profile, ("  number: 青政办发〔2026〕31号\n", ""), ("status: 印发", f"status: {status}"))


def edited(path: Path) -> bytes:
    """Change a word of a .docx as a person would."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace("指导思想".encode(), "总的思想".encode())
            target.writestr(name, data)
    path.write_bytes(packed.getvalue())
    return packed.getvalue()


def english(text: str) -> list[str]:
    """English words in a message that are no names of options, commands, formats, files or keys."""
    allowed = (
        "|".join(COMMANDS)
        + "|drafter|docx|pdf|md|html|yaml|json|text|all|doc|wps|rtf|odt|txt|catalog|profile|pack|templates|bak|JSON|YAML|Schema"
    )
    allowed += "|LibreOffice|GB|Word|WPS|plan|examples|qingping|letterhead|number|dates|issued"
    # Within a test the program is named after the one that runs it: python -m pytest.
    text = re.sub(r"python -m pytest|(?<!\w)--?[a-z-]+", " ", text)
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if not re.fullmatch(allowed, word)]


# ------------------------------------------------------------------ a build


def test_a_build_ends_by_naming_its_file(run: Run, profile: Path, tmp_path: Path) -> None:
    out = tmp_path / "方案.docx"
    said = run("build", profile, "-o", out)
    assert (said.code, said.out) == (0, "")
    assert said.last == f"已写入 {out}"
    assert re.search(r"正文 \d+ 字，约 [\d.]+ 页。", said.err)
    assert state(out) is State.OURS


@pytest.mark.parametrize("to", ["docx", "md", "html"])
def test_without_a_name_the_file_stands_beside_the_profile(run: Run, profile: Path, to: str) -> None:
    said = run("build", profile, "--to", to)
    assert said.code == 0, said.err
    assert said.last == f"已写入 {profile.with_suffix('.' + to)}"
    assert state(profile.with_suffix("." + to)) is State.OURS


def test_what_is_open_is_an_error_on_an_issued_paper(run: Run, profile: Path, tmp_path: Path) -> None:
    said = run("build", unfinished(profile), "-o", tmp_path / "plan.docx")
    assert said.code == 1
    assert "错误 1 项：" in said.err
    assert "〔待填：发文字号〕" in said.err
    assert "letterhead.number" in said.err
    assert said.last == f"已写入 {tmp_path / 'plan.docx'}"


@pytest.mark.parametrize(("status", "word"), [("初稿", "提示"), ("征求意见稿", "提示"), ("送审稿", "警告")])
def test_what_is_open_stops_no_draft(run: Run, profile: Path, tmp_path: Path, status: str, word: str) -> None:
    changed(profile, ("  target_2030: 22.3\n", ""))
    said = run("build", unfinished(profile, status), "-o", tmp_path / "plan.docx")
    assert said.code == 0
    assert f"{word} " in said.err
    assert "〔待填：" in said.err
    assert (tmp_path / "plan.docx").is_file()


def test_strict_writes_nothing_while_there_are_errors(run: Run, profile: Path, tmp_path: Path) -> None:
    said = run("build", unfinished(profile), "-o", tmp_path / "plan.docx", "--strict")
    assert said.code == 1
    assert "没有写文件" in said.last
    assert not (tmp_path / "plan.docx").exists()
    assert run("build", unfinished_again(profile), "-o", tmp_path / "plan.docx", "--strict").code == 0


def unfinished_again(profile: Path) -> Path:
    """The same profile as a draft, which may be open."""
    return changed(profile, ("status: 印发", "status: 征求意见稿"))


def test_a_paper_that_is_too_long_is_told_with_its_longest_sections(
    run: Run, profile: Path, tmp_path: Path
) -> None:
    changed(profile, ("  form: items\n  length: 简\n", "  form: items\n"))
    said = run("build", profile, "-o", tmp_path / "plan.docx")
    assert said.code == 0
    assert re.search(r"正文约 [\d.]+ 页，超过 12 页\n +→ 最长的部分：.*改用简本（length: 简）", said.err)


def test_a_clean_copy_carries_no_trace(run: Run, profile: Path, tmp_path: Path) -> None:
    assert run("build", profile, "-o", tmp_path / "plan.docx", "--clean").code == 0
    assert read_trace((tmp_path / "plan.docx").read_bytes()) is None


def test_the_trace_knows_profile_and_parent(run: Run, profile: Path, tmp_path: Path) -> None:
    run("build", profile, "-o", tmp_path / "plan.docx")
    trace = read_trace((tmp_path / "plan.docx").read_bytes())
    assert trace is not None
    assert trace.get("profile") == digest(profile.read_bytes())
    (parent,) = trace.iter("{*}parent")
    assert parent.get("digest") == digest((profile.parent / "parent.txt").read_bytes())


def test_markup_from_the_command_line_reads_back(run: Run, profile: Path, tmp_path: Path) -> None:
    run("build", profile, "-o", tmp_path / "plan.md", "--to", "md")
    paper = markup.parse((tmp_path / "plan.md").read_text(encoding="utf-8"))
    assert "".join(paper.title) == "青屏县全民科学素质行动规划纲要实施方案（2026—2030年）"


def test_markup_in_an_answer_stays_text(run: Run, profile: Path, tmp_path: Path) -> None:
    answer = "<script>alert(1)</script> {{ 7*7 }} | # @表"
    changed(profile, ("县全民科学素质工作领导小组\n", f"'{answer}'\n"))
    assert run("build", profile, "-o", tmp_path / "plan.html", "--to", "html").code == 0
    page = (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} | # @表" in page


# ------------------------------------------------------------------ nothing is lost


def test_a_file_edited_by_hand_needs_force(run: Run, profile: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.docx"
    run("build", profile, "-o", out)
    content = edited(out)
    said = run("build", profile, "-o", out)
    assert said.code == 2
    assert "人工修改" in said.err
    assert "--force" in said.err
    assert "没有写文件" in said.last
    assert out.read_bytes() == content
    forced = run("build", profile, "-o", out, "--force")
    assert forced.code == 0
    assert f"原文件另存为 {out}.bak" in forced.err
    assert (tmp_path / "plan.docx.bak").read_bytes() == content
    assert state(out) is State.OURS


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_file_open_in_word_is_refused(
    run: Run, profile: Path, tmp_path: Path, force: tuple[str, ...]
) -> None:
    (tmp_path / "~$plan.docx").write_bytes(b"")
    said = run("build", profile, "-o", tmp_path / "plan.docx", *force)
    assert said.code == 2
    assert "正在 Word 或 WPS 中打开" in said.err
    assert not (tmp_path / "plan.docx").exists()


def test_an_output_folder_that_is_missing_is_refused(run: Run, profile: Path, tmp_path: Path) -> None:
    said = run("build", profile, "-o", tmp_path / "无" / "plan.docx")
    assert said.code == 2
    assert f"没有文件夹“{tmp_path / '无'}”" in said.err
    assert not (tmp_path / "无").exists()


def test_a_full_disk_is_told(
    run: Run, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    said = run("build", profile, "-o", tmp_path / "plan.docx")
    assert said.code == 2
    assert "磁盘已满" in said.err
    assert [each.name for each in tmp_path.iterdir()] == ["county"]


def test_the_profile_itself_is_never_overwritten(run: Run, profile: Path) -> None:
    content = profile.read_bytes()
    assert run("build", profile, "-o", profile).code == 2
    assert profile.read_bytes() == content


# ------------------------------------------------------------------ usage

WRONG = (
    ("build",), ("build", "a", "b"), ("build", "a", "-o"), ("build", "a", "--to"), ("build", "a", "--to", "doc"),
    ("build", "a", "--nope"), ("buld",), ("nonsense",), ("schema",), ("schema", "x"), ("--nope",), (),
)  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_command_line_ends_with_two_and_a_way_on(run: Run, arguments: tuple[str, ...]) -> None:
    said = run(*arguments)
    assert said.code == 2
    assert "drafter --help" in said.err + said.out
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",), ("build", "a", "b"), ("build", "a", "-o"), ("build", "a", "--to"),
        ("build", "a", "--to", "doc"), ("build", "a", "--nope"), ("buld",), ("nonsense",), ("schema",),
        ("schema", "x"), ("--nope",), (),
    ],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)  # fmt: skip
def test_a_wrong_command_line_is_told_in_chinese(run: Run, arguments: tuple[str, ...]) -> None:
    said = run(*arguments)
    mentioned = {part for argument in arguments for part in re.findall(r"[A-Za-z]+", argument)}
    assert [word for word in english(said.err + said.out) if word not in {*mentioned, "nope"}] == []


def test_a_profile_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    said = run("build", tmp_path / "无.yaml")
    assert said.code == 2
    assert "没有文件" in said.err
    assert said.last == "共 1 个问题，没有写文件。"


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == Said(0, f"drafter {__version__}\n", "")


def test_the_schema_is_json_and_nothing_else(run: Run) -> None:
    for kind in ("catalog", "profile", "pack"):
        said = run("schema", kind)
        assert (said.code, said.err) == (0, "")
        assert isinstance(json.loads(said.out), dict)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example_and_explains_each_option(run: Run, command: str) -> None:
    said = run(command, "--help")
    assert said.code == 0
    assert f"例：drafter {command} " in said.out
    for option in re.findall(r"^  (--?[a-z-]+)", said.out, re.M):
        assert re.search(rf"^  {option}( \S+)?( <\S+>)?\s+\S*[\u4e00-\u9fff]", said.out, re.M), option


def test_every_command_is_listed(run: Run) -> None:
    listed = run("--help").out.partition("命令：")[2]
    assert tuple(re.findall(r"^  (\w+) +[\u4e00-\u9fff]", listed, re.M)) == COMMANDS


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("build",),
        ("check",),
        ("schema",),
    ],
)
def test_help_is_chinese_throughout(run: Run, command: tuple[str, ...]) -> None:
    text = run(*command, "--help").out
    assert english(text) == []
    assert not re.search(r"[<>\[{]|[^\x00-\xff]\]", re.sub(r"\[(选项|参数|文件)\](\.\.\.)?", "", text))


# ------------------------------------------------------------------ failures of ours, interruptions


def fails(monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> None:
    """Make the next build fail."""

    def failing(*_: object, **__: object) -> NoReturn:
        raise failure

    monkeypatch.setattr(drafter.build, "build", failing)


def test_an_interruption_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, KeyboardInterrupt())
    said = run("build", "x.yaml")
    assert said.code == 130
    assert "Traceback" not in said.err


def test_an_interruption_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, KeyboardInterrupt())
    assert run("build", "x.yaml").err == "已中断。\n"


def test_a_fault_of_ours_shows_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, RuntimeError("糟了"))
    said = run("build", "x.yaml")
    assert said.code == 3
    assert "drafter 内部出错：RuntimeError: 糟了" in said.err
    assert "--debug" in said.last
    assert "Traceback" not in said.err


def test_debug_shows_traceback_and_versions(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, RuntimeError("糟了"))
    said = run("build", "x.yaml", "--debug")
    assert said.code == 3
    assert "Traceback (most recent call last)" in said.err
    assert f"drafter {__version__}，Python {sys.version_info.major}.{sys.version_info.minor}" in said.err


def test_debug_shows_where_an_input_was_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, OutputError([error("a", "甲"), error("b", "乙")]))
    plain, debug = run("build", "x.yaml"), run("build", "x.yaml", "--debug")
    assert (plain.code, debug.code) == (2, 2)
    assert "Traceback" not in plain.err
    assert "Traceback" in debug.err
    assert plain.last == "共 2 个问题，没有写文件。"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_the_process_with_130(profile: Path, tmp_path: Path) -> None:
    script = (
        "import sys, time, drafter.build\n"
        "drafter.build.build = lambda *_, **__: (print('ready', flush=True), time.sleep(60))\n"
        "from drafter.__main__ import main; main()"
    )
    command = [sys.executable, "-c", script, "build", str(profile)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert b"Traceback" not in process.stderr.read()


# ------------------------------------------------------------------ terminals and pipes

ASCII = {
    "PYTHONIOENCODING": "ascii",
    "LANG": "C",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}


def test_a_pipe_of_an_ascii_system_gets_utf8(profile: Path, tmp_path: Path) -> None:
    out = tmp_path / "青屏.docx"
    command = [*DRAFTER, "build", str(profile), "-o", str(out)]
    done = subprocess.run(command, env={**os.environ, **ASCII}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "正文" in done.stderr.decode("utf-8", "surrogateescape")
    assert out.is_file()


@pytest.mark.skipif(os.name != "posix", reason="pseudo terminals")
def test_a_terminal_that_knows_ascii_alone_does_not_stop_the_work(profile: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*DRAFTER, "build", str(profile), "-o", str(tmp_path / "plan.docx")]
    with subprocess.Popen(command, env={**os.environ, **ASCII}, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        said, until = b"", time.monotonic() + 60
        while time.monotonic() < until:
            if select.select([ours], [], [], 0.2)[0]:
                try:
                    said += os.read(ours, 4096)
                except OSError:  # the other end was closed
                    break
            elif process.poll() is not None:
                break
        assert process.wait(30) == 0, said
    os.close(ours)
    assert b"plan.docx" in said
    assert b"Traceback" not in said
    assert (tmp_path / "plan.docx").is_file()


def closed_pipe() -> tuple[int, str]:
    """`drafter schema` into a pipe that nobody reads: exit code and standard error."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as out:
        done = subprocess.run(
            [*DRAFTER, "schema", "profile"], stdout=out, stderr=subprocess.PIPE, check=False
        )
    return done.returncode, done.stderr.decode()


def test_a_pipe_that_nobody_reads_is_no_fault() -> None:
    code, said = closed_pipe()
    assert said == ""
    assert code not in (2, 3)


def test_a_pipe_that_nobody_reads_ends_well() -> None:
    assert closed_pipe()[0] == 0


def test_help_waits_for_no_heavy_import() -> None:
    script = "import sys; sys.argv = ['drafter', '--help']\nfrom drafter.cli import main\ntry: main()\nfinally: print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    loaded = done.stdout.decode().splitlines()[-1]
    assert [name for name in ("docx", "jinja2", "pydantic", "lxml", "yaml") if f"'{name}'" in loaded] == []


def test_a_plain_build_starts_no_other_program(
    run: Run, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starting(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a program was started")

    for name in ("system", "posix_spawn", "fork", "execv"):
        monkeypatch.setattr(os, name, starting, raising=False)
    monkeypatch.setattr(subprocess, "Popen", starting)
    assert run("build", profile, "-o", tmp_path / "plan.docx").code == 0


@pytest.mark.parametrize("option", [("--paginate",), ("--to", "pdf")])
def test_without_libreoffice_pages_are_refused_with_a_way_on(
    run: Run, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    import drafter.write.render

    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    monkeypatch.setattr(drafter.write.render, "_PLACES", ())
    said = run("build", profile, "-o", tmp_path / "plan.out", *option)
    assert said.code == 2
    assert "没有找到 LibreOffice" in said.err
    assert not (tmp_path / "plan.out").exists()
