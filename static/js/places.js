// Leads from a finding to the words it means: selected in their entry, and in sight.
const select = (entry, words) => {
  const box = entry?.querySelector("textarea");
  if (!box || !words) return false;
  const [from, to] = words.split("-").map(Number);
  // Places are counted in characters as the stored text has them; the box counts pairs for some.
  const units = (count) => [...box.value].slice(0, count).join("").length;
  box.focus();
  box.setSelectionRange(units(from), units(to));
  entry.scrollIntoView({ block: "center" });
  return true;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-words]");
  if (link && select(document.getElementById(link.dataset.entry), link.dataset.words)) {
    event.preventDefault();
  }
});

// Only once the page has come is the browser done with going to the fragment itself.
window.addEventListener("load", () => {
  const words = new URLSearchParams(location.search).get("words");
  requestAnimationFrame(() => select(document.getElementById(location.hash.slice(1)), words));
});
