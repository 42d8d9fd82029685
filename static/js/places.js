// Leads from a finding to the words it is about: selects them in their entry and scrolls there.
// quote: the words themselves, in case the text has changed since the page came.
const select = (entry, words, quote = "") => {
  const box = entry?.querySelector("textarea");
  if (!box || !words) return false;
  const [from, to] = words.split("-").map(Number);
  // Places are counted in characters as the stored text has them; the box counts pairs for some.
  const units = (count) => [...box.value].slice(0, count).join("").length;
  let [start, end] = [units(from), units(to)];
  if (quote && box.value.slice(start, end) !== quote) {
    start = Math.max(0, box.value.indexOf(quote));
    end = box.value.includes(quote) ? start + quote.length : 0;
  }
  box.focus();
  box.setSelectionRange(start, end);
  entry.scrollIntoView({ block: "center" });
  return true;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-words]");
  if (!link) return;
  const { entry, words, quote } = link.dataset;
  if (select(document.getElementById(entry), words, quote)) {
    event.preventDefault();
  }
});

// After load, since the browser scrolls to the fragment itself until then.
window.addEventListener("load", () => {
  const words = new URLSearchParams(location.search).get("words");
  requestAnimationFrame(() => select(document.getElementById(location.hash.slice(1)), words));
});
