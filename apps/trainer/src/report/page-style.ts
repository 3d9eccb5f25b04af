/** Style of the report: light or dark like the reader's system, from phones to wide screens. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1c2330;--quiet:#5d6778;--paper:#f6f7f9;--card:#fff;--line:#dfe3ea;--accent:#2563c9;
--c1:#2563c9;--c2:#c4570c;--c3:#14804a;--c4:#8b3fb5;--wrong:#b3261e;--changed:#fdf1dc}
@media (prefers-color-scheme:dark){:root{--ink:#e4e8ef;--quiet:#98a3b5;--paper:#12151b;--card:#1a1f28;--line:#2d3542;--accent:#7fb0ff;
--c1:#7fb0ff;--c2:#ff9f5c;--c3:#58cf92;--c4:#cf97f0;--wrong:#ff9188;--changed:#3a2f1a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:84rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{margin:.1rem 0;font-size:2rem;overflow-wrap:anywhere}h2{margin:0 0 .6rem;font-size:1.25rem}h3{margin:1rem 0 .4rem;font-size:1rem}
p{margin:.4rem 0;max-width:62rem}.quiet,.kicker{color:var(--quiet);font-size:.9rem}.kicker{margin:0}
dl{margin:1rem 0}dt{color:var(--quiet)}dd{margin:0}.facts{display:flex;flex-wrap:wrap;gap:.6rem}.facts div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.4rem .8rem}
.facts dt{font-size:.78rem}.facts dd{font-weight:600}
.status{border-left:.3rem solid var(--accent);background:var(--card);border-radius:.3rem;padding:.5rem .9rem;overflow-wrap:anywhere}.done{border-color:var(--c3)}.wrong{border-color:var(--wrong)}
.legend{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;max-width:62rem;font-size:.9rem}.legend div{display:contents}.legend dt{color:var(--ink);font-weight:600}.legend dd{color:var(--quiet)}
a:focus-visible,summary:focus-visible,.wide:focus-visible,input:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1rem;margin:1rem 0;font-size:.9rem}a{color:var(--accent)}
section{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:1rem 1.2rem;margin:1rem 0;scroll-margin-top:1rem}
section,header{min-width:0}.wide{overflow-x:auto}
.grids .wide{container-type:inline-size}.cells{--cell:clamp(4.5rem,calc((100cqw - 5.1rem)/var(--columns)),6rem);display:grid;grid-template-columns:minmax(4rem,max-content) repeat(var(--columns),var(--cell));grid-template-rows:auto repeat(var(--rows),var(--cell));width:max-content;margin:.6rem 0 1rem}
.above{grid-row:1;align-self:end;padding:.2rem 0;text-align:center;font-size:.78rem;line-height:1.2;overflow-wrap:anywhere;hyphens:auto}
.corner{grid-area:1/1}.beside{grid-column:1}.corner,.beside{position:sticky;left:0;z-index:1;background:var(--card)}.beside{display:flex;align-items:center;justify-content:end;max-width:5rem;padding-right:.6rem;text-align:right;font-size:.8rem;line-height:1.2}
.drawn{grid-area:2/2/-1/-1;position:relative}.drawn::after{content:"";position:absolute;inset:0;pointer-events:none;--end:calc(var(--cell) - 3px);
background:repeating-linear-gradient(90deg,transparent 0 var(--end),var(--card) var(--end) var(--cell)),repeating-linear-gradient(transparent 0 var(--end),var(--card) var(--end) var(--cell))}
.drawn img:not([hidden]){display:block;width:100%;height:100%}.sheet{width:max-content}.sheet img:not([hidden]){display:block;background:#fff;border-radius:.3rem}
.bar{display:block;position:relative;width:clamp(5rem,20vw,12rem);height:.6rem;margin:.35rem 0;border-radius:.3rem;background:var(--line)}.fill{position:absolute;inset:0 auto 0 0;border-radius:.3rem;background:var(--accent)}
.mark{position:absolute;top:-.2rem;bottom:-.2rem;width:3px;margin-left:-1px;outline:1px solid var(--card)}.swatch{display:inline-block;width:3px;height:.9em;margin-right:.4rem;vertical-align:-.1em}.chance{background:var(--c2)}.real{background:var(--c3)}
.slide{display:flex;gap:1rem;align-items:center;position:sticky;top:0;z-index:2;margin:0;padding:.4rem 0;background:var(--card);max-width:none}.slide input{flex:1;max-width:40rem}output{font-weight:600;white-space:nowrap}
input[type=range]{min-width:0}input{accent-color:var(--accent)}label{font-size:.9rem;color:var(--quiet)}#smoothing{vertical-align:middle;width:12rem}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:1rem 1.6rem}
figure{margin:0;min-width:0}.chart figcaption{display:flex;justify-content:space-between;gap:1rem}
.keys{display:flex;flex-wrap:wrap;gap:0 1rem;margin:0;font-size:.85rem;color:var(--quiet);font-variant-numeric:tabular-nums}
.at{min-width:6rem}.key b{color:var(--ink);display:inline-block;min-width:3.4rem}
.key::before{content:"";display:inline-block;width:.9rem;height:.2rem;margin-right:.35rem;vertical-align:middle;background:var(--c)}
.chart svg{display:block;width:100%;height:220px;touch-action:pan-y}.chart svg text{fill:var(--quiet);font-size:12px}
.grid{stroke:var(--line)}.axis{stroke:var(--quiet)}.cursor{stroke:var(--quiet);stroke-dasharray:3 3}
.raw,.curve{fill:none;stroke:var(--c);stroke-linejoin:round;stroke-linecap:round}.raw{opacity:.22}.curve{stroke-width:2}
.curve-1{--c:var(--c1)}.curve-2{--c:var(--c2)}.curve-3{--c:var(--c3)}.curve-4{--c:var(--c4)}
h4{margin:.8rem 0 .3rem;font-size:.95rem;font-weight:600}
.lines{display:flex;flex-wrap:wrap;gap:.8rem 1.4rem}.sounds{display:flex;flex-wrap:wrap;gap:.4rem .5rem}.sound{display:grid;grid-template:auto auto auto/1.7rem 1fr;width:174px;max-width:calc((100% - 1rem)/3)}.sound figcaption{grid-area:1/2;font-size:.85rem}
.sound i{font-style:normal}.hz,.seconds{font-size:.68rem;line-height:1;color:var(--quiet);font-variant-numeric:tabular-nums}.hz{grid-area:2/1;position:relative}.hz i{position:absolute;right:.3rem;transform:translateY(50%)}
#released .sounds{flex:1 1 20rem;max-width:23rem}#released .sound{max-width:calc((100% - .5rem)/2)}.restored img{grid-area:2/2;border-radius:.3rem;max-width:128px}.seconds{grid-area:3/2;display:flex;justify-content:space-between;padding-top:.2rem}
.sound button{grid-area:2/2;position:relative;display:block;width:100%;padding:0;border:0;border-radius:.3rem;overflow:hidden;cursor:pointer;background:#000}
.sound button:focus-visible{outline:3px solid var(--accent)}.sound img{display:block;width:100%;height:auto}
.press{position:absolute;right:.4rem;top:.4rem;width:1.7rem;height:1.7rem;border-radius:50%;background:#000a;color:#fff;font:.8rem/1.7rem system-ui;text-align:center}
.needle{position:absolute;top:0;bottom:0;left:0;width:2px;background:#fff;visibility:hidden}.playing .needle{visibility:visible}.playing .press{visibility:hidden}
table{border-collapse:collapse;font-size:.9rem}th,td{padding:.25rem .8rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tbody th{font-weight:500;white-space:nowrap}td{overflow-wrap:anywhere;min-width:4rem}.verdict td,.figures td{white-space:nowrap}tbody td:nth-child(4):last-child{min-width:16rem}.changed{background:var(--changed);padding-left:.5rem;font-weight:600}thead th{color:var(--quiet);font-weight:500}
details{margin-top:1rem}summary{cursor:pointer;color:var(--accent)}
pre{background:var(--paper);border:1px solid var(--line);border-radius:.4rem;padding:.5rem .8rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;margin:.2rem 0 .6rem}code{overflow-wrap:anywhere}.status code{white-space:nowrap;overflow-wrap:normal}
@media (max-width:40rem){.legend{grid-template-columns:1fr}.legend dd{margin-bottom:.4rem}main{padding:1rem .6rem 3rem}section{padding:.8rem}h1{font-size:1.5rem}tbody th{white-space:normal}}
@media print{nav,.slide input,#smoothing{display:none}}
`.trim();
