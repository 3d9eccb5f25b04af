/** The colours of a page, light or dark to match the reader's system. */
export const THEME = `
:root{color-scheme:light dark;--ink:#1d2330;--soft:#5c6575;--paper:#fff;--card:#f5f7fa;--line:#dde2ea;--accent:#2457c5;--warm:#c2541b;--good:#1a7f4b;--bad:#b3261e;--third:#0b8a8a}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa4b5;--paper:#14171d;--card:#1d222b;--line:#323a47;--accent:#7fa8ff;--warm:#f0935c;--good:#5cc98f;--bad:#ff8a80;--third:#4cc4c4}}`;
