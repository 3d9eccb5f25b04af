/** The report's style: light or dark as the reader's system has it. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1d2330;--soft:#5c6575;--paper:#fff;--card:#f5f7fa;--line:#dde2ea;--accent:#2457c5;--warm:#c2541b;--good:#1a7f4b;--bad:#b3261e;--third:#0b8a8a}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa4b5;--paper:#14171d;--card:#1d222b;--line:#323a47;--accent:#7fa8ff;--warm:#f0935c;--good:#5cc98f;--bad:#ff8a80;--third:#4cc4c4}}
*{box-sizing:border-box}html{scroll-padding-top:3.5rem}
body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:84rem;margin:0 auto;padding:0 1.5rem 4rem}header{max-width:84rem;margin:0 auto;padding:2.2rem 1.5rem .6rem}
h1{font-size:2rem;line-height:1.2;margin:0}h2{font-size:1.35rem;margin:0 0 .3rem}h3{font-size:1rem;margin:1.1rem 0 .4rem}
header>p{margin:.3rem 0 0}header>p:not(.verdict){color:var(--soft)}small{color:var(--soft);font-size:.8em}.none{color:var(--soft)}.lead{color:var(--soft);max-width:62rem;margin:.2rem 0 1rem}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line)}
nav div{max-width:84rem;margin:0 auto;padding:.55rem 1.5rem;display:flex;gap:1.1rem;overflow-x:auto;white-space:nowrap;font-size:.92rem}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
section{padding:1.8rem 0 .4rem}section+section{border-top:1px solid var(--line)}
.verdict{color:var(--ink);font-size:1.08rem;max-width:62rem;padding-left:.8rem;border-left:.25rem solid var(--soft);margin:.9rem 0 0}.verdict.good{border-color:var(--good)}.verdict.fair{border-color:var(--warm)}.verdict.bad{border-color:var(--bad)}
header p.scale{font-size:.85rem;max-width:62rem;margin-top:.8rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr));gap:1rem;margin:1.4rem 0 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.9rem 1.1rem;display:flex;flex-direction:column}
.tile h3{margin:0;font-weight:500;color:var(--soft)}.tile b{font-size:2.1rem;line-height:1.25}.tile span{font-size:.85rem;color:var(--soft)}
.scroll{overflow:auto;margin:0 0 .6rem;max-width:100%}.scroll.tall,.matrices .scroll{max-height:85vh}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.4rem .9rem .4rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}th{font-weight:500}thead th{color:var(--soft);font-size:.85rem;white-space:nowrap}
.remark{display:block;white-space:normal;max-width:17rem}td,th[scope=row]{white-space:nowrap}.above{color:var(--good)}.below{color:var(--bad)}
.bar line{stroke-width:1}.bar .axis{stroke:var(--line)}.bar .interval{stroke:var(--accent);stroke-width:3;opacity:.55}.bar .paper{stroke:var(--warm);stroke-width:2}.bar .chance{stroke:var(--soft);opacity:.5;stroke-dasharray:2 2}.bar circle{fill:var(--accent)}
.audit{list-style:none;margin:0;padding:0;max-width:70rem}.audit li{display:flex;gap:.7rem;padding:.28rem 0}.audit b{font-weight:600;margin-right:.35rem}
.mark{flex:none;width:1.35rem;height:1.35rem;border-radius:50%;display:grid;place-items:center;font-size:.8rem;font-weight:700;color:var(--paper);background:var(--soft);margin-top:.1rem}
.fine .mark{background:var(--good)}.warning .mark{background:var(--bad)}.warning{color:var(--bad)}
details{margin:.5rem 0}summary{cursor:pointer;font-weight:500;padding:.2rem 0}figure{margin:0}figcaption{font-weight:500;margin:.4rem 0}
.matrices,.charts{display:flex;flex-wrap:wrap;gap:1.6rem}.charts figure{flex:1 1 24rem;max-width:34rem}
.matrices figure{max-width:100%;min-width:0}.mistakes{font-size:.85rem;color:var(--soft);margin:.2rem 0 0;max-width:34rem}
.confusion th,.confusion td{padding:0;border:0;font-size:.78rem;vertical-align:middle}.confusion thead th{vertical-align:bottom;position:sticky;top:0;z-index:1;background:var(--paper)}.confusion th[scope=row]{padding-right:.5rem;text-align:right;white-space:nowrap;position:sticky;left:0;background:var(--paper)}
.confusion th[scope=row] span{display:block;max-width:min(14rem,35vw);overflow:hidden;text-overflow:ellipsis}.confusion td{min-width:1.7rem;height:1.7rem;border:1px solid var(--paper);background:var(--card)}
.confusion td:last-child{padding-left:.7rem;line-height:1.7rem;background:none}.turned{writing-mode:vertical-rl;transform:rotate(180deg);width:1.7rem;display:block;line-height:1.7rem;max-height:14rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.heat{display:block;width:100%;height:1.7rem;line-height:1.7rem;text-align:center;background:color-mix(in srgb,var(--accent) calc(var(--share)*.75),var(--card))}
.chart svg{width:100%;height:auto;font-size:11px;fill:var(--soft)}.grid{stroke:var(--line)}.chart polyline{fill:none;stroke-width:2}
polyline.line0{stroke:var(--accent)}polyline.line1{stroke:var(--warm)}polyline.line2{stroke:var(--third);stroke-dasharray:5 3}circle.line0{fill:var(--accent)}circle.line1{fill:var(--warm)}circle.line2{fill:var(--third)}
.legend{display:flex;flex-wrap:wrap;gap:1rem;font-size:.85rem;color:var(--soft)}.legend i{display:inline-block;width:1.1rem;height:.2rem;margin-right:.4rem;vertical-align:middle}i.line0{background:var(--accent)}i.line1{background:var(--warm)}i.line2{background:var(--third)}
.inner summary{font-weight:400;font-size:.85rem;color:var(--soft)}.inner table{font-size:.8rem}
.samples th,.samples td{padding:.15rem;border:0;text-align:center;vertical-align:middle}.samples thead td,.samples thead th{position:sticky;top:0;z-index:1;background:var(--paper);vertical-align:bottom}.samples thead th{white-space:normal;overflow-wrap:anywhere;line-height:1.2;max-width:80px;font-size:.8rem}
.samples th[scope=row]{white-space:normal;text-align:right;padding-right:.7rem;min-width:6rem;max-width:9rem;position:sticky;left:0;z-index:1;background:var(--paper);font-size:.85rem;line-height:1.25}.samples th small{display:block;font-weight:400}.samples thead td:first-child{left:0;z-index:2}
.samples img{display:block;border-radius:.3rem;width:76px;height:76px;max-width:none}.samples .gap td{text-align:left;padding:.8rem 0 .2rem;font-size:.85rem;color:var(--soft)}.gap span{position:sticky;left:0}
.play{border:2px solid transparent;border-radius:.45rem;padding:0;background:none;cursor:pointer;display:block}.play:hover,.play:focus-visible{border-color:var(--accent)}.play.playing{border-color:var(--warm)}
pre{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem;overflow-x:auto;font-size:.85rem}code{font-size:.9em}
@media print{nav{display:none}}`;

/** Plays a sound of the bank at a click on its spectrogram. */
export const SCRIPT = `const sounds=JSON.parse(document.getElementById('sounds').textContent);
document.addEventListener('click',event=>{const button=event.target.closest('.play');if(!button)return;
const audio=new Audio(sounds[button.dataset.sound]);button.classList.add('playing');audio.onended=()=>button.classList.remove('playing');audio.play();});`;
