/** The style of the page that voters see, light or dark. */
export const VOTE_STYLE = `
:root{color-scheme:light dark;--ink:#1d2330;--soft:#5c6575;--paper:#fff;--card:#f5f7fa;--line:#dde2ea;--accent:#2457c5}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa4b5;--paper:#14171d;--card:#1d222b;--line:#323a47;--accent:#7fa8ff}}
*{box-sizing:border-box}body{margin:0;font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:48rem;margin:0 auto;padding:2rem 1.2rem}[hidden]{display:none!important}h1{line-height:1.2}h2{text-align:center;margin:1.2rem 0 .8rem}
dt{font-weight:600;margin-top:.5rem}dd{margin:0;color:var(--soft)}label{display:block;margin:1.4rem 0 .8rem}
input{font:inherit;padding:.5rem .7rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);color:inherit;display:block;margin-top:.4rem;width:100%}
button{font:inherit;padding:.6rem 1.1rem;border:1px solid var(--line);border-radius:.6rem;background:var(--card);color:inherit;cursor:pointer}
button:hover,button:focus-visible{border-color:var(--accent)}.primary{background:var(--accent);color:var(--paper);border-color:var(--accent);font-weight:600}
.top{display:flex;align-items:center;gap:1rem;color:var(--soft)}progress{flex:1;accent-color:var(--accent)}
.pair{display:flex;align-items:center;justify-content:center;gap:1rem;flex-wrap:wrap}figure{margin:0;text-align:center}figcaption{color:var(--soft);margin-bottom:.3rem}
.arrow{font-size:1.8rem;color:var(--soft)}.pair img{width:min(256px,80vw);height:min(256px,80vw);border-radius:.6rem;display:block}
.play{padding:0;border:2px solid var(--line);position:relative;overflow:hidden;border-radius:.7rem}.play::after{content:'▶';position:absolute;inset:auto 0 0 0;background:#0009;color:#fff;padding:.2rem;font-size:.9rem}.play.playing{border-color:var(--accent)}
.answers{display:grid;grid-template-columns:repeat(3,1fr);gap:.7rem;margin:1.6rem 0 .6rem}.answers button[aria-pressed=true]{border-color:var(--accent);box-shadow:0 0 0 2px var(--accent)}
.keys{text-align:center;color:var(--soft);font-size:.85rem}`;
