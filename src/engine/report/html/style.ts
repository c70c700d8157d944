import { COLOURED, palette } from '../../../contract';

/** Light tones first, which are also those of paper; the dark ones are those of the application. */
export const STYLE = `
:root{color-scheme:light dark;
--bg:#f5f7f9;--panel:#fff;--raised:#eef2f6;--well:#f1f4f7;--line:#d9e0e7;--ink:#17202a;--dim:#55626f;
${palette('light')};
--mono:ui-monospace,"JetBrains Mono","DejaVu Sans Mono",Consolas,monospace;--sans:Inter,"Segoe UI",system-ui,-apple-system,"DejaVu Sans",sans-serif}
@media screen and (prefers-color-scheme:dark){:root{
--bg:#0f1216;--panel:#151a20;--raised:#1b222a;--well:#11161b;--line:#26303a;--ink:#e8edf2;--dim:#93a1ae;
${palette('dark')}}}
*{box-sizing:border-box;margin:0}
html{-webkit-text-size-adjust:100%}
body{background:var(--bg);color:var(--ink);font:14px/1.5 var(--sans);font-variant-numeric:tabular-nums}
.banner,main,footer{max-width:1180px;margin:0 auto;padding:0 20px}
.banner{display:flex;gap:10px 28px;align-items:center;flex-wrap:wrap;padding-top:28px;padding-bottom:18px}
.brand{display:flex;align-items:center;gap:10px;font-weight:650;font-size:16px;letter-spacing:.2px}
.mark{width:30px;height:30px;padding:3px;background:#151a20;border-radius:7px;overflow:visible}
.mark .warp{stroke:#56b4e9}.mark .weft{stroke:#e69f00}
h1{font-size:22px;line-height:1.25;font-weight:650;letter-spacing:-.2px;overflow-wrap:anywhere}h1 .dim{font-weight:400}
h2{font-size:12px;font-weight:650;letter-spacing:.7px;text-transform:uppercase;color:var(--dim);white-space:nowrap}
.dim{color:var(--dim)}
.outcome{display:inline-block;padding:0 9px;border-radius:99px;border:1px solid currentColor;font-size:12px;margin-right:6px;color:var(--good-ink)}
.outcome.cancelled,.outcome.interrupted{color:var(--warn-ink)}.outcome.failed,.outcome.tasks-failed{color:var(--bad-ink)}
main{display:grid;gap:14px;grid-template-columns:minmax(0,1fr)}
.finding{border-left:4px solid var(--accent);background:var(--panel);border-radius:0 11px 11px 0;padding:14px 18px;font-size:17px;line-height:1.5;overflow-wrap:anywhere}
.notice{border-left:4px solid var(--warn);background:var(--panel);border-radius:0 11px 11px 0;padding:9px 16px;overflow-wrap:anywhere}.notice.bad{border-color:var(--bad)}
.keys{display:flex;flex-wrap:wrap;gap:1px;background:var(--line);border:1px solid var(--line);border-radius:11px;overflow:hidden}
.keys div{flex:1 1 150px;min-width:0;background:var(--panel);padding:12px 15px}.keys dt{color:var(--dim);font-size:12px}
.keys b{display:block;font:600 23px/1.3 var(--mono);letter-spacing:-.5px;overflow-wrap:anywhere}.keys b.long{font-size:15px;line-height:2;letter-spacing:0}.keys span{display:block;font-size:12px;line-height:1.4}
.card{background:var(--panel);border:1px solid var(--line);border-radius:11px;padding:15px 17px;min-width:0}
.card>header{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline;margin-bottom:11px}.card>header p{flex:1 1 300px;font-size:12.5px}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:3px 15px;font-size:12.5px;color:var(--dim)}.legend li{display:flex;align-items:center;gap:6px}
.dot{display:inline-block;flex:none;width:10px;height:10px;border-radius:2.5px;background:var(--c)}th .dot{margin-right:8px}
${COLOURED.map((name) => `.${name}{--c:var(--${name})}`).join('')}
svg{display:block;width:100%}svg path{fill:var(--c)}.mark path{fill:none}
.cores,.workers{list-style:none;padding:0}
.cores{display:grid;grid-template-columns:repeat(auto-fit,minmax(235px,1fr));gap:10px}.cores.many{grid-template-columns:repeat(auto-fill,minmax(125px,1fr));gap:8px}
.cores li{min-width:0}.cores svg{height:62px;background:var(--well);border-radius:4px}.cores.many svg{height:38px}
.cores .label{display:flex;justify-content:space-between;font:11.5px/1.7 var(--mono);color:var(--dim)}.cores b{color:var(--ink);font-weight:600}
.workers li{display:grid;grid-template-columns:133px minmax(0,1fr);align-items:center;gap:8px;margin-bottom:3px}
.workers .label{font:11.5px/1.2 var(--mono);color:var(--dim);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.workers svg{height:15px;border-radius:3px;background:color-mix(in srgb,var(--c) 13%,transparent)}.workers .odd{opacity:.68}.workers .cancelled{fill:var(--dim)}.workers .failed{fill:var(--bad)}
.axis{display:flex;justify-content:space-between;font:11px/1.9 var(--mono);color:var(--dim);margin-left:141px}.axis.inset{margin-left:74px}
.plot{display:grid;grid-template-columns:66px minmax(0,1fr);gap:8px}.plot svg{height:170px;overflow:visible}.plot.tall svg{height:340px}.legend svg.key{width:26px;height:8px}
.scale{display:flex;flex-direction:column;justify-content:space-between;text-align:right;font:11px/1 var(--mono);color:var(--dim)}
.line{stroke:var(--c);stroke-width:2.2;stroke-linejoin:round;vector-effect:non-scaling-stroke}svg path.second{fill:none;stroke:var(--ink);stroke-width:1.2;vector-effect:non-scaling-stroke}svg path.line,svg path.grid,svg path.resize,svg path.whisker,svg path.ceiling{fill:none}
.grid{stroke:var(--line);vector-effect:non-scaling-stroke}.resize{stroke:var(--c);stroke-dasharray:4 4;vector-effect:non-scaling-stroke;opacity:.8}
.stack{display:flex;height:14px;border-radius:3px;overflow:hidden}.stack i{flex:0 1 0;min-width:0}.legend .part{width:15px;height:10px;border-radius:2px;flex:none;--c:var(--plain)}
.computeMs{background:var(--c)}.firstTaskMs{background:color-mix(in srgb,var(--c) 62%,var(--panel))}.spawnMs{background:repeating-linear-gradient(45deg,var(--c) 0 2px,transparent 2px 5px)}.teardownMs{background:repeating-linear-gradient(-45deg,var(--c) 0 2px,transparent 2px 5px)}.serializeMs{background:var(--ink)}.transferMs{background:repeating-linear-gradient(90deg,var(--c) 0 1px,var(--well) 1px 4px)}.waitingMs{background:color-mix(in srgb,var(--c) 18%,var(--panel))}.faint{opacity:.3}
.ran{display:grid;grid-template-columns:repeat(auto-fit,minmax(120px,1fr));gap:12px 20px}.ran h3{font-size:12.5px;font-weight:500;margin:0 0 6px;white-space:nowrap}.ran h3 .dot{margin-right:6px}.ran ul{list-style:none;margin:0;padding:0;display:grid;gap:3px}.ran li{display:grid;grid-template-columns:18px minmax(0,1fr) 36px;gap:4px;align-items:center;font:11px/1 var(--mono)}.ran svg{height:34px;background:var(--well);border-radius:3px}.ran li .label{color:var(--dim);font-size:11px}.ran li b{font-weight:400;text-align:right}.ran.many li{grid-template-columns:minmax(0,1fr)}.ran.many svg{height:9px}.ran.many .label,.ran.many b{display:none}
.law{stroke-width:1.6;opacity:.75}.misfit{stroke-dasharray:1 4;stroke-linecap:round}.ceiling{stroke:var(--dim);stroke-dasharray:7 5;vector-effect:non-scaling-stroke}.point{stroke:var(--c);stroke-width:7;stroke-linecap:round;vector-effect:non-scaling-stroke}
.whisker{stroke:var(--c);stroke-width:1.6;vector-effect:non-scaling-stroke}
.scroll{overflow-x:auto}.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:4px}
table{border-collapse:collapse;width:100%}
th,td{padding:5px 14px 5px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-size:13px}tbody tr:last-child>*{border-bottom:0}
th{font-weight:400;color:var(--dim)}thead th{font-size:12px}tbody td{font-family:var(--mono);font-size:12.5px;overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap}.latency td:nth-child(2){min-width:190px;width:44%;vertical-align:middle}.latency+.latency,.scroll+.scroll{margin-top:14px}caption{text-align:left;font-weight:600;padding-bottom:3px}.scale-ends span+span{float:right}.latency th[scope=row]{width:17em;padding-left:18px;text-indent:-18px}.latency svg{height:16px}
.compare th[scope=row]{min-width:9em}.compare tbody td{min-width:5.5em;overflow-wrap:break-word}.compare thead th{color:var(--ink);font-weight:600}
.facts th{width:38%;min-width:8em}
.pair{columns:2 430px;column-gap:14px}.pair .card{break-inside:avoid;margin-bottom:14px}.wide table{min-width:820px}.wide th,.wide td{overflow-wrap:break-word}.compare.wide th[scope=row]{min-width:0}.axis.placed{display:block;position:relative;height:21px}.axis.placed span{position:absolute;transform:translateX(-50%);white-space:nowrap}.axis.placed span:last-child{transform:translateX(-100%)}
details{overflow:hidden}summary{cursor:pointer}summary h2{display:inline}details>p{margin:8px 0;font-size:12.5px}
footer{padding-top:22px;padding-bottom:34px;font-size:12px;color:var(--dim);overflow-wrap:anywhere}
.workers.many li{margin-bottom:1px}.workers.many .label{font-size:9.5px;line-height:1}.workers.many svg{height:9px}
@media (max-width:560px){.banner,main,footer{padding-left:12px;padding-right:12px}.card{padding:13px}.finding{font-size:15.5px}h1{font-size:19px}
.cores,.cores.many{grid-template-columns:repeat(2,minmax(0,1fr))}.cores svg{height:46px}.keys div{flex-basis:40%}.keys b{font-size:19px}
.plot.tall svg{height:240px}.axis span:nth-child(even):not(:last-child){display:none}.plot{grid-template-columns:54px minmax(0,1fr)}.axis.inset{margin-left:62px}.workers li{grid-template-columns:70px minmax(0,1fr)}.workers .label{font-size:10.5px}.axis{margin-left:78px}.latency th[scope=row]{width:auto}.latency td:nth-child(2){min-width:110px}}
@media print{@page{margin:14mm}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}body{background:#fff;font-size:11px}.banner,main,footer{max-width:none;padding-left:0;padding-right:0}
.card{break-inside:avoid-page;padding:10px 12px}.card:has(details),.card:has(.workers li:nth-child(40)){break-inside:auto}tr,.cores li,.workers li{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}.cores svg{height:42px}.workers svg{height:10px}.plot svg{height:120px}.plot.tall svg{height:220px}.scroll{overflow:visible}.wide table{min-width:0}}
`;
