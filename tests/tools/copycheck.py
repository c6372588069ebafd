#!/usr/bin/env python3
"""Find text that stands in one of the real plans too.

    copycheck.py PROJECT_FOLDER PLANS_FOLDER [--run 30]

Prints every run of RUN or more characters (punctuation, white space, {{…}} and {%…%} left out; titles in 《》 and
names in “” do not count) that a file which git does not ignore shares with a plan.  Exit status 1 if there is one.  Standard library only.
"""
import argparse, re, subprocess, sys, unicodedata
from pathlib import Path

NOISE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|《[^》]*》|“[^”]*”", re.S)


def fold(s):
    s = NOISE.sub("\0", unicodedata.normalize("NFKC", s))
    return re.sub(r"[^\w\0]+", "", s)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("project"); ap.add_argument("plans"); ap.add_argument("--run", type=int, default=30)
    a = ap.parse_args(); n = a.run; grams = {}
    for p in sorted(Path(a.plans).glob("*.txt")):
        t = fold(p.read_text("utf8"))
        for i in range(len(t) - n + 1):
            g = t[i:i + n]
            if "\0" not in g: grams.setdefault(g, p.stem)
    bad = 0
    files = subprocess.run(["git", "-C", a.project, "ls-files", "-z", "-co", "--exclude-standard"], capture_output=True, text=True).stdout.split("\0")
    for f in filter(None, files):
        path = Path(a.project, f)
        if not path.is_file() or path.stat().st_size > 4_000_000: continue
        try: t = fold(path.read_text("utf8"))
        except UnicodeDecodeError: continue
        i = 0
        while i <= len(t) - n:
            if t[i:i + n] in grams:
                j = i
                while j + n < len(t) and t[j + 1:j + 1 + n] in grams: j += 1
                print(f"{f}: {j - i + n} characters of {grams[t[i:i + n]]}: {t[i:i + n]}…"); bad += 1; i = j + n
            else: i += 1
    print(f"{bad} shared runs"); sys.exit(bool(bad))


if __name__ == "__main__":
    main()
