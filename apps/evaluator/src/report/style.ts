import { CONFUSION_MATRIX_STYLE, INTERVAL_BAR_STYLE, LINE_CHART_STYLE, SAMPLE_GRID_STYLE, THEME } from '@cmcgan/pages';

/** The report's style, light or dark to match the reader's system. */
export const STYLE = `${THEME}
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
.audit{list-style:none;margin:0;padding:0;max-width:70rem}.audit li{display:flex;gap:.7rem;padding:.28rem 0}.audit b{font-weight:600;margin-right:.35rem}
.mark{flex:none;width:1.35rem;height:1.35rem;border-radius:50%;display:grid;place-items:center;font-size:.8rem;font-weight:700;color:var(--paper);background:var(--soft);margin-top:.1rem}
.fine .mark{background:var(--good)}.warning .mark{background:var(--bad)}.warning{color:var(--bad)}
details{margin:.5rem 0}summary{cursor:pointer;font-weight:500;padding:.2rem 0}figure{margin:0}figcaption{font-weight:500;margin:.4rem 0}
.matrices,.charts{display:flex;flex-wrap:wrap;gap:1.6rem}.charts figure{flex:1 1 24rem;max-width:34rem}
.matrices figure{max-width:100%;min-width:0}.mistakes{font-size:.85rem;color:var(--soft);margin:.2rem 0 0;max-width:34rem}
.inner summary{font-weight:400;font-size:.85rem;color:var(--soft)}.inner table{font-size:.8rem}
pre{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem;overflow-x:auto;font-size:.85rem}code{font-size:.9em}
@media print{nav{display:none}}${SAMPLE_GRID_STYLE}${LINE_CHART_STYLE}${INTERVAL_BAR_STYLE}${CONFUSION_MATRIX_STYLE}`;
