"""The sandbox that templates and catalog texts run in: what they may reach, and how much they may spend.

Jinja has no limit of its own. Here every loop round, call, filter and joined text is counted where it is made, in the
compiled code itself, so that a bound holds on every system and costs a normal paper nothing that can be felt.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import wraps
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateRuntimeError, Undefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from drafter.compose.filters import FILTERS, TESTS
from drafter.compose.limits import (
    ALLOWANCE,
    LONGEST_PAPER,
    LONGEST_SOURCE,
    MOST_LINES,
    ExhaustedError,
    refuse_longer,
)
from drafter.compose.record import Record
from drafter.document import Form
from drafter.nearest import nearest

_TEMPLATE = 500
"""What entering a template costs."""
_ROUND = 20
_CALL = 100
_SOURCE = 10
"""What reading and compiling a character of a template costs."""
_DEEPEST = 6
"""How deep lists may stand in lists: deeper ones take for ever to compare."""
_WIDEST_NUMBER = 10**40


class Missing(StrictUndefined):
    """A name or attribute that is not there; says which one is nearest."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, holder = self._undefined_name, self._undefined_obj
        if isinstance(holder, Record | Mapping):
            known = vars(holder) if isinstance(holder, Record) else holder
            return f"没有“{name}”这一项。{nearest(str(name)[:60], list(map(str, known)))}"
        return (
            f"这一列没有第{name + 1}项"
            if isinstance(name, int) and isinstance(holder, Sequence)
            else f"“{str(name)[:60]}”没有声明或定义"
        )


class Generator(CodeGenerator):
    """Compiles templates so that what grows is counted."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self._wrapped("joined", node.nodes, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        self._inside("built", super().visit_List, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        if node.ctx == "load":
            self._inside("built", super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        self._inside("built", super().visit_Dict, node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        if isinstance(node.arg, nodes.Slice):
            self._inside("counted", super().visit_Getitem, node, frame)
        else:
            super().visit_Getitem(node, frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        # Both sides are read: a long text in a loop costs its length each time.
        self.write("(")
        self._inside("counted", self.visit, node.expr, frame)
        for op in node.ops:
            self.visit(op, frame)
        self.write(")")

    def visit_Operand(self, node: nodes.Operand, frame: Frame) -> None:  # noqa: N802
        self.write(f" {_COMPARED[node.op]} ")
        self._inside("counted", self.visit, node.expr, frame)

    def _inside(self, name: str, visit: Callable[..., None], node: nodes.Node, frame: Frame) -> None:
        self.write(f"environment.{name}(")
        visit(node, frame)
        self.write(")")

    def _wrapped(self, name: str, each: Sequence[nodes.Node], frame: Frame) -> None:
        self.write(f"environment.{name}((")
        for node in each:
            self.visit(node, frame)
            self.write(", ")
        self.write("))")


_COMPARED = {
    "eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in",
}  # fmt: skip


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without what a paper does not need, and with an allowance that ends."""

    code_generator_class = Generator
    intercepted_binops = frozenset(["+", "-", "*", "**", "/", "//", "%"])

    def __init__(self, loader: BaseLoader | None = None) -> None:
        super().__init__(
            loader=loader,
            undefined=Missing,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            # Folding constants would compute 'x' * 300000000 while the template is compiled.
            optimized=False,
            finalize=_printed,
        )
        self.left = ALLOWANCE
        self.characters = self.lines = 0
        self.globals = {"range": self._range, "namespace": Namespace}
        self.filters = {name: self._measured(each) for name, each in FILTERS.items()}
        self.tests = {name: self._measured(each) for name, each in TESTS.items()}

    # -------------------------------------------------------------- what is spent

    def spend(self, amount: int) -> None:
        """Take from the allowance. Raises ExhaustedError where it ends."""
        self.left -= amount
        if self.left < 0:
            raise ExhaustedError("模板用时或用量太大，已停止")

    def enter(self, least: int, characters: int, lines: int) -> None:
        """Begin a round of a loop, a block, a macro or a template, and print the text that stands in it."""
        self.spend(least + characters)
        self.print(characters, lines)

    def print(self, characters: int, lines: int) -> None:
        """Count what is printed. Raises ExhaustedError where it is more than a paper."""
        self.characters += characters
        self.lines += lines
        if self.characters > LONGEST_PAPER or self.lines > MOST_LINES:
            raise ExhaustedError(f"成文超过 {LONGEST_PAPER} 字或 {MOST_LINES} 行，已停止")

    def read(self, source: str) -> None:
        """Take what reading a template costs. Raises ExhaustedError where it is too long."""
        if len(source) > LONGEST_SOURCE:
            raise ExhaustedError(f"模板超过 {LONGEST_SOURCE} 字，请分成几个文件")
        self.spend(len(source) * _SOURCE)

    def counted(self, value: Any) -> Any:
        """`value`, its size taken from the allowance."""
        size = len(value) if isinstance(value, str | list | tuple | dict | range) else 1
        refuse_longer(size)
        self.spend(size)
        return value

    def built(self, value: Any, depth: int = 1) -> Any:
        """A list, tuple or map that a template writes, everything in it counted."""
        if depth > _DEEPEST:
            raise ExhaustedError(f"列表套列表超过 {_DEEPEST} 层，已停止")
        self.spend(len(value) + 1)
        for each in value.values() if isinstance(value, dict) else value:
            if isinstance(each, list | tuple | dict):
                self.built(each, depth + 1)
        return value

    def joined(self, parts: Sequence[Any]) -> str:
        """`a ~ b`: the texts one after the other."""
        texts = [shown(part) for part in parts]
        refuse_longer(sum(map(len, texts)))
        return str(self.counted("".join(texts)))

    def _range(self, *bounds: int) -> range:
        made = range(*bounds)
        # Its length may be more than Python can tell.
        size = max(0, (made.stop - made.start) // made.step + 1)
        refuse_longer(size)
        self.spend(size * _ROUND)
        return made

    def _measured(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that takes from the allowance what it reads and what it makes."""

        @wraps(function)
        def measured(*given: Any, **named: Any) -> Any:
            for each in (*given, *named.values()):
                self._weighed(each)
            made = function(*given, **named)
            return self._rounds(made) if isinstance(made, Iterator) else self.counted(made)

        return measured

    def _rounds(self, made: Iterator[Any]) -> Iterator[Any]:
        for each in made:
            self.spend(_ROUND)
            self._weighed(each)
            yield each

    def _weighed(self, value: Any) -> None:
        """Take the size of a value that a filter reads, and of the texts that stand in it."""
        self.counted(value)
        if isinstance(value, list | tuple):
            self.spend(sum(len(each) if isinstance(each, str) else 1 for each in value))

    def call(self, context: Context, function: Any, /, *given: Any, **named: Any) -> Any:
        """A call of a function that a template may use."""
        self.spend(_CALL)
        return super().call(context, function, *given, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A sum, product and so on, where its result is known to stay small."""
        numbers = [each for each in (left, right) if isinstance(each, int | float | Decimal)]
        if len(numbers) == 2:
            if operator == "**" and not (abs(left) <= 1000 and 0 <= right <= 10):
                raise ExhaustedError("乘方太大，已停止")
            if any(isinstance(each, int) and abs(each) > _WIDEST_NUMBER for each in numbers):
                raise ExhaustedError("数字太大，已停止")
        elif operator == "*":
            size = [len(each) for each in (left, right) if isinstance(each, str | list | tuple)]
            times = next((each for each in numbers if isinstance(each, int)), 0)
            refuse_longer(size[0] * times if size else 0)
        elif operator == "%" and isinstance(left, str):
            raise SecurityError("不能用 % 拼接文字，改用 ~")
        elif operator == "+" and isinstance(left, str) and isinstance(right, str):
            refuse_longer(len(left) + len(right))
        return self.counted(super().call_binop(context, operator, left, right))

    # -------------------------------------------------------------- what may be reached

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only what a paper is made of has names behind a dot; no text, list or function has."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        return isinstance(obj, Record | Form | Namespace | TemplateModule)

    def wrap_str_format(self, value: Any) -> None:
        """No `format` of texts: Jinja's own guard would let `'{:9999999999}'.format(1)` pass."""
        return


_LOOP = frozenset(
    ["index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem", "depth"]
)


def shown(value: Any) -> Any:
    """What is printed of a value: texts and numbers; anything else is refused with what to write instead."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        raise TemplateRuntimeError("这里是真假值，不能印出；用 {% if … %}")
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, list | tuple | Iterator | range | Mapping | frozenset):
        raise TemplateRuntimeError("这里是一列，不能直接印出；用 | listed 或 {% for … %}")
    raise TemplateRuntimeError("这里是一组内容或一个函数，不能直接印出；写明其中一项，如 entry.title")


@pass_context
def _printed(context: Context, value: Any) -> Any:
    """Everything that `{{ … }}` prints goes through here. It needs the context so that nothing is folded early."""
    text = shown(value)
    environment: Any = context.environment
    environment.counted(text)
    environment.print(len(text), text.count("\n"))
    return text


# ------------------------------------------------------------------ counting in the tree


def count_rounds(tree: nodes.Template, every: Iterable[nodes.Node]) -> None:
    """Put a charge at the head of everything that may run more than once. `every`: the nodes of the tree."""
    for node in every:
        if not isinstance(node, nodes.For | nodes.Macro | nodes.CallBlock | nodes.Block):
            continue
        node.body.insert(0, _charge(node))
        if isinstance(node, nodes.For) and node.test is not None:
            # What the condition leaves out is no round of the loop.
            node.iter = nodes.Filter(node.iter, "list", [], [], None, None, lineno=node.lineno)
    tree.body.insert(0, _charge(tree, _TEMPLATE))


def _charge(node: nodes.Node, least: int = _ROUND) -> nodes.ExprStmt:
    texts = [data.data for data in node.find_all(nodes.TemplateData)]
    printed, lines = sum(map(len, texts)), sum(text.count("\n") for text in texts)
    # The name is written into the compiled code as it stands: environment.enter(…).
    call = nodes.EnvironmentAttribute(f"enter({least}, {printed}, {lines})", lineno=node.lineno or 1)
    return nodes.ExprStmt(call, lineno=node.lineno or 1)
