"""Layout of a .docx against GB/T 9704-2012: `rules` says what is looked for, `judging` looks, `pages` looks at printed pages.

Nothing is imported here: a paper that is no .docx is checked without these modules.
"""
