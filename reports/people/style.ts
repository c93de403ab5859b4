/** The sheet's style: one column, large enough to be used with a finger, light and dark. */
export const sheetStyle = `
:root{--ink:#1c1e21;--ground:#fff;--line:#d5d8dc;--soft:#5c6570;--accent:#0b5cad}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8e6;--ground:#141618;--line:#3a3f45;--soft:#a2a9b0;--accent:#7db8f0}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:44rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.5rem}h2{font-size:1.25rem;margin:.5rem 0}h3{font-size:1.05rem;margin:2rem 0 .5rem}
[hidden]{display:none}
label{display:block;margin:.9rem 0}
#who input{display:block;width:100%;max-width:24rem;padding:.45rem .6rem;font:inherit;border:1px solid var(--line);border-radius:.3rem;background:transparent;color:inherit}
video{width:100%;aspect-ratio:16/9;background:#000;display:block}
.scale span{display:flex;gap:.75rem;align-items:center}
.scale input{flex:1;accent-color:var(--accent);min-height:1.75rem}
output{min-width:2.5rem;text-align:right;font-variant-numeric:tabular-nums;color:var(--soft)}
.scale:not(.said) input{opacity:.5}
.said output{color:var(--ink)}
.place input{width:5rem;font:inherit;padding:.2rem .4rem;border:1px solid var(--line);border-radius:.3rem;background:transparent;color:inherit}
.place input:invalid{outline:2px solid #c0392b}
fieldset{border:0;margin:1.5rem 0 0;padding:0}
fieldset label{margin:.3rem 0}
legend{padding:0;font-weight:600}
#progress{color:var(--soft)}
nav{display:flex;gap:.75rem;flex-wrap:wrap;margin-top:2rem}
button{font:inherit;padding:.5rem 1.1rem;border:1px solid var(--accent);border-radius:.3rem;background:transparent;color:var(--accent);cursor:pointer}
button:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
#next,#who button{background:var(--accent);color:var(--ground)}
button:disabled{opacity:.4;cursor:default}
`;
