/** The style of the page, light or dark to match the reader's system, for phones to wide screens. */
export const pageStyle = `
:root{color-scheme:light dark;--ink:#1c2330;--quiet:#5d6778;--paper:#f6f7f9;--card:#fff;--line:#dfe3ea;--accent:#2563c9}
@media (prefers-color-scheme:dark){:root{--ink:#e4e8ef;--quiet:#98a3b5;--paper:#12151b;--card:#1a1f28;--line:#2d3542;--accent:#7fb0ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:96rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{margin:.1rem 0;font-size:2rem;overflow-wrap:anywhere}h2{margin:1.6rem 0 .6rem;font-size:1.25rem}h3{margin:0 0 .6rem;font-size:1rem;overflow-wrap:anywhere}
p,ul{margin:.4rem 0;max-width:62rem;overflow-wrap:anywhere}ul{padding-left:1.2rem}code{font-size:.85em;overflow-wrap:anywhere}a,summary{color:var(--accent)}summary{cursor:pointer}
a:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.wide{overflow-x:auto;width:fit-content;max-width:100%;background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.4rem .2rem}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}th,td{padding:.2rem .8rem;text-align:right;border-bottom:1px solid var(--line)}
tbody th,tfoot th,thead th:first-child{text-align:left}thead th{color:var(--quiet);font-weight:500}thead th[colspan]{text-align:center}tbody th{font-weight:500}
.sum th,.sum td{font-weight:600;border-bottom:0}
section{margin:1rem 0;padding:1rem 1.2rem;background:var(--card);border:1px solid var(--line);border-radius:.7rem;scroll-margin-top:1rem}
.pairs{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(24rem,100%),1fr));gap:1.2rem}figure{margin:0;min-width:0;max-width:30rem}
.pair{display:grid;grid-template-columns:1fr 1.375fr;column-gap:3.4rem;margin-bottom:1.6rem}.pair img{display:block;width:100%;aspect-ratio:1}.pair .spectrum img{aspect-ratio:1.375}.pair img{border-radius:.3rem}.spectrum{position:relative}
.axes{position:absolute;inset:0;pointer-events:none;font-size:.75rem;line-height:1;color:var(--quiet)}.hz{position:absolute;right:calc(100% + .3rem);transform:translateY(50%);white-space:nowrap}
.at{position:absolute;top:calc(100% + .3rem);transform:translateX(-50%);white-space:nowrap}
audio{width:100%;height:2.2rem}figcaption{font-size:.8rem;color:var(--quiet);overflow-wrap:anywhere}
@media (max-width:40rem){main{padding:1rem .6rem 3rem}h1{font-size:1.5rem}section{padding:.8rem}th,td{padding:.2rem .45rem}}
`.trim();
