// How the chat looks: in the console's colours, and in a shadow tree, so that no page's style gets in.

export const STYLE = `
:host {
  all: initial;
  color-scheme: light dark;
  --sheet: #fffdf8; --tray: #f3eee4; --line: #e3dac9; --edge: #857b69;
  --ink: #24211c; --ink-2: #5c5548;
  --green: #0d6358; --green-2: #0a4f46; --on-green: #fff; --green-soft: #dcece5;
  --clay: #9c3d18; --clay-soft: #fae5d8; --amber: #6f4a00; --amber-soft: #faecc8;
  --shadow: 0 12px 44px rgb(60 45 20 / 24%);
  font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :host {
    --sheet: #1f1c18; --tray: #161412; --line: #38322a; --edge: #8d8371;
    --ink: #f0eae0; --ink-2: #b9b0a0;
    --green: #7fcfbb; --green-2: #9bddcc; --on-green: #0d2621; --green-soft: #1d3a34;
    --clay: #f0a27c; --clay-soft: #45281b; --amber: #e6bd66; --amber-soft: #3d301a;
    --shadow: 0 12px 44px rgb(0 0 0 / 60%);
  }
}
@media print { :host { display: none; } }
*, *::before, *::after { box-sizing: border-box; }
button, input, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--green); outline-offset: 2px; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
svg { display: block; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }

.launcher {
  position: fixed; z-index: 2147483000; right: max(20px, env(safe-area-inset-right)); bottom: max(20px, env(safe-area-inset-bottom));
  display: flex; align-items: center; gap: 10px; min-height: 56px; padding: 0 22px 0 18px;
  border: 1px solid transparent; border-radius: 28px; background: var(--green); color: var(--on-green);
  font-weight: 600; box-shadow: var(--shadow);
}
.launcher:hover { background: var(--green-2); }
.launcher:focus-visible { outline-color: var(--ink); outline-offset: 3px; box-shadow: 0 0 0 3px var(--sheet); }
.badge {
  min-width: 24px; padding: 0 7px; border-radius: 12px; background: var(--clay-soft); color: var(--clay);
  font-size: 14px; line-height: 24px; text-align: center;
}

dialog {
  position: fixed; z-index: 2147483000; inset: auto max(20px, env(safe-area-inset-right)) max(20px, env(safe-area-inset-bottom)) auto;
  width: 384px; height: min(620px, calc(100dvh - 40px)); max-width: none; max-height: none; margin: 0; padding: 0;
  flex-direction: column; overflow: hidden; border: 1px solid var(--line); border-radius: 18px;
  background: var(--sheet); color: var(--ink); box-shadow: var(--shadow); overflow-wrap: anywhere;
}
dialog[open] { display: flex; }
dialog::backdrop { background: none; }
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: rise 180ms ease-out; }
  .item.fresh { animation: rise 160ms ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(10px); } }
}
@media (max-width: 520px), (max-height: 480px) {
  dialog { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; }
}

header { display: flex; align-items: center; gap: 12px; padding: 12px 10px 12px 18px; border-bottom: 1px solid var(--line); }
header div { flex: 1; min-width: 0; }
h2 { margin: 0; font-size: 17px; line-height: 1.3; font-weight: 650; }
.state { display: flex; align-items: center; gap: 7px; margin: 1px 0 0; font-size: 14px; color: var(--ink-2); }
.state::before { content: ""; width: 9px; height: 9px; border: 2px solid var(--edge); border-radius: 50%; }
.state.here::before { border-color: var(--green); background: var(--green); }
.state.busy::before { display: none; }
.icon { display: grid; place-items: center; flex: none; width: 44px; height: 44px; border: 0; border-radius: 50%; background: none; }
.icon:hover { background: var(--tray); }

.log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px; background: var(--tray); }
.log:focus-visible { outline-offset: -3px; }
.note { margin: 0 0 14px; padding: 10px 14px; border-radius: 12px; background: var(--sheet); border: 1px solid var(--line); font-size: 15px; color: var(--ink-2); }
.note.away { background: var(--amber-soft); border-color: transparent; color: var(--amber); }
.item { display: flex; flex-direction: column; align-items: flex-start; margin: 0 0 12px; }
.item.mine { align-items: flex-end; }
.bubble { max-width: 86%; margin: 0; padding: 9px 13px; border-radius: 16px 16px 16px 5px; background: var(--sheet); border: 1px solid var(--line); white-space: pre-wrap; }
.mine .bubble { border-radius: 16px 16px 5px; background: var(--green-soft); border-color: transparent; }
.meta { display: flex; align-items: center; gap: 6px; margin: 3px 4px 0; font-size: 13px; color: var(--ink-2); }
.failed .bubble { border: 1px dashed var(--clay); }
.failed .meta { color: var(--clay); }
.options { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
.option, .plain { min-height: 44px; padding: 8px 16px; border: 1px solid var(--green); border-radius: 22px; background: var(--sheet); color: var(--green); font-weight: 600; }
.option:hover, .plain:hover { background: var(--green-soft); }
.meta .plain { padding: 4px 12px; border-color: var(--clay); color: var(--clay); font-size: 14px; }

.trouble { margin: 0; padding: 8px 18px; background: var(--clay-soft); color: var(--clay); font-size: 14px; }
.closed { padding: 16px 18px; border-top: 1px solid var(--line); }
.closed p { margin: 0 0 10px; white-space: pre-wrap; }
.closed a { display: inline-flex; align-items: center; min-height: 44px; padding: 0 20px; border-radius: 22px; background: var(--green); color: var(--on-green); font-weight: 600; text-decoration: none; }
form { padding: 12px 14px 10px; border-top: 1px solid var(--line); }
input, textarea { width: 100%; border: 1px solid var(--edge); border-radius: 14px; background: var(--sheet); padding: 10px 14px; min-height: 46px; }
input { margin-bottom: 8px; }
textarea { display: block; flex: 1; max-height: 140px; resize: none; line-height: 1.45; }
input:focus-visible, textarea:focus-visible { outline-offset: -1px; }
::placeholder { color: var(--ink-2); opacity: 1; }
.row { display: flex; align-items: flex-end; gap: 8px; }
.send { display: grid; place-items: center; flex: none; width: 46px; height: 46px; border: 1px solid transparent; border-radius: 50%; background: var(--green); color: var(--on-green); }
.send:hover { background: var(--green-2); }
footer { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; padding: 0 14px 6px; font-size: 13px; }
footer > button, footer > a { min-height: 44px; display: inline-flex; align-items: center; padding: 0 6px; border: 0; background: none; color: var(--ink-2); text-decoration: underline; text-underline-offset: 3px; }
footer p { flex-basis: 100%; margin: 4px 6px 8px; font-size: 14px; }
.sure { flex-basis: 100%; display: flex; flex-wrap: wrap; gap: 8px; padding-bottom: 8px; }
.sure .danger { border-color: var(--clay); color: var(--clay); }
@media (forced-colors: active) {
  .launcher, .send, .option, .bubble, .badge { border: 1px solid ButtonText; }
}
`;
