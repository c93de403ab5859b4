import { colourStyle } from './colours.ts';

const ground = `
:root{color-scheme:light dark;--ground:#fff;--soft:#f5f6f8;--ink:#1a1c20;--muted:#5d646e;--rule:#dadde2;--alert:#a8261c;--link:#0b57a4}
@media (prefers-color-scheme: dark){:root{--ground:#131519;--soft:#1d2026;--ink:#e7e9ec;--muted:#9ba3ae;--rule:#343a43;--alert:#ff9285;--link:#8cc2ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
.page{max-width:76rem;margin:0 auto;padding:2.5rem clamp(1rem,4vw,2.5rem) 5rem}
h1,h2,h3,h4{line-height:1.25;margin:0;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:1.9rem;letter-spacing:-.01em}
h2{font-size:1.3rem}
h3{font-size:1rem}
p{margin:0;max-width:46rem;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
section{margin-top:3.25rem}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre{margin:.4rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}
.muted,.caption,.facts,.notes{color:var(--muted)}
.caption{margin:.3rem 0 .9rem}
.small,.notes,.facts{font-size:.86rem}
.alert{color:var(--alert)}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.named{display:inline-flex;align-items:baseline;min-width:0}
.swatch{flex:none;width:.68em;height:.68em;margin-right:.5em;background:var(--c)}
.swatch.m-round{border-radius:50%}
summary{cursor:pointer}
summary:focus-visible,a:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
`;

const head = `
.demo{font-size:1.2rem;font-weight:650;color:var(--alert);margin:0 0 .2rem;line-height:1.3}
.demo+p{margin-bottom:1.75rem}
.head .about{margin-top:.5rem}
.head .facts{margin-top:.75rem;max-width:none}
.facts>span{display:inline-block;max-width:100%}
.facts>span:not(:last-child)::after{content:"·";margin:0 .5em}
.remarks{margin:1.5rem 0 0;padding:0;list-style:none;max-width:46rem}
.remarks li{padding-left:1.3em;text-indent:-1.3em;overflow-wrap:anywhere}
.remarks li+li{margin-top:.3rem}
.remarks li::before{content:"△";display:inline-block;width:1.3em;text-indent:0;color:var(--alert)}
.toc{display:none}
@media (min-width:94rem){
.page{margin-left:max(15rem,calc((100vw - 76rem)/2))}
.toc{display:block;position:fixed;top:2.8rem;left:max(1.5rem,calc((100vw - 76rem)/2 - 13.5rem));width:12rem;max-height:calc(100vh - 5rem);overflow-y:auto;font-size:.86rem;line-height:1.35}
.toc ul{list-style:none;margin:0;padding:0}
.toc li{margin:.4rem 0;overflow-wrap:anywhere}
.toc a{color:var(--muted);text-decoration:none}
.toc a:hover{color:var(--link);text-decoration:underline}
.toc .sub{margin:.4rem 0 .8rem;padding-left:.8rem}
}
`;

const tables = `
.scroll{position:relative;overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-size:.94rem}
th,td{padding:.42rem 1.5rem .42rem 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--rule)}
th:last-child,td:last-child{padding-right:.8rem}
thead th{font-weight:500;font-size:.86rem;color:var(--muted);vertical-align:bottom;line-height:1.3;border-bottom-color:var(--muted)}
thead th[title]{text-decoration:underline dotted var(--muted);text-underline-offset:.25em;cursor:help}
tbody th{font-weight:500}
.right{text-align:right}
td.right{white-space:nowrap}
.n{color:var(--muted);font-size:.8rem}
td .n{display:block;line-height:1.2}
td.right{position:relative}
td.right sup{position:absolute;margin-left:.15em;line-height:1.2}
sup{font-size:.72em;line-height:0;color:var(--muted)}
.notes{margin-top:.7rem}
.notes p+p{margin-top:.15rem}
dl.columns{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.5rem 0 0;max-width:50rem}
dl.columns dd{margin:0;overflow-wrap:anywhere}
.bar{display:block;width:5.5rem;height:4px;margin:.3rem 0 0 auto}
.bar .all{fill:var(--rule)}
.bar .part{fill:var(--c)}
.status{white-space:nowrap}
.s-method_failed,.s-refused,.s-infra_error,.s-judge_error{color:var(--alert)}
.s-planned,.s-skipped{color:var(--muted)}
details.more{margin-top:1rem}
details.more>summary{color:var(--muted);font-size:.92rem}
details.more>.scroll{margin-top:.6rem}
.group td,.group th{padding-top:1rem}
`;

const topics = `
.topic>p{margin-top:.2rem}
.videos{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:2rem 1.6rem;margin-top:1.1rem}
.cell{min-width:0}
.cell+.cell{margin-top:1.6rem}
.cell h3{display:flex;align-items:baseline;padding-top:.55rem;border-top:3px solid var(--c);margin-bottom:.55rem}
.cell video,.novideo{display:block;width:100%;aspect-ratio:16/9;background:#000}
.novideo{display:grid;place-content:center;background:var(--soft);color:var(--muted);font-size:.92rem}
.cell .facts{margin-top:.5rem}
.cell .cause{font-size:.92rem;margin-top:.4rem}
.cell details{margin-top:.4rem;font-size:.86rem}
.cell details>summary{color:var(--muted)}
.cell ul,.cell ol{margin:.4rem 0 0;padding-left:1.3rem}
.cell li{overflow-wrap:anywhere}
.cell li+li{margin-top:.25rem}
.quiz{margin-top:2.2rem}
.quiz .scroll{margin-top:.6rem}
.legend{max-width:none;margin:1.5rem 0 .3rem;font-size:.86rem;color:var(--muted)}
.question{border-bottom:1px solid var(--rule)}
.question>summary{display:grid;grid-template-columns:1.1rem 1fr auto;gap:0 .4rem;padding:.5rem 0;list-style:none}
.question>summary::-webkit-details-marker{display:none}
.question>summary::before{content:"▸";color:var(--muted)}
.question[open]>summary::before{content:"▾"}
.question>summary:hover .stem{text-decoration:underline;text-underline-offset:.2em;text-decoration-color:var(--rule)}
.stem{overflow-wrap:anywhere;min-width:0}
.marks{display:flex;padding-left:1rem}
.legend span{white-space:nowrap;margin-left:1em}
.mark{width:1.6em;text-align:center;color:var(--c)}
.mark.is-right{font-weight:700}
.opened{padding:.1rem 0 1.4rem 1.5rem}
.options{margin:0 0 1rem;padding-left:1.6rem;max-width:46rem}
.options li{padding-left:.2rem;overflow-wrap:anywhere}
.options .key{font-weight:650}
.key small{font-weight:400;color:var(--muted);margin-left:.6em;white-space:nowrap}
td.reply{min-width:8rem;max-width:30rem}
td.reply>details>summary{color:var(--muted)}
`;

const narrow = `
@media (max-width:40rem){
.page{padding-top:1.5rem}
h1{font-size:1.5rem}
section{margin-top:2.5rem}
th,td{padding-right:1.1rem}
tbody th{position:sticky;left:0;z-index:1;min-width:7.5rem;background:var(--ground)}
.question>summary{grid-template-columns:1.1rem 1fr}
.marks{grid-column:2;padding-left:0;margin-left:-.4em}
.opened{padding-left:0}
.opened tbody th{min-width:0}
.opened td.reply{min-width:6rem}
.opened th,.opened td{padding-right:.8rem}
dl.columns{grid-template-columns:1fr;gap:0}
dl.columns dd{margin-bottom:.5rem}
}
@media print{
:root{color-scheme:light;--ground:#fff;--soft:#f3f3f3;--ink:#000;--muted:#444;--rule:#bbb;--alert:#8c1a12;--link:#000}
body{font-size:10pt}
.page{max-width:none;padding:0}
.toc{display:none}
section{margin-top:1.6rem}
tr,.cell,.question,h2,h3{break-inside:avoid}
h2,h3,.caption{break-after:avoid}
.scroll{overflow:visible}
.videos{grid-template-columns:repeat(3,1fr);gap:1rem}
}
`;

/** The one style sheet of a report: light and dark, wide, narrow and printed. */
export const style = [ground, head, tables, topics, narrow, colourStyle].join('').trim();
