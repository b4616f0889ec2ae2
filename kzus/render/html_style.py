"""The style sheet of HTML documents: light and dark, on wide and narrow screens, and on A4."""

from __future__ import annotations

COLOURS = {
    "text": ("#1f2328", "#e6edf3"),
    "dim": ("#59636e", "#9aa4ae"),
    "red": ("#b3202b", "#ff7b72"),
    "green": ("#1a7f37", "#3fb950"),
    "yellow": ("#8a5d00", "#d8a02c"),
    "magenta": ("#7a3fd0", "#c297ff"),
    "cyan": ("#0f6e75", "#39c5cf"),
    "blue": ("#0a5bc4", "#6cb0ff"),
    "line": ("#d1d9e0", "#3d444d"),
    "band": ("#f6f8fa", "#151b23"),
    "page": ("#ffffff", "#0d1117"),
}
"""Each colour on a light and on a dark background; text has a contrast of at least 4.5."""


def _css_variables(ground: int) -> str:
    """Return the colours for a light (0) or dark (1) background as variables of a style sheet."""
    return ";".join(f"--{name}:{tones[ground]}" for name, tones in COLOURS.items())


STYLE = (
    f"""
:root{{color-scheme:light dark;{_css_variables(0)}}}
@media screen and (prefers-color-scheme:dark){{:root{{{_css_variables(1)}}}}}
"""
    """
body{margin:1.5rem auto;padding:0 1.5rem;max-width:80rem;background:var(--page);color:var(--text)}
body{font:15px/1.45 system-ui,"Segoe UI",Roboto,sans-serif;overflow-wrap:break-word}
table{border-collapse:collapse;font-variant-numeric:tabular-nums lining-nums;margin:0 0 .75rem}
caption{caption-side:bottom;text-align:left;color:var(--dim);padding:.5rem .6rem}
th,td{padding:.35rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--line);vertical-align:bottom}
tbody tr:nth-child(even){background:var(--band)}
.section{padding-top:1rem;border-bottom:2px solid var(--line)}
tfoot td{font-weight:600;border-top:2px solid var(--line)}
.right{text-align:right}td.whole,td .whole{white-space:nowrap}.prose{min-width:16rem}
td.refs{min-width:7rem;font-size:.9em}
.dense{font-size:.9em}.dense th,.dense td{padding:.3rem .35rem}
small{display:block;color:var(--dim);font-size:.85em}
.inline{display:inline;font-weight:normal}mark{background:none;color:inherit;font-weight:600;text-decoration:underline}
h1{font-size:1.4rem;margin:0}h1+p{margin:.2rem 0 1rem}h2{font-size:1.1rem;margin:1.5rem 0 .25rem}
h3{font-size:1rem;margin:1.25rem 0 .25rem}
article+article{margin-top:3rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0;max-width:60rem}
dt{color:var(--dim)}dd{margin:0;min-width:0}
.sources{padding-left:2.6rem;max-width:60rem;font-size:.9em}.sources li{overflow-wrap:anywhere;margin:.15rem 0}
.sources li::marker{content:"[" counter(list-item) "] ";color:var(--dim)}
footer{margin-top:1.5rem;border-top:1px solid var(--line);padding-top:.5rem;font-size:.9em}
a{color:var(--blue)}.note,.dim{color:var(--dim)}.bold{font-weight:600}
.red{color:var(--red)}.green{color:var(--green)}.yellow{color:var(--yellow)}
.magenta{color:var(--magenta)}.cyan{color:var(--cyan)}.blue{color:var(--blue)}
pre{font:14px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-x:auto}
@media screen and (max-width:45rem){
body{margin:1rem auto;padding:0 1rem}
table,caption,tbody,tfoot,tr,th,td{display:block}thead{display:none}
tr{border-bottom:1px solid var(--line);padding:.4rem .3rem}
td,.dense td,.section{border:0;padding:.1rem 0}td.right{text-align:left}
td:empty{display:none}td.whole{white-space:normal}
td[data-label],.dense td[data-label]{position:relative;padding-left:7rem;min-height:1.45em}
td[data-label]::before{content:attr(data-label);position:absolute;left:0;color:var(--dim);font-weight:normal}
.bare tr{display:flex;flex-wrap:wrap;column-gap:.8rem}td.refs{font-size:1em}
.prose{min-width:0}dl{grid-template-columns:6rem 1fr}
}
@page{size:A4;margin:15mm 12mm}
@media print{
body{margin:0;padding:0;max-width:none;font-size:8.5pt}h1{font-size:14pt}h2{font-size:11pt}h3{font-size:10pt}
a{color:inherit}th,td{padding:.2rem .35rem}.prose{min-width:9rem}td.refs{min-width:4rem}
.dense th,.dense td{padding:.2rem}
pre{font-size:7pt;white-space:pre-wrap}
thead{display:table-header-group}tfoot{display:table-row-group}tr,li{break-inside:avoid}h1,h2,h3{break-after:avoid}
}
"""
)
