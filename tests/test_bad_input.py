"""Bad input through the command line: exit code 2, where and what to do in Chinese, nothing printed, nothing written."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from drafts import PICKS, line_of, write, write_profile

Run = Callable[..., CompletedProcess[str]]
PARTS = "templates/science-literacy"


@pytest.fixture
def refuses(run_drafter: Run, tmp_path: Path) -> Callable[..., str]:
    """Builds a profile that must be refused, and gives back what was said."""

    def build(profile: Path, *options: str | Path, place: str = "", hints: bool = True) -> str:
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        done = run_drafter("build", profile, "-o", tmp_path / "plan.docx", *options)
        assert done.returncode == 2, done.stderr
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        assert "内部出错" not in done.stderr
        assert place in done.stderr
        assert re.search(r"错误：.*[一-龥]{2}", done.stderr)
        assert "→" in done.stderr or not hints
        assert re.search(r"共 \d+ 个问题，没有写文件。\n$", done.stderr)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
        return done.stderr

    return build


def at(path: Path, piece: str) -> str:
    return f"{path}:{line_of(path, piece)}：错误："


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- measure: farmers-training", "- measure: farmer-training", "是不是要写“farmers-training”"),
        ("features: [villages,", "features: [village,", "是不是要写“villages”"),
        ("family: science-literacy", "family: science", "science-literacy"),
        ("pack: science-literacy", "pack: science", "science-literacy"),
        ("  issuer: government-office", "  issuer: govermnent-office", "government-office"),
        ("  form: items", "  form: itms", "items"),
        ("serves: culture_tourism", "serves: culture_turism", "是不是要写“culture_tourism”"),
        ("status: 印发", "statsu: 印发", "是不是要写“status”"),
        ("target_2030: 22.3", "target_203: 22.3", "是不是要写“target_2030”"),
        ("{leading_industries: 茶叶}", "{leading: 茶叶}", "leading_industries"),
        ("target_2030: 22.3", "target_2030: 100", "1 至 60"),
        ("target_2030: 22.3", "target_2030: 二十", "只写阿拉伯数字"),
        ("status: 印发", "status: 下发", "issued（印发）"),
    ],
    ids=lambda value: value.strip(),
)
def test_an_unknown_or_unfit_entry(
    refuses: Callable[..., str], tmp_path: Path, old: str, new: str, told: str
) -> None:
    profile = write_profile(tmp_path, (old, new))
    assert told in refuses(profile, place=at(profile, new.strip()))


def test_an_unknown_role(refuses: Callable[..., str], tmp_path: Path) -> None:
    profile = write_profile(
        tmp_path, ("- measure: resources-open", "- measure: resources-open\n  lead: [scince_tech]")
    )
    assert "是不是要写“science_tech”" in refuses(profile, place=at(profile, "- measure: resources-open"))


def test_an_ambiguous_role(refuses: Callable[..., str], tmp_path: Path) -> None:
    profile = write_profile(tmp_path, ("layout:\n", "- {name: 县体育局, serves: sports}\nlayout:\n"))
    assert "一项职能只能归一个单位" in refuses(profile, place=at(profile, "县体育局"))


def test_an_ambiguous_id_in_the_own_catalog_is_left_out(run_drafter: Run, tmp_path: Path) -> None:
    text = "format: glossary/1\nterms:\n- {name: 甲, text: 乙}\n- {name: 甲, text: 丙}\n"
    path = write(tmp_path, "catalog/science-literacy/mine.yaml", text)
    done = run_drafter("build", write_profile(tmp_path), "-o", tmp_path / "plan.docx")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plan.docx").is_file()
    assert f"{path}:{line_of(path, '丙')}" in done.stderr
    assert f"另一处在 {path}:3" in done.stderr
    assert "这个文件没有采用" in done.stderr


def test_a_measure_picked_twice(refuses: Callable[..., str], tmp_path: Path) -> None:
    profile = write_profile(tmp_path, picks=PICKS + "- measure: farmers-training # 又\n")
    assert "删去其中一处" in refuses(profile, place=at(profile, "# 又"))


def test_a_key_given_twice(refuses: Callable[..., str], tmp_path: Path) -> None:
    profile = write_profile(tmp_path, ("status: 印发", "status: 印发\nstatus: 初稿"))
    assert "只保留一处" in refuses(profile, place=at(profile, "status: 初稿"))


def test_a_required_parameter_that_is_missing(refuses: Callable[..., str], tmp_path: Path) -> None:
    profile = write_profile(tmp_path, ("  values: {leading_industries: 茶叶}\n", ""))
    said = refuses(profile, place=at(profile, "- measure: farmers-demo-bases"))
    assert "缺少必填的“主导产业”" in said
    assert "写 leading_industries: …" in said


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("青政办发[2026]31号", "六角括号〔〕"),
        ("青政办发(2026)31号", "六角括号〔〕"),
        ("青政办发〔2026〕031号", "不编虚位"),
        ("青政办发〔2026〕第31号", "不写“第”"),
        ("青政办发〔2026〕31", "末尾写“号”"),
    ],
)
def test_a_malformed_document_number(
    refuses: Callable[..., str], tmp_path: Path, number: str, told: str
) -> None:
    profile = write_profile(tmp_path, ("  number: 青政办发〔2026〕31号", f"  number: {number}"))
    said = refuses(profile, place=at(profile, f"number: {number}"), hints=False)
    assert f"发文字号“{number}”" in said
    assert told in said


@pytest.mark.parametrize("day", ["2026-02-30", "2026年2月30日", "12月10日"])
def test_an_impossible_date(refuses: Callable[..., str], tmp_path: Path, day: str) -> None:
    profile = write_profile(tmp_path, ("  issued: 2026-12-10", f"  issued: {day}"))
    said = refuses(profile, place=at(profile, f"issued: {day}"), hints=False)
    assert "写作 2026-12-08 或 2026年12月8日" in said


def test_a_printing_date_before_the_issue_date(refuses: Callable[..., str], tmp_path: Path) -> None:
    profile = write_profile(tmp_path, ("  printed: 2026-12-11", "  printed: 2026-12-09"))
    assert "印发日期早于成文日期" in refuses(profile, place=at(profile, "dates:"), hints=False)


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2030—2026", "结束年 2026 早于起始年 2030"),
        ("{start: 2030, end: 2026}", "结束年 2026 早于起始年 2030"),
        ("十五五", "写作 2026—2030"),
    ],
)
def test_a_period_that_cannot_be(refuses: Callable[..., str], tmp_path: Path, period: str, told: str) -> None:
    profile = write_profile(tmp_path, ("period: 2026—2030\nstatus: 印发", f"status: 印发\nperiod: {period}"))
    assert told in refuses(profile, place=at(profile, f"period: {period}"), hints=False)


def test_an_undefined_name_in_a_template(refuses: Callable[..., str], tmp_path: Path) -> None:
    """Its file and line, the nearest name, and which include led there."""
    inner = write(tmp_path, f"{PARTS}/inner.md.j2", "甲\n{{ perod.end }}\n")
    outer = write(tmp_path, f"{PARTS}/schedule.md.j2", "\n\n{% include 'inner.md.j2' %}\n")
    said = refuses(write_profile(tmp_path), place=at(inner, "perod"))
    assert f"由此引入：{outer}:3" in said
    assert "perod" in said


def test_an_undefined_name_in_a_template_of_an_option(refuses: Callable[..., str], tmp_path: Path) -> None:
    path = write(tmp_path, "given/science-literacy/schedule.md.j2", "甲\n{{ perod.end }}\n")
    said = refuses(write_profile(tmp_path), "--templates", tmp_path / "given", place=at(path, "perod"))
    assert "是不是要写“period”" in said


def test_an_undeclared_name_in_a_catalog_text(refuses: Callable[..., str], tmp_path: Path) -> None:
    text = "format: glossary/1\nterms:\n- {name: 科普, text: '{{ plce.name }}'}\n"
    path = write(tmp_path, "given/science-literacy/mine.yaml", text)
    said = refuses(write_profile(tmp_path), "--catalog", tmp_path / "given", place=at(path, "plce"))
    assert "是不是要写“place”" in said


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ place.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
    ],
)
def test_a_template_that_reaches_for_python(refuses: Callable[..., str], tmp_path: Path, text: str) -> None:
    path = write(tmp_path, f"{PARTS}/schedule.md.j2", f"甲\n{text}\n")
    refuses(write_profile(tmp_path), place=at(path, "__"), hints=False)


def test_a_yaml_bomb(refuses: Callable[..., str], tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    profile = write(tmp_path, "profile.yaml", "\n".join(rows))
    assert "不支持 YAML 别名" in refuses(profile, place=f"{profile}:2：错误：")


def test_a_bomb_of_brackets(refuses: Callable[..., str], tmp_path: Path) -> None:
    profile = write(tmp_path, "profile.yaml", "a: " + "[" * 100_000)
    assert "嵌套超过" in refuses(profile, place=f"{profile}:1：错误：")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_file_that_is_not_utf8(refuses: Callable[..., str], tmp_path: Path, encoding: str) -> None:
    profile = write_profile(tmp_path)
    profile.write_bytes(profile.read_text(encoding="utf-8").encode(encoding))
    line = 1 if encoding == "utf-16" else 2
    assert "请另存为 UTF-8" in refuses(profile, place=f"{profile}:{line}：错误：")


def test_a_catalog_file_that_is_not_utf8_is_told_with_all_else(
    refuses: Callable[..., str], tmp_path: Path
) -> None:
    path = write(tmp_path, "catalog/science-literacy/mine.yaml", "")
    path.write_bytes("format: glossary/1\nterms:\n- {name: 甲, text: 乙}\n".encode("gb18030"))
    profile = write_profile(tmp_path, ("status: 印发", "status: 下发"))
    assert "请另存为 UTF-8" in refuses(profile, place=f"{path}:3：错误：")


def test_a_template_that_is_not_utf8(refuses: Callable[..., str], tmp_path: Path) -> None:
    path = write(tmp_path, f"{PARTS}/schedule.md.j2", "")
    path.write_bytes("\n甲".encode("gb18030"))
    assert "UTF-8" in refuses(write_profile(tmp_path), place=f"{path}:2：错误：")


@pytest.mark.parametrize("text", ["", "甲", "format: profile/9", "format: [a]", "a: ["])
def test_a_file_that_is_no_profile(refuses: Callable[..., str], tmp_path: Path, text: str) -> None:
    profile = write(tmp_path, "profile.yaml", text)
    refuses(profile, place=str(profile))


def test_a_profile_that_is_not_there(refuses: Callable[..., str], tmp_path: Path) -> None:
    assert "检查路径和文件名" in refuses(tmp_path / "nowhere.yaml", place=str(tmp_path / "nowhere.yaml"))


@pytest.mark.parametrize("option", ["--catalog", "--templates"])
def test_a_layer_that_is_not_there(refuses: Callable[..., str], tmp_path: Path, option: str) -> None:
    said = refuses(write_profile(tmp_path), option, tmp_path / "nowhere", place=str(tmp_path / "nowhere"))
    assert option in said


def test_every_problem_is_told_and_counted(refuses: Callable[..., str], tmp_path: Path) -> None:
    profile = write_profile(
        tmp_path, ("features: [villages,", "features: [village,"), ("target_2030: 22.3", "target_2030: 100")
    )
    said = refuses(profile)
    assert at(profile, "village,") in said
    assert at(profile, "target_2030") in said
    assert said.count("错误：") == 2
    assert "共 2 个问题" in said


def test_debug_shows_the_versions_and_where_it_came_from(run_drafter: Run, tmp_path: Path) -> None:
    profile = write(tmp_path, "profile.yaml", "甲")
    done = run_drafter("build", profile, "-o", tmp_path / "plan.docx", "--debug")
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert re.search(r"drafter \d+\.\d+.*Python 3\.", done.stderr)


def test_a_refused_build_leaves_an_older_paper_as_it_was(run_drafter: Run, tmp_path: Path) -> None:
    profile, out = write_profile(tmp_path), tmp_path / "plan.docx"
    assert run_drafter("build", profile, "-o", out).returncode == 0
    before = out.read_bytes()
    profile = write_profile(tmp_path, ("status: 印发", "status: 下发"))
    assert run_drafter("build", profile, "-o", out).returncode == 2
    assert out.read_bytes() == before
