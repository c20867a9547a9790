// The style sheet of the HTML report, light by default and dark by the reader's setting. Eight series colours that stay
// apart for colour-blind readers (Okabe & Ito, 2008), lightened on dark ground.

export const REPORT_STYLE = `
:root{--ground:#fff;--ink:#1b1f24;--soft:#59636e;--rule:#d9dee4;
--c0:#0072b2;--c1:#d55e00;--c2:#009e73;--c3:#b0578d;--c4:#b27d00;--c5:#3a9bd4;--c6:#5b6470;--c7:#7a4fd0}
@media (prefers-color-scheme:dark){:root{--ground:#0f1317;--ink:#e6eaef;--soft:#9aa5b1;--rule:#2b333c;
--c0:#4aa8e0;--c1:#f08a4b;--c2:#3cc79a;--c3:#e08fbe;--c4:#e6b422;--c5:#8cc9ee;--c6:#b3bcc7;--c7:#b59af5}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:880px;margin:0 auto;padding:32px 16px 64px}
h1{font-size:28px;margin:0 0 8px}h2{font-size:20px;margin:40px 0 8px}
.lead{font-size:18px}p,summary,li{max-width:70ch}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px;width:100%}
th,td{padding:6px 10px;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap}
th:first-child{text-align:left}thead th{color:var(--soft);font-weight:500}tbody th{font-weight:600}
figure{margin:16px 0}figcaption{color:var(--soft);font-size:14px}
svg{width:100%;height:auto;display:block}
.grid{stroke:var(--rule);fill:none}.reference{stroke:var(--soft);stroke-dasharray:5 5;fill:none}
.tick,.axis{fill:var(--soft);font-size:12px}
.line{fill:none;stroke-width:2;stroke-linejoin:round}.bar{fill:none;stroke-width:2}
.dashed.line{stroke-dasharray:6 4}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;margin:8px 0;padding:0;font-size:14px}
.legend li::before{content:'';display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;background:var(--c)}
${Array.from({ length: 8 }, (_, i) => `.s${i}{--c:var(--c${i})}`).join('')}
svg .line,svg .bar{stroke:var(--c)}svg circle{fill:var(--c)}
`;
