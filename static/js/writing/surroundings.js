// The parts of the page that depend on saved texts: findings and steps. The newest answer wins; a
// part that has the focus is updated when it loses it.
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

// Show the parts from the answer to the save with the number `turn`.
export const showSurroundings = (turn, { findings, steps }) => {
  if (turn < latest) return;
  latest = turn;
  put(document.getElementById("findings"), findings);
  put(document.getElementById("steps"), steps);
  document.dispatchEvent(new CustomEvent("entry:saved"));
};
