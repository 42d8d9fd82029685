// The parts of the page that go by what is saved: findings, steps, counters. Newest answer wins,
// and a part in which the focus stands waits until it has left.
let latest = 0;
let asked = 0;
const waiting = new Map();

export const nextTurn = () => ++asked;

const put = (region, html) => {
  if (region.contains(document.activeElement)) {
    waiting.set(region, html);
    return;
  }
  waiting.delete(region);
  region.innerHTML = html;
};

document.addEventListener("focusout", () => {
  setTimeout(() => waiting.forEach((html, region) => put(region, html)));
});

// Show what a saving that was asked for at a turn brought.
export const showSurroundings = (turn, { findings, steps }) => {
  if (turn < latest) return;
  latest = turn;
  put(document.getElementById("findings"), findings);
  put(document.getElementById("steps"), steps);
  document.dispatchEvent(new CustomEvent("entry:saved"));
};
