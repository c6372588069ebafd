"""drafter: from data to a county's implementation plan, properly typeset, and back.

    catalog + profile (+ parent outline) ─resolve→ Plan ─compose→ Document ─write→ .docx
    any plan file ─read→ Document ─outline→ Outline ─align→ Alignment ─check→ Findings

The steps of the first line, as functions:

    from pathlib import Path
    from drafter.load import load
    from drafter.resolve import resolve
    from drafter.compose import compose
    from drafter.write import write

    inputs = load(Path("profile.yaml"))
    document = compose(resolve(inputs), inputs)
    write(document, Path("plan.docx"))

`drafter.build.build` does all of it and says what is still open.
"""

__version__ = "0.1.0"
